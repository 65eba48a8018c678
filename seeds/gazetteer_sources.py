"""The countries, and the towns and provinces of the reference packages, as entries of the gazetteer.

Belongs here: which names of a place are kept. Does not belong here: a user's own dump (`gazetteer_dump.py`), how names
are compared (`gazetteer_names.py`), or how the file is laid out (`gazetteer_draft.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seeds.countries import countries
from seeds.gazetteer_admin import Extent, english_name, extents, province_names, reviewed_points
from seeds.gazetteer_airports import airport_entries
from seeds.gazetteer_filing import file_names
from seeds.gazetteer_geonames import (
    read_alternate_names,
    read_cities,
    read_country_populations,
    read_units,
)
from seeds.gazetteer_names import fold, index_key, is_usable_alias, plain
from seeds.gazetteer_records import OTHER_NAME, OWN_NAME, Entry, Place
from seeds.gazetteer_seeds import Curated, place_in_provinces, seed_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from seeds.gazetteer_geonames import City, Unit


def package_entries() -> list[Entry]:
    """Return every place of every source, the curated ones first."""
    units, cities = read_units(), read_cities()
    towns = city_entries(cities, units, read_alternate_names())
    admins = admin_entries(units.values(), extents(units, cities))
    place_at_seats(admins, towns)
    return [*curated_entries(towns), *admins, *towns]


def curated_entries(towns: Iterable[Entry]) -> list[Entry]:
    """Return what no dump replaces: countries, the hand-written places, and airports that are not among these.

    The towns tell in which provinces hand-written places lie.
    """
    seeds = list(seed_entries())
    place_in_provinces(seeds, towns)
    known = Curated(seeds)
    return [*country_entries(), *seeds, *(entry for entry in airport_entries() if not known.takes(entry))]


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
        if place.latitude is None and place.admin1 and (seat := _seat(admin, seats)):
            admin.place = replace(place, latitude=seat.latitude, longitude=seat.longitude)


def _seat(admin: Entry, seats: Mapping[tuple[str | None, str | None, str], Place]) -> Place | None:
    """Return the town that a unit is named after: `Afrin District` has the point of Afrin."""
    usual = sorted((rank, key) for key, rank in admin.keys.items() if rank != OTHER_NAME)
    found = (seats.get((admin.place.country, admin.place.admin1, key)) for _, key in usual)
    return next(filter(None, found), None)


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
    file_names(entry, (place.name, plain(unit.name)), OWN_NAME)
    file_names(entry, filter(is_usable_alias, unit.aliases), OTHER_NAME)
    return entry


def city_entries(
    cities: Iterable[City], units: Mapping[int, Unit], aliases: Mapping[int, Iterable[str]]
) -> list[Entry]:
    """Return the towns, with alternate names by GeoNames id; that named like its country's capital is PPLC."""
    names = province_names(units.values())
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
    file_names(entry, (place.name,), OWN_NAME)
    file_names(entry, filter(is_usable_alias, aliases), OTHER_NAME)
    return entry
