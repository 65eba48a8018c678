"""Persons across articles: one under many spellings, two under one name, and the same links in any order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.actors import fold_name
from tasks.resolve.keys import entity_id
from tasks.resolve.person_links import link_persons
from tasks.resolve.sightings import EntityLink, Known, Sighting


def seen(
    name: str, document: str, country: str | None = "AAA", sector: str | None = None, context: str = ""
) -> Sighting:
    """Return a person in an article; `context` names the countries that the article is about."""
    key = f"person:{fold_name(name)}"
    return Sighting(document, entity_id(key), key, name, country, sector, frozenset(context.split()))


def entities(sightings: list[Sighting], actors: tuple[Known, ...] = ()) -> list[str]:
    """Return the entity of each sighting, in the order given."""
    found = {(link.document_id, link.entity_id): link.merged_into for link in link_persons(sightings, actors)}
    return [found.get((s.document_id, s.entity_id), s.entity_id) for s in sightings]


def are_one(first: str, second: str) -> bool:
    """Tell whether two office holders of one country are one person."""
    a, b = entities([seen(first, "d1", sector="GOV"), seen(second, "d2", sector="GOV")])
    return a == b


SAME = """
Mohammed Morsi | Mohamed Mursi
Muhammad Zubaidi | Mohammad al-Zubeidi
Abdul Rahman Arif | Abdurrahman Aref
Abd al-Rahman Arif | Abdelrahman Arif
Abdul-Aziz Rantisi | Abdelaziz al-Rantissi
Abdirashid Sharmarke | Abdul-Rashid Sharmarke
Abd Allah Senussi | Abdullah al-Senoussi
Nouri al-Maliki | Nuri Maliki
Muammar Qaddafi | Moammar Gadhafi
Saif al-Islam Kadhafi | Seif al-Islam Gaddafi
Saddam Hussein | Saddam Husayn
Osama bin Laden | Usama Ben Ladin
Ayman al-Zawahiri | Aiman Zawahri
Khalifa Haftar | Khalifa Hifter
Abu Bakr al-Baghdadi | Abubakr Baghdadi
Salah al-Din Rabbani | Salahuddin Rabbani
Zia-ul-Haq Ahmadzai | Zia ul Haq Ahmadzai
Habib-ur-Rehman Jalib | Habibur Rahman Jalib
Saif Allah Benhassine | Saifullah Benhassine
Abdel Fattah al-Sisi | Abdul Fattah el-Sissi
Mohamed ElBaradei | Mohammed el-Baradei
Ali Khamenei | Ali Khamene'i
Mahmoud Ahmadinejad | Mahmud Ahmadinezhad
Qassem Soleimani | Ghasem Suleimani
Gulbuddin Hekmatyar | Golbodin Hikmatyar
Mullah Akhtar Mansour | Akhtar Mansoor
Nawaz Chaudhry | Navaz Chowdhury
Yuri Andropov | Iouri Andropov
Yury Luzhkov | Yuri Luzhkov
Sergei Lavrov | Sergey Lavroff
Dmitry Medvedev | Dmitri Medvedyev
Volodymyr Zelensky | Volodymyr Zelenskyy
Volodymyr Zelenskiy | Vladimir Zelenskyi
Nikita Khrushchev | Nikita Kruschev
Viktor Yanukovych | Viktor Yanukovich
Alexander Lukashenko | Aliaksandr Lukashenka
Dzhokhar Dudayev | Djokhar Dudaev
Vladimir Poutine | Vladimir Putin
Tsai Ing-wen | Cai Yingwen
Kim Jong-un | Kim Jong Un
Park Geun-hye | Park Geunhye
Chiang Kai-shek | Jiang Jieshi
Benjamin Netanyahu | Benjamin Netanyahou
Recep Tayyip Erdoğan | Recep Tayyip Erdogan
Jean-Claude Duvalier | Jean Claude Duvalier
Ursula von der Leyen | Ursula Von Der Leyen
John F. Kerry | John Kerry
John Forbes Kerry | John F. Kerry
J.K. Rawlings | J. K. Rawlings
J. Rawlings | Jerry Rawlings
Bill Cassidy | William Cassidy
Mike Pompeo | Michael Pompeo
Mahinda Rajapaksa | Mahinda Rajapakse
"""

DIFFERENT = """
Mario Lopetegui | Maria Lopetegui
John Johnson | John Jensen
Ivan Gorbulin | Ivana Gorbulina
George W. Bush | George H. W. Bush
John A. Kerry | John B. Kerry
Ahmed Salem | Ahmed Salama
Mohammed Ali | Mohammed Hussein
Mohammad Asif Khan | Mohammad Imran Khan
Mohammad Khan | Mohammad Imran Khan
Mohammed Salman | Mohammed bin Salman
Abdullah bin Bandar bin Abdulaziz | Abdullah bin Abdulaziz
Li Keqiang | Li Peng
Kim Il-sung | Kim Jong-il
Michael Chang | Michael Zhang
David Moore | David Murray
Alexander Meyer | Alexander Mayer
Martin Luther King | Martin Luther King Jr.
Xavier Niel | Xavier Nil
Steven Miller | Stephen Miller
J. Rawlings | K. Rawlings
J. Smith | John Smith
Ali Larijani | Sadeq Larijani
Anna Politkovskaya | Anna Politkovsky
Juan de la Cruz | Juan Cruz
Gerald Ford | Gerhard Ford
Samuel Brownback | Samantha Brownback
"""


def pairs(text: str) -> list[tuple[str, ...]]:
    """Return the pairs of names of a list."""
    return [tuple(name.strip() for name in line.split("|")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("first", "second"), pairs(SAME))
def test_spellings_of_one_name_are_one_person(first: str, second: str) -> None:
    """Transliterations, particles, hyphens, accents, initials and safe nicknames make no second person."""
    assert are_one(first, second)


@pytest.mark.parametrize(("first", "second"), pairs(DIFFERENT))
def test_names_that_only_look_alike_are_two(first: str, second: str) -> None:
    """Sexes, brothers, fathers and sons, and frequent names are not joined."""
    assert not are_one(first, second)


def test_namesakes_of_two_countries_are_two() -> None:
    """A mayor and a general of one name stay two, and articles that do not say which go with their country."""
    mayor, general = (
        seen("Marco Delgado", "d1", "PER", "GOV", "PER"),
        seen("Marco Delgado", "d2", "UKR", "MIL", "UKR RUS"),
    )
    unsaid = seen("Marco Delgado", "d3", None, None, "UKR")
    found = entities([mayor, general, unsaid])
    assert found[0] != found[1] == found[2]


def test_who_could_be_either_is_neither() -> None:
    """Without any sign which of two namesakes is meant, the mention stays apart with a low score."""
    unsaid = seen("Marco Delgado", "d3", None)
    sightings = [seen("Marco Delgado", "d1", "PER"), seen("Marco Delgado", "d2", "UKR"), unsaid]
    assert len(set(entities(sightings))) == 3
    (link,) = [link for link in link_persons(sightings, ()) if link.document_id == "d3"]
    assert (link.score, link.reason) == (0.5, "same, namesakes")


def test_an_envoy_is_one_person() -> None:
    """One name, one kind of role, articles about both countries: an ambassador, given now one, now the other."""
    home = seen("Ryan Holbrook", "d1", "USA", "GOV", "USA AFG")
    abroad = seen("Ryan Holbrook", "d2", "AFG", "GOV", "USA AFG")
    assert len(set(entities([home, abroad]))) == 1
    assert len(set(entities([home, replace(abroad, sector="REB")]))) == 2
    assert len(set(entities([home, replace(abroad, context=frozenset({"AFG"}))]))) == 2


def test_one_article_in_many_may_err() -> None:
    """Who is of one country in most articles is so where another one, about that country, is said in passing."""
    usual = [seen("Mia Lovett", f"d{i}", "USA", "LEG", "USA") for i in range(3)]
    slip = seen("Mia Lovett", "d9", "HTI", None, "USA HTI")
    assert len(set(entities([*usual, slip]))) == 1
    assert len(set(entities([*usual, replace(slip, context=frozenset({"HTI"}))]))) == 2


def test_a_short_name_that_fits_two_stays_apart() -> None:
    """John Kerry may be John F. or John Q.; where only one of them is of his country, he is that one."""
    full = [seen("John F. Kerrigan", "d1"), seen("John Q. Kerrigan", "d2")]
    assert len(set(entities([*full, seen("John Kerrigan", "d3")]))) == 3
    found = entities([full[0], replace(full[1], country="BBB"), seen("John Kerrigan", "d3")])
    assert found[2] == found[0] != found[1]


def test_spellings_without_a_country_need_a_shared_context() -> None:
    """Nothing but a like name is not enough."""
    name, other = "Mohammed Qaradi", "Muhammad al-Karadi"
    assert len(set(entities([seen(name, "d1", None, None, "EGY"), seen(other, "d2", None, None, "EGY")]))) == 1
    assert len(set(entities([seen(name, "d1", None, None, "EGY"), seen(other, "d2", None, None, "MAR")]))) == 2


LEADER = Known("leader", ("Mohamed Tarzi", "President Tarzi"), "AFG", "GOV")


def test_a_leader_is_found_under_another_spelling() -> None:
    """Where the country agrees or is not said; never where it is another."""
    known, unsaid, foreign = (seen("Muhammad al-Tarzi", f"d{c}", c) for c in ("AFG", None, "DNK"))
    assert entities([known], (LEADER,)) == ["leader"]
    assert entities([unsaid], (LEADER,)) == ["leader"]
    assert entities([foreign], (LEADER,)) == [foreign.entity_id]


def test_other_names_of_a_leader_need_a_country() -> None:
    """A nickname or a further name, with nothing said of the country, may be anybody's; so may a soldier's name."""
    minister = Known("known", ("Phil Goffin",), "NZL", "GOV")
    for name in ("Phillip Goffin", "Phil Atiba Goffin"):
        assert entities([seen(name, "d1", None)], (minister,)) != ["known"]
        assert entities([seen(name, "d1", None, "GOV", "NZL")], (minister,)) == ["known"]
        assert entities([seen(name, "d1", None, "REB", "NZL")], (minister,)) != ["known"]
        assert entities([seen(name, "d1", "NZL", "MED")], (minister,)) != ["known"]


def test_a_name_of_two_leaders_is_nobodys() -> None:
    """What two actors are called tells neither."""
    other = Known("other", ("Mohammad Tarzi",), "AFG", "MIL")
    sighting = seen("Muhammad Tarzi", "d1", "AFG")
    assert entities([sighting], (LEADER, other)) == [sighting.entity_id]


def test_scores_fall_with_the_evidence() -> None:
    """Country over context over nothing else; a spelling over a nickname over an initial."""

    def score(name: str, country: str | None, context: str = "") -> float:
        actor = Known("known", ("William Tarczan",), "AFG", "GOV")
        (link,) = link_persons([seen(name, "d", country, None, context)], (actor,))
        return link.score

    falling = [
        score("William Q. Tarczan", "AFG"), score("Bill Tarczan", "AFG"), score("Bill Tarczan", None, "AFG"),
        score("W. Tarczan", "AFG"),
    ]  # fmt: skip
    assert falling == sorted(falling, reverse=True)
    assert len(set(falling)) == 4
    assert all(0 < one <= 1 for one in falling)


def test_ids_stay_when_more_articles_come() -> None:
    """A second sighting changes no id; only a namesake makes the first one's id tell its country."""
    first = seen("Marco Delgado", "d1", "PER")
    assert entities([first, seen("Marco Delgado", "d0", "PER")]) == [first.entity_id] * 2
    split = entities([first, seen("Marco Delgado", "d2", "UKR")])
    assert split == entities([first, seen("Marco Delgado", "d9", "UKR"), seen("Marco Delgado", "d5", "UKR")])[:2]


_NAMES = [
    "Mohammed Qaradi",
    "Muhammad al-Karadi",
    "Mohamed S. Karadi",
    "M. Qaradi",
    "John Kerrigan",
    "John F. Kerrigan",
]
_SIGHTINGS = st.lists(
    st.builds(
        seen,
        st.sampled_from(_NAMES),
        st.sampled_from([f"d{i}" for i in range(8)]),
        st.sampled_from(["EGY", "USA", None]),
        st.sampled_from(["GOV", "MIL", None]),
        st.sampled_from(["", "EGY", "USA", "EGY USA"]),
    ),
    unique_by=lambda s: (s.document_id, s.entity_id),
    max_size=12,
)


def _ordered(links: list[EntityLink]) -> list[EntityLink]:
    return sorted(links, key=lambda link: (link.document_id, link.entity_id))


@settings(max_examples=150, deadline=None)
@given(_SIGHTINGS, st.randoms(use_true_random=False))
def test_order_of_the_input_plays_no_part(sightings: list[Sighting], random: object) -> None:
    """The same sightings give the same links however they come; each has one link at most, with a score of 0 to 1."""
    expected = _ordered(link_persons(sightings, (LEADER,)))
    shuffled = list(sightings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _ordered(link_persons(shuffled, (LEADER,))) == expected
    assert len({(link.document_id, link.entity_id) for link in expected}) == len(expected)
    assert all(0 < link.score <= 1 for link in expected)


@settings(max_examples=100, deadline=None)
@given(_SIGHTINGS)
def test_countries_are_kept_apart(sightings: list[Sighting]) -> None:
    """Where no article is about several countries, persons of two countries are never one."""
    plain = [replace(sighting, context=frozenset()) for sighting in sightings]
    countries: dict[str, set[str]] = {}
    for sighting, entity in zip(plain, entities(plain), strict=True):
        countries.setdefault(entity, set()).update(filter(None, [sighting.country]))
    assert all(len(found) <= 1 for found in countries.values())


def test_many_spellings_and_many_countries_take_no_quadratic_time() -> None:
    """Thousands of names of one family, and one name in hundreds of countries, are done within the test's patience."""
    crowd = [seen(f"Ali Q{i} Gorbulin", f"d{i}", None, None, "AAA") for i in range(3000)]
    abroad = [seen("Ivan Gorbulin", f"e{i}", f"{i % 300:03}", "GOV", f"{(i * 7) % 300:03}") for i in range(3000)]
    assert len(set(entities([*crowd, *abroad]))) > 3000


def test_one_word_and_endless_names_are_left_alone() -> None:
    """A name of one word, of nothing but marks, or of a thousand words links to nothing."""
    odd = ["Madonna", "...", "-", "x " * 1000, "a" * 100_000, "Abdul", "Jr. III"]
    assert link_persons([seen(name, f"d{i}") for i, name in enumerate(odd)], ()) == []
