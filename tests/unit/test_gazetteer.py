"""What a place name finds, and in which order."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.gazetteer import Gazetteer, Place
from seeds.gazetteer_names import fold, is_usable_alias


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the gazetteer of this machine's cache; the first test run on a machine builds it."""
    return Gazetteer.load()


def first(gazetteer: Gazetteer, name: str) -> Place:
    """Return the first place of a name."""
    return gazetteer.find(name)[0]


@pytest.mark.parametrize("name", ["Helmand", "Helmand Province", "HELMAND province", "province of Helmand"])
def test_province_is_found_with_and_without_its_kind(gazetteer: Gazetteer, name: str) -> None:
    """News writes the kind or leaves it out."""
    place = first(gazetteer, name)
    assert (place.name, place.kind, place.country) == ("Helmand", "admin1", "AFG")
    assert place.latitude == pytest.approx(31.3, abs=1)


@pytest.mark.parametrize("name", ["Uruzgan", "Kandahar", "Kunduz", "Herat", "Farah", "Baghdad", "Aleppo", "Idlib"])
def test_province_and_its_capital_are_both_candidates(gazetteer: Gazetteer, name: str) -> None:
    """Which of the two is meant, the text decides."""
    places = [place for place in gazetteer.find(name) if place.country == first(gazetteer, name).country]
    kinds = [place.kind for place in places]
    assert kinds[0] == "admin1"
    assert "city" in kinds
    assert all(place.admin1 == name for place in places)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kiev", "gn:703448"), ("Kyiv", "gn:703448"), ("Calcutta", "gn:1275004"), ("Saigon", "gn:1566083"),
        ("Rangoon", "gn:1298824"), ("Washington, D.C.", "gn:4140963"), ("Washington DC", "gn:4140963"),
        ("Fallujah", "gn:99454"), ("al-Falluja", "gn:99454"), ("Raqqa", "gn:172955"), ("Ar-Raqqah", "gn:172955"),
        ("Sana'a", "gn:71137"), ("SANAA", "gn:71137"), ("Musa Qala", "gn:1132604"), ("Saint Louis", "gn:4407066"),
        ("St. Louis", "gn:4407066"), ("the Hague", "gn:2747373"), ("Malmö", "gn:2692969"), ("Malmo", "gn:2692969"),
    ],
)  # fmt: skip
def test_spellings_lead_to_the_town(gazetteer: Gazetteer, name: str, key: str) -> None:
    """Exonyms, articles, accents, apostrophes and capitals do not hide a town."""
    assert key in [place.place_key for place in gazetteer.find(name)]


def test_country_comes_first_at_its_own_point(gazetteer: Gazetteer) -> None:
    """Russia lies in Siberia, not in Moscow."""
    russia, georgia = first(gazetteer, "Russia"), gazetteer.find("Georgia")
    assert (russia.kind, russia.latitude, russia.longitude) == ("country", 60, 100)
    assert [place.country for place in georgia[:2]] == ["GEO", "USA"]
    assert [place.kind for place in georgia[:2]] == ["country", "admin1"]
    assert first(gazetteer, "Republic of Armenia").country == "ARM"


def test_abbreviations_are_compared_as_written(gazetteer: Gazetteer) -> None:
    """`us` is a pronoun and `ill` an adjective."""
    for name in ("US", "U.S.", "USA", "the United States"):
        assert [place.country for place in gazetteer.find(name)] == ["USA"], name
    assert first(gazetteer, "Ill.").name == "Illinois"
    for name in ("us", "Us", "ill", "uk"):
        assert all(place.kind == "city" for place in gazetteer.find(name)), name


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Donbas", "UKR"), ("the Donbass", "UKR"), ("Crimea", "UKR"), ("Sinai", "EGY"), ("Gaza Strip", "PSE"),
        ("West Bank", "PSE"), ("Waziristan", "PAK"), ("Darfur", "SDN"), ("Abkhazia", "GEO"), ("Sahel", None),
        ("Chechnya", "RUS"), ("Golan Heights", "SYR"), ("South China Sea", None), ("Bagram Air Base", "AFG"),
        ("Bagram Airfield", "AFG"), ("Kabul airport", "AFG"), ("Pentagon", "USA"),
    ],
)  # fmt: skip
def test_regions_and_facilities_are_places(gazetteer: Gazetteer, name: str, country: str | None) -> None:
    """What has no administration of its own is found all the same, with a point."""
    place = first(gazetteer, name)
    assert place.kind in ("region", "admin1", "facility")
    assert place.country == country
    assert place.latitude is not None


def test_capitals_are_marked(gazetteer: Gazetteer) -> None:
    """The feature code tells the capital from its namesakes."""
    paris = [place for place in gazetteer.find("Paris") if place.kind == "city"]
    assert [place.feature_code for place in paris[:2]] == ["PPLC", "PPL"]


def test_unusual_names_are_marked_and_come_last(gazetteer: Gazetteer) -> None:
    """A caller that wants precision keeps to low ranks: `Western` is a province, yet first of all a word."""
    ranks = [place.alias_rank for place in gazetteer.find("Herat")]
    assert ranks[0] == 0
    assert sorted(rank == 2 for rank in ranks) == [rank == 2 for rank in ranks]
    for word in ("Western", "German", "Union"):
        assert {place.alias_rank for place in gazetteer.find(word)} == {2}


def test_key_leads_back_to_the_place(gazetteer: Gazetteer) -> None:
    """Keys are stable names of places."""
    for name in ("Kabul", "Sahel", "Bagram Air Base", "Afghanistan"):
        place = first(gazetteer, name)
        assert gazetteer.by_key(place.place_key) == place
    assert gazetteer.by_key("gn:0") is None


@pytest.mark.parametrize(
    "name", ["", "   ", "'", "Qwertzuiopolis", "x" * 10_000, "Robert'); DROP TABLE places;--", "\0"]
)
def test_what_is_no_name_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    """Text is hostile, and most words are no places."""
    assert gazetteer.find(name) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(gazetteer: Gazetteer, name: str) -> None:
    """Folding is done in one step, and whatever stands in a text has an answer."""
    assert fold(fold(name)) == fold(name)
    assert all(isinstance(place, Place) for place in gazetteer.find(name))


def test_names_of_other_scripts_and_codes_are_no_aliases() -> None:
    """`KBL` would find Kabul in every stock ticker."""
    assert [name for name in ("Kaboul", "KBL", "ka bu er", "Кабул", "CH-8000", "KABL") if is_usable_alias(name)] == [
        "Kaboul"
    ]


def test_places_are_read_only(gazetteer: Gazetteer) -> None:
    """Processes share the file."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer._connection.execute("DELETE FROM places")  # noqa: SLF001 - the guard lies below the public methods


def test_towns_around_a_point_are_those_near_it(gazetteer: Gazetteer) -> None:
    """A point says which towns, and so which province, it lies among; at sea and at the pole there are none."""
    towns = gazetteer.towns_around(36.34, 43.13, 30)
    assert "Mosul" in [town.name for town in towns]
    assert all(abs(town.latitude - 36.34) < 0.3 and abs(town.longitude - 43.13) < 0.4 for town in towns)  # type: ignore[operator]
    assert gazetteer.towns_around(-40.0, -120.0, 50) == ()
    assert gazetteer.towns_around(89.9, 0.0, 5) == ()
