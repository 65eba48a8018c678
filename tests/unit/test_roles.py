"""Role nouns, titles and first names are found by the words of a text."""

from __future__ import annotations

import pytest

from seeds.names import first_names, place_like_first_names
from seeds.ontology import sectors
from seeds.roles import Role, find_title, load_roles


def _find(phrase: str) -> Role:
    role = load_roles().find(phrase.lower().split())
    assert role is not None, phrase
    return role


@pytest.mark.parametrize(
    ("phrase", "noun", "sector", "entity_type", "is_person"),
    [
        ("policeman", "policeman", "COP", "person", True),
        ("six police officers", "police officer", "COP", "group", True),
        ("police", "police", "COP", "organization", False),
        ("interior ministry", "interior ministry", "GOV", "organization", False),
        ("several district governors", "district governor", "GOV", "group", True),
        ("government", "government", "GOV", "organization", False),
        ("US troops", "troop", "MIL", "group", True),
        ("armed forces", "armed forces", "MIL", "organization", False),
        ("general", "general", "MIL", "person", True),
        ("warplanes", "warplane", "MIL", "organization", False),
        ("soldiers", "soldier", "MIL", "group", True),
        ("militants", "militant", "REB", "group", True),
        ("guerrillas", "guerrilla", "REB", "group", True),
        ("gunmen", "gunman", "UAF", "group", True),
        ("paramilitary group", "paramilitary group", "PRM", "organization", False),
        ("drug lord", "drug lord", "CRM", "person", True),
        ("civilians", "civilian", "CVL", "group", True),
        ("children", "child", "CVL", "group", True),
        ("family", "family", "CVL", "group", False),
        ("men", "man", None, "group", True),
        ("foreign minister", "foreign minister", "GOV", "person", True),
        ("opposition lawmaker", "opposition lawmaker", "LEG", "person", True),
        ("parliament", "parliament", "LEG", "organization", False),
        ("supreme court", "supreme court", "JUD", "organization", False),
        ("antiwar protesters", "antiwar protester", "OPP", "group", True),
        ("refugees", "refugee", "REF", "group", True),
        ("aid workers", "aid worker", "NGO", "group", True),
        ("peacekeepers", "peacekeeper", "IGO", "group", True),
        ("imam", "imam", "REL", "person", True),
        ("journalists", "journalist", "MED", "group", True),
        ("doctors", "doctor", "HLH", "group", True),
        ("teachers", "teacher", "EDU", "group", True),
        ("trade unions", "trade union", "LAB", "organization", False),
        ("Ukrainian farmers", "farmer", "AGR", "group", True),
        ("disgraced former minister", "former minister", "ELI", "person", True),
        ("spies", "spy", "SPY", "group", True),
        ("leader", "leader", None, "person", True),
    ],
)
def test_roles_of_the_news(phrase: str, noun: str, sector: str | None, entity_type: str, is_person: bool) -> None:  # noqa: FBT001 (a column of the table above)
    """A noun phrase leads to its role; plurals of persons are groups."""
    role = _find(phrase)
    assert (role.noun, role.sector, role.entity_type, role.is_person) == (noun, sector, entity_type, is_person)


def test_the_longest_end_wins() -> None:
    """`provincial police spokesman` is a police spokesman, not any spokesman; words after the head do not count."""
    assert _find("provincial police spokesman").noun == "police spokesman"
    assert _find("the spokesman").noun == "spokesman"
    assert load_roles().find(["police", "shooting"]) is None
    assert load_roles().find([]) is None


def test_hyphens_and_periods_do_not_matter() -> None:
    """A compound is found as one word, as two, and as the tokens of a parser."""
    forms = (["vice-president"], ["vice", "president"], ["vice", "-", "president"])
    assert [role.noun for form in forms if (role := load_roles().find(form))] == ["vice president"] * 3


def test_role_codes_are_legal_and_bodies_cannot_be_wounded() -> None:
    """Sectors are declared; a body is no victim, a person is."""
    for role in load_roles().by_words.values():
        assert role.sector is None or role.sector in sectors(), role
        assert role.entity_type != "person" or role.is_person, role
        assert role.entity_type != "organization" or not role.is_person, role


def test_there_are_enough_roles() -> None:
    """The table covers the trade of news, not a sample of it."""
    assert len({role.noun for role in load_roles().by_words.values()}) >= 600


@pytest.mark.parametrize(
    ("words", "title", "sector"),
    [
        ("Lt. Gen.", "Lt. Gen.", "MIL"),
        ("Lt Gen John Nicholson", "Lt. Gen.", "MIL"),
        ("Afghan President", "President", "GOV"),
        ("British Prime Minister", "Prime Minister", "GOV"),
        ("U.S. Secretary of State", "Secretary of State", "GOV"),
        ("House Majority Leader", "House Majority Leader", "LEG"),
        ("Sen.", "Sen", "LEG"),
        ("Archbishop Desmond Tutu", "Archbishop", "REL"),
        ("Former President", "Former President", "ELI"),
        ("Mr.", "Mr", None),
        ("Sheikh", "Sheikh", None),
    ],
)
def test_titles_before_names(words: str, title: str, sector: str | None) -> None:
    """The longest title at the end of the words wins, else the one that they begin with."""
    found = find_title(words.split())
    assert found is not None
    assert (found.title, found.sector) == (title, sector)


def test_word_count_of_a_title_lets_the_name_be_cut_off() -> None:
    """The words after the title are the name."""
    words = ["Prime", "Minister", "Boris", "Johnson"]
    found = find_title(words)
    assert found is not None
    assert words[found.word_count :] == ["Boris", "Johnson"]


def test_no_title_is_found_in_a_bare_name() -> None:
    """A name alone, or nothing, has no title."""
    assert find_title(["Boris", "Johnson"]) is None
    assert find_title([]) is None


def test_first_names_of_the_world() -> None:
    """Names of many languages are there; words and surnames are not."""
    known = {"John", "Andrés", "Mohammed", "Vladimir", "Jacques", "Jürgen", "Narendra", "Olusegun", "Shapoor", "Recep"}
    assert known <= first_names()
    assert first_names().isdisjoint({"Kabul", "March", "May", "Government", "Taliban", "Monday", ""})
    assert len(first_names()) >= 1500


def test_names_that_are_places_too_are_marked() -> None:
    """Places among the first names are told apart, and are first names all the same."""
    assert {"Paris", "Jordan", "Austin", "Sydney", "Chad"} <= place_like_first_names() <= first_names()
    assert "Ashraf" not in place_like_first_names()
