"""Every listed actor is found back by each of its names, in its own years, and by no other actor's name."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

import pytest

from seeds.actors import Actor, fold_name, load_actors

HEAD = re.compile(
    r"(?<!Vice )President(?! of)|Prime Minister|Chancellor|Taoiseach|King|Emir|^Leader$|[Ss]upreme [Ll]eader"
    r"|Communist Party chief"
)
"""Offices of those who lead a state."""
FIRST_YEAR, LAST_YEAR = 1990, 2025
STATES_IN_THE_NEWS = """
ARG AUS BRA CAN CHL CHN COL CUB DEU DZA EGY ESP FRA GBR GRC IDN IND IRN IRQ ISR ITA JOR JPN KEN KOR LBN LKA MEX MYS NGA
PAK PER PHL POL PRK QAT RUS SAU SYR THA TUR USA VEN VNM ZAF ZWE
""".split()


def _day_inside(actor: Actor) -> dt.date:
    """Return a day in the middle of an actor's years; the first or last one where the other end is open."""
    if actor.valid_from and actor.valid_to:
        return actor.valid_from + (actor.valid_to - actor.valid_from) / 2
    return actor.valid_from or actor.valid_to or dt.date(2010, 1, 1)


def test_each_name_leads_back_to_its_actor() -> None:
    """On a day inside an actor's years, each of its names means that actor and no other."""
    actors = load_actors()
    lost = [
        (actor.key, name)
        for actor in actors.keys.values()
        for name in (actor.name, *actor.aliases)
        if [found.key for found in actors.find(name) if found.valid_on(_day_inside(actor))] != [actor.key]
    ]
    assert lost == []


def test_years_are_in_order_and_plausible() -> None:
    """No actor ends before it begins; persons held office in the twentieth century or later."""
    for actor in load_actors().keys.values():
        first, last = actor.valid_from or dt.date.min, actor.valid_to or dt.date.max
        assert first <= last, actor.key
        assert actor.entity_type != "person" or first.year >= 1900, actor.key


def test_rows_of_one_person_share_nothing_but_the_name() -> None:
    """Where somebody changed sides or country, each row says something else of him."""
    roles = defaultdict(list)
    for actor in load_actors().keys.values():
        if actor.entity_type == "person":
            roles[actor.name].append((actor.country, actor.sector))
    assert {name: found for name, found in roles.items() if len(set(found)) != len(found)} == {}


def test_a_wikidata_item_is_one_entity() -> None:
    """Rows of one Wikidata item have one name."""
    names = defaultdict(set)
    for actor in load_actors().keys.values():
        names[actor.wikidata_id].add(actor.name)
    assert [names[item] for item in names if item and len(names[item]) > 1] == []


@pytest.mark.parametrize("country", STATES_IN_THE_NEWS)
def test_states_in_the_news_have_a_leader_in_every_year(country: str) -> None:
    """For each year somebody is listed who led the state, or had led or was to lead it."""
    heads = [
        actor
        for actor in load_actors().keys.values()
        if actor.country == country and actor.office and HEAD.search(actor.office) and actor.valid_from
    ]
    covered = {
        year
        for actor in heads
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        if actor.valid_on(dt.date(year, 12, 31)) or actor.valid_on(dt.date(year, 1, 1))
    }
    assert sorted(set(range(FIRST_YEAR, LAST_YEAR + 1)) - covered) == []


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("Zelenskyy", "volodymyr-zelensky"),
        ("Volodymyr Zelenskiy", "volodymyr-zelensky"),
        ("Qaddafi", "muammar-gaddafi"),
        ("Moamer Kadhafi", "muammar-gaddafi"),
        ("Binyamin Netanyahu", "benjamin-netanyahu"),
        ("Ahmadi-Nejad", "mahmoud-ahmadinejad"),
        ("Yanukovich", "viktor-yanukovych"),
        ("Lukashenka", "alexander-lukashenko"),
        ("Kim Jong Il", "kim-jong-il"),
        ("Tudjman", "franjo-tudman"),
        ("Hezb-e Wahdat", "hezb-e-wahdat"),
        ("Black Cats", "national-security-guard"),
        ("Rada", "verkhovna-rada"),
        ("Diet of Japan", "national-diet"),
        ("UNTAG", "untag"),
        ("Tutela Legal", "tutela-legal"),
    ],
)
def test_spellings_of_the_wires_are_known(spelling: str, key: str) -> None:
    """Transliterations and short names lead to the same actor as the usual name."""
    assert [actor.key for actor in load_actors().find(spelling)] == [key]


@pytest.mark.parametrize(
    ("name", "day", "key"),
    [
        ("António Guterres", dt.date(1999, 9, 1), "antonio-guterres-portugal"),
        ("António Guterres", dt.date(2020, 9, 1), "antonio-guterres"),
        ("Mark Rutte", dt.date(2015, 1, 1), "mark-rutte"),
        ("Mark Rutte", dt.date(2025, 1, 1), "mark-rutte-int"),
        ("Ali Ahmeti", dt.date(2001, 5, 1), "ali-ahmeti"),
        ("Ali Ahmeti", dt.date(2010, 5, 1), "ali-ahmeti-mkd"),
    ],
)
def test_the_day_tells_the_roles_of_one_person_apart(name: str, day: dt.date, key: str) -> None:
    """A prime minister who went on to lead a body of states acts for it from then on."""
    assert [actor.key for actor in load_actors().find(name) if actor.valid_on(day)] == [key]


def test_names_keep_letters_when_folded() -> None:
    """No two names of one actor are the same name written twice."""
    for actor in load_actors().keys.values():
        names = [actor.name, *actor.aliases]
        assert len(set(names)) == len(names), actor.key
        assert all(fold_name(name) for name in names), actor.key
