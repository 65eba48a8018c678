"""The places of the reference packages and of `seeds/places`, as entries of the gazetteer.

Belongs here: which names of a place are kept, and how ordinary each is. Does not belong here: how names are compared
(`gazetteer_names.py`), or how the file is laid out (`gazetteer_build.py`).
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

from seeds.countries import countries
from seeds.gazetteer_admin import Extent, english_name, extents, province_names, reviewed_points
from seeds.gazetteer_geonames import (
    read_alternate_names,
    read_cities,
    read_country_populations,
    read_units,
)
from seeds.gazetteer_names import fold, index_key, is_common_word, is_usable_alias, plain, without_article, without_kind
from seeds.gazetteer_records import DERIVED_NAME, OTHER_NAME, OWN_NAME, Entry, Place
from seeds.gazetteer_seeds import place_in_provinces, seed_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from seeds.gazetteer_geonames import City, Unit

_ARABIC = frozenset(
    {
        "ARE", "BHR", "DZA", "EGY", "ESH", "IRQ", "ISR", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN", "PSE", "QAT",
        "SAU", "SDN", "SOM", "SYR", "TUN", "YEM",
    }
)  # fmt: skip
"""Countries whose place names begin with the Arabic article, which news drops or keeps."""
_ARABIC_SCRIPT = _ARABIC | {"AFG", "IRN", "PAK"}
_AIR_BASES = ("Air Base", "Airbase", "Air Force Base", "Army Airfield", "Army Air Field", "Air Station")
_ADJECTIVES = frozenset(fold(word) for country in countries() for word in country.demonyms)
"""`German` is a parish of the Isle of Man, and seldom meant."""
_NAMES_THE_UNIT = (" county", " parish")
"""Ends of names that news seldom drops: `Orange` alone is hardly Orange County."""
_BASE_WORDS = ("Air Base", "Airbase", "Airfield")


def all_entries() -> list[Entry]:
    """Return every place of every source, each place once."""
    units, cities = read_units(), read_cities()
    towns = city_entries(cities, units)
    admins = admin_entries(units.values(), extents(units, cities))
    place_at_seats(admins, towns)
    seeds = list(seed_entries())
    place_in_provinces(seeds, towns)
    return [*country_entries(), *seeds, *admins, *towns, *facility_entries()]


def place_at_seats(admins: Iterable[Entry], towns: Iterable[Entry]) -> None:
    """Give units that have no point the one of the largest town of their name in the same province."""
    seats: dict[tuple[str | None, str | None, str], Place] = {}
    for town in towns:
        for key in town.keys:
            named = town.place.country, town.place.admin1, key
            if town.place.population >= seats.setdefault(named, town.place).population:
                seats[named] = town.place
    for admin in admins:
        place = admin.place
        if (
            place.latitude is None
            and place.admin1
            and (seat := seats.get((place.country, place.admin1, fold(place.name))))
        ):
            admin.place = replace(place, latitude=seat.latitude, longitude=seat.longitude)


def country_entries() -> Iterator[Entry]:
    """Yield the countries, each at GeoNames' point of the country and not at its capital."""
    populations = read_country_populations()
    for country in countries():
        entry = Entry(
            Place(
                place_key=f"gn:{country.geonames_id}",
                geonames_id=country.geonames_id,
                name=country.name,
                kind="country",
                feature_code="PCLI",
                country=country.alpha3,
                admin1=None,
                latitude=country.latitude,
                longitude=country.longitude,
                population=populations.get(country.alpha3, 0),
            )
        )
        for name in (country.name, *country.aliases):
            entry.file_under(index_key(name), OWN_NAME)
        yield entry


def admin_entries(units: Iterable[Unit], found: Mapping[str, Extent]) -> list[Entry]:
    """Return provinces and districts, with the points that `gazetteer_admin` derives or has reviewed."""
    units = list(units)
    reviewed, names = reviewed_points(), province_names(units)
    return [_admin(unit, found.get(unit.code, Extent()), reviewed.get(unit.code), names) for unit in units]


def _admin(unit: Unit, extent: Extent, reviewed: tuple[float, float] | None, names: Mapping[str, str]) -> Entry:
    point = reviewed or extent.point
    place = Place(
        place_key=f"gn:{unit.geonames_id}",
        geonames_id=unit.geonames_id,
        name=names.get(unit.code) or english_name(unit),
        kind="admin1" if unit.is_province else "admin2",
        feature_code="ADM1" if unit.is_province else "ADM2",
        country=unit.country,
        admin1=names.get(unit.province_code),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        population=extent.population,
    )
    entry = Entry(place)
    _file(entry, (place.name, plain(unit.name)), OWN_NAME)
    _file(entry, filter(is_usable_alias, unit.aliases), OTHER_NAME)
    return entry


def city_entries(cities: Iterable[City], units: Mapping[int, Unit]) -> list[Entry]:
    """Return the towns; the largest that bears the name of its country's capital is PPLC."""
    aliases, names = read_alternate_names(), province_names(units.values())
    admin1 = {row: names[unit.province_code] for row, unit in units.items() if unit.province_code in names}
    entries = [_city(city, admin1, aliases.get(city.geonames_id, ())) for city in cities]
    mark_capitals(entries)
    return entries


def mark_capitals(entries: Iterable[Entry]) -> None:
    """Give the feature code PPLC to the largest town with the name of its country's capital."""
    capitals = {(country.alpha3, fold(country.capital)) for country in countries() if country.capital}
    largest: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        for named in capitals.intersection((entry.place.country, key) for key in entry.keys):
            if entry.place.population >= largest.setdefault(named, entry).place.population:
                largest[named] = entry
    for entry in largest.values():
        entry.place = replace(entry.place, feature_code="PPLC")


def _city(city: City, admin1: Mapping[int, str], aliases: Iterable[str]) -> Entry:
    place = Place(
        place_key=f"gn:{city.geonames_id}",
        geonames_id=city.geonames_id,
        name=plain(city.name),
        kind="city",
        feature_code="PPL",
        country=city.country,
        admin1=next((admin1[row] for row in city.units if row in admin1), None),
        latitude=city.latitude,
        longitude=city.longitude,
        population=city.population,
    )
    entry = Entry(place)
    _file(entry, (place.name,), OWN_NAME)
    _file(entry, filter(is_usable_alias, aliases), OTHER_NAME)
    return entry


def facility_entries() -> Iterator[Entry]:
    """Yield air bases, and the airports that have scheduled flights (an IATA code)."""
    alpha3 = {country.alpha2: country.alpha3 for country in countries()}
    with (files("airportsdata") / "airports.csv").open(encoding="utf-8") as lines:
        for cells in csv.DictReader(lines):
            name = _airport_name(cells["name"])
            is_base = name.endswith(_AIR_BASES)
            if is_base or cells["iata"]:
                yield _airport(cells, name, alpha3.get(cells["country"]), is_base=is_base)


def _airport_name(name: str) -> str:
    return re.sub(r" Afb( Airport)?$", " Air Force Base", plain(name))


def _airport(cells: Mapping[str, str], name: str, country: str | None, *, is_base: bool) -> Entry:
    place = Place(
        place_key=f"seed:airport-{(cells['icao'] or cells['iata']).lower()}",
        geonames_id=None,
        name=name,
        kind="facility",
        feature_code="AIRB" if is_base else "AIRP",
        country=country,
        admin1=plain(cells["subd"]) or None,
        latitude=float(cells["lat"]),
        longitude=float(cells["lon"]),
        population=0,
    )
    entry = Entry(place)
    entry.file_under(fold(name), OWN_NAME)
    for other in _airport_variants(name, cells["city"]):
        entry.file_under(fold(other), DERIVED_NAME)
    return entry


def _airport_variants(name: str, city: str) -> Iterator[str]:
    """Yield the short forms of the news: `Kabul airport`, `Bagram Airfield`."""
    for ending in _AIR_BASES:
        if name.endswith(f" {ending}"):
            yield from (f"{name.removesuffix(ending)}{word}" for word in _BASE_WORDS)
    if "International" in name:
        yield name.replace("International ", "")
        yield f"{city} Airport"
        yield f"{city} International Airport"
    own = name.removeprefix(f"{city} ")
    if not own.startswith(("International", "Airport")):
        yield own


def _file(entry: Entry, names: Iterable[str], rank: int) -> None:
    """File an entry under these names, and under what news makes of them."""
    for name in names:
        key = fold(name)
        entry.file_under(key, _usual(key, rank))
        for short in _shortened(key, entry.place):
            longer = OTHER_NAME if key.endswith(_NAMES_THE_UNIT) else DERIVED_NAME
            entry.file_under(short, _usual(short, max(rank, longer)))


def _usual(key: str, rank: int) -> int:
    """Return the rank, or the lowest where English text uses the key for something else."""
    return OTHER_NAME if key in _ADJECTIVES or is_common_word(key) else rank


def _shortened(key: str, place: Place) -> Iterator[str]:
    """Yield the key without its kind, without the Arabic article, and without the mute `h` at its end."""
    short = key
    if place.kind != "city" and (parts := without_kind(key)):
        short = parts[0]
        yield short
    if place.country in _ARABIC and (bare := without_article(short)):
        short = bare
        yield short
    if place.country in _ARABIC_SCRIPT and short.endswith("ah"):
        yield short.removesuffix("h")
