"""What a place name finds, and in which order."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rigour.territories import get_territories

from seeds.countries import countries
from seeds.gazetteer import Gazetteer, Place
from seeds.gazetteer_names import fold, is_usable_alias
from seeds.gazetteer_seeds import seed_entries


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


@pytest.mark.parametrize(
    ("name", "south", "west", "north", "east"),
    [
        ("Russia", 59, 99, 61, 101), ("United States", 38, -100, 41, -97), ("Canada", 59, -115, 61, -105),
        ("China", 34, 104, 36, 106), ("Brazil", -11, -56, -9, -54), ("Ukraine", 48, 31, 50, 33),
        ("Afghanistan", 32, 65, 34, 67), ("Iraq", 32, 43, 34, 45), ("Syria", 34, 37, 36, 39),
        ("Libya", 27, 16, 29, 18), ("Mali", 17, -5, 19, -1), ("Australia", -26, 134, -24, 136),
        ("Indonesia", -6, 119, -4, 121), ("Turkey", 38, 34, 40, 36), ("Sudan", 15, 29, 17, 31),
    ],
)  # fmt: skip
def test_country_lies_where_geonames_puts_it(  # noqa: PLR0913, PLR0917 - a name and a box
    gazetteer: Gazetteer, name: str, south: float, west: float, north: float, east: float
) -> None:
    """The middle of the land, so that what is known to the country only is not put into a town."""
    place = first(gazetteer, name)
    assert place.kind == "country"
    assert south <= (place.latitude or 0) <= north
    assert west <= (place.longitude or 0) <= east


def test_no_large_country_lies_in_its_capital(gazetteer: Gazetteer) -> None:
    """City states lie in their capital. So do Serbia and Palestine for GeoNames, and no other country of a million."""
    small = {"SRB", "PSE", "SGP"}
    for country in countries():
        place = next(place for place in gazetteer.find(country.name) if place.country == country.alpha3)
        capitals = [city for city in gazetteer.find(country.capital or "") if city.feature_code == "PPLC"]
        at_capital = [city for city in capitals if city.country == country.alpha3 and _degrees(city, place) < 0.05]
        assert not at_capital or place.population < 1_000_000 or country.alpha3 in small, country.name


def _degrees(a: Place, b: Place) -> float:
    assert None not in (a.latitude, a.longitude, b.latitude, b.longitude), (a, b)
    return math.hypot((a.latitude or 0) - (b.latitude or 0), (a.longitude or 0) - (b.longitude or 0))


def test_disputed_territories_have_places(gazetteer: Gazetteer) -> None:
    """Whatever land two states claim is found, by the name that the reference package gives it."""
    claimed = [territory for territory in get_territories() if territory.claims and not territory.is_historical]
    names = [re.sub(r" \(.*", "", territory.name) for territory in claimed]
    assert len(names) > 10
    assert [name for name in names if not gazetteer.find(name)] == []


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("South Ossetia", "GEO"), ("Transnistria", "MDA"), ("Nagorno-Karabakh", "AZE"), ("Northern Cyprus", "CYP"),
        ("Somaliland", "SOM"), ("Western Sahara", "ESH"), ("Kosovo", "XKX"), ("Taiwan", "TWN"), ("Kashmir", None),
        ("Azad Kashmir", "PAK"), ("Gilgit-Baltistan", "PAK"), ("Aksai Chin", None), ("Arunachal Pradesh", "IND"),
        ("East Jerusalem", "PSE"), ("Shebaa Farms", None), ("Abyei", None), ("Halaib Triangle", None),
        ("Bir Tawil", None), ("Spratly Islands", None), ("Paracel Islands", None), ("Senkaku Islands", None),
        ("Diaoyu", None), ("Scarborough Shoal", None), ("Kuril Islands", "RUS"), ("Falkland Islands", "FLK"),
        ("the Malvinas", "FLK"), ("Donetsk People's Republic", "UKR"), ("DPR", "UKR"), ("Rojava", "SYR"),
        ("Iraqi Kurdistan", "IRQ"), ("Essequibo", "GUY"), ("Doklam", None), ("Pratas Islands", "TWN"),
        ("Crimea", "UKR"),
    ],
)  # fmt: skip
def test_disputed_land_is_found_by_its_usual_names(gazetteer: Gazetteer, name: str, country: str | None) -> None:
    """Land claimed by several states without anybody in undisputed charge of it has no country."""
    place = first(gazetteer, name)
    assert place.country == country
    assert place.latitude is not None


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Bagram Airfield", "AFG", 34.9, 69.3), ("Bagram Air Base", "AFG", 34.9, 69.3),
        ("Incirlik Air Base", "TUR", 37.0, 35.4), ("Incirlik", "TUR", 37.0, 35.4), ("Shayrat", "SYR", 34.5, 36.9),
        ("Shayrat Airbase", "SYR", 34.5, 36.9), ("Ain al-Asad", "IRQ", 33.8, 42.4), ("Al Udeid", "QAT", 25.1, 51.3),
        ("Ain al-Assad air base", "IRQ", 33.8, 42.4), ("Al Asad Air Base", "IRQ", 33.8, 42.4),
        ("al-Udeid Air Base", "QAT", 25.1, 51.3), ("Al Dhafra Air Base", "ARE", 24.2, 54.5),
        ("Ali Al Salem Air Base", "KWT", 29.3, 47.5), ("Joint Base Balad", "IRQ", 33.9, 44.4),
        ("Camp Speicher", "IRQ", 34.7, 43.5), ("Hmeimim", "SYR", 35.4, 35.9), ("T4 airbase", "SYR", 34.5, 37.6),
        ("Menagh Air Base", "SYR", 36.5, 37.0), ("Taftanaz military airport", "SYR", 36.0, 36.8),
        ("Kandahar Airfield", "AFG", 31.5, 65.8), ("Hamid Karzai International Airport", "AFG", 34.6, 69.2),
        ("Kabul airport", "AFG", 34.6, 69.2), ("Ramstein Air Base", "DEU", 49.4, 7.6),
        ("Engels air base", "RUS", 51.5, 46.2),
        ("Camp Lemonnier", "DJI", 11.5, 43.1), ("RAF Akrotiri", "CYP", 34.6, 33.0), ("JFK airport", "USA", 40.6, -73.8),
        ("Prince Sultan Air Base", "SAU", 24.1, 47.6),
        ("Manas Air Base", "KGZ", 43.1, 74.5), ("O'Hare", "USA", 42, -87.9),
        ("Antonov Airport", "UKR", 50.6, 30.2), ("Al-Tanf", "SYR", 33.5, 38.6),
    ],
)  # fmt: skip
def test_bases_are_found_by_their_usual_names(
    gazetteer: Gazetteer, name: str, country: str, latitude: float, longitude: float
) -> None:
    """News drops `Air Base` and spells Arabic as it likes; each base is one place."""
    facilities = [place for place in gazetteer.find(name) if place.kind == "facility"]
    assert [place.country for place in facilities] == [country]
    assert (facilities[0].latitude, facilities[0].longitude) == pytest.approx((latitude, longitude), abs=0.1)


@pytest.mark.parametrize("name", ["airport", "Municipal Airport", "Regional Airport", "Air Base", "air force base"])
def test_kind_alone_names_no_airport(gazetteer: Gazetteer, name: str) -> None:
    """Hundreds of towns have a municipal airport."""
    assert [place for place in gazetteer.find(name) if place.kind == "facility"] == []


def test_hand_written_places_are_there_once() -> None:
    """A place in two tables would be lost in one of them."""
    keys = Counter(entry.place.place_key for entry in seed_entries())
    assert [key for key, count in keys.items() if count > 1] == []


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
