"""The features of a user's GeoNames dump, as entries of the gazetteer.

Belongs here: what a line of the dump is as a place, and under which names. Does not belong here: the layout of the
files (`gazetteer_dump.py`), or the choice of features (`gazetteer_features.py`).

Provinces keep the names that the packages give them, so that a table does not change its provinces with the dump.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from seeds.countries import countries
from seeds.gazetteer_admin import english_name, province_names
from seeds.gazetteer_airports import file_airport
from seeds.gazetteer_dump import read_english_names, read_features, read_provinces
from seeds.gazetteer_features import KINDS, WELL_KNOWN_NAMES, says_its_kind
from seeds.gazetteer_filing import file_names
from seeds.gazetteer_geonames import Unit, read_units
from seeds.gazetteer_names import fold, is_usable_alias, plain
from seeds.gazetteer_records import OTHER_NAME, OWN_NAME, Entry, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from seeds.gazetteer_dump import Dump, Feature

_ALPHA3 = {country.alpha2: country.alpha3 for country in countries()}


def dump_entries(dump: Dump, scratch: Path) -> Iterator[Entry]:
    """Yield the places of a dump one by one; `scratch` is a folder for a file that need not outlive the call.

    Raises:
        ValueError: a file of the dump is another than its name says, or holds no populated place.
    """
    provinces, towns = _province_names(dump), 0
    with closing(_store_english_names(dump, scratch / "english.sqlite")) as store:
        for feature in read_features(dump):
            towns += feature.code.startswith("P.")
            yield _entry(feature, _english_names(store, feature.geonames_id), provinces)
    if not towns:
        raise ValueError(
            f"{dump.features}: expected populated places (class P), found none; download allCountries again"
        )


def _store_english_names(dump: Dump, path: Path) -> sqlite3.Connection:
    """Put the English names where they can be asked for by id: the two files have orders of their own."""
    store = sqlite3.connect(path, isolation_level=None)
    store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    store.execute("CREATE TABLE names (id INTEGER, name TEXT, other INTEGER)")
    store.execute("BEGIN")
    names = ((name.geonames_id, name.name, not name.is_preferred) for name in read_english_names(dump))
    store.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
    store.execute("COMMIT")
    store.execute("CREATE INDEX by_id ON names (id, other, name)")
    return store


def _english_names(store: sqlite3.Connection, geonames_id: int) -> list[str]:
    """Return the English names of a feature, the preferred one first."""
    return [
        name for (name,) in store.execute("SELECT name FROM names WHERE id = ? ORDER BY other, name", (geonames_id,))
    ]


def _province_names(dump: Dump) -> dict[str, str]:
    """Return the English names of provinces by GeoNames code: the packages', and the dump's for what is newer."""
    by_code, by_id = _package_provinces()
    newer = {row.code: by_id.get(row.geonames_id) or plain(row.name) for row in read_provinces(dump)}
    return {**by_code, **newer}


@cache
def _package_provinces() -> tuple[Mapping[str, str], Mapping[int, str]]:
    units = [unit for unit in read_units().values() if unit.is_province]
    by_code = province_names(units)
    return by_code, {unit.geonames_id: by_code[unit.code] for unit in units}


def _entry(feature: Feature, english: Sequence[str], provinces: Mapping[str, str]) -> Entry:
    """Return a feature as a place, filed under its names."""
    place = Place(
        place_key=f"gn:{feature.geonames_id}",
        geonames_id=feature.geonames_id,
        name=_name(feature, english, provinces),
        kind=KINDS[feature.code.encode()],
        feature_code=feature.code.partition(".")[2],
        country=_ALPHA3.get(feature.country),
        admin1=provinces.get(feature.province),
        latitude=feature.latitude,
        longitude=feature.longitude,
        population=feature.population,
    )
    entry = Entry(place)
    _file(entry, (place.name, plain(feature.name), *english[:1]), (*english[1:], *feature.aliases))
    return entry


def _name(feature: Feature, english: Sequence[str], provinces: Mapping[str, str]) -> str:
    kind = KINDS[feature.code.encode()]
    if kind == "admin1" and (name := provinces.get(feature.province)):
        return name
    if kind in {"admin1", "admin2"}:
        country = _ALPHA3.get(feature.country, "")
        return english_name(Unit(feature.geonames_id, "", feature.province, feature.name, feature.aliases, country))
    return plain(english[0] if english else feature.name)


def _file(entry: Entry, own: Sequence[str], others: Sequence[str]) -> None:
    """File an entry under its names; a bare name hardly means one of many lesser rivers and mountains."""
    lesser = entry.place.kind == "region" and len(others) < WELL_KNOWN_NAMES
    for name in (*own, *filter(is_usable_alias, others)):
        is_own = says_its_kind(fold(name)) if lesser else name in own
        file_names(entry, (name,), OWN_NAME if is_own else OTHER_NAME)
    if entry.place.feature_code in {"AIRB", "AIRP"}:
        file_airport(entry)
