"""Airports and air bases of the package `airportsdata`, and the short forms that news makes of such names.

Belongs here: what is an airport worth naming, and what it is called. Does not belong here: reviewed names
(`places/variants.tsv`), and other facilities (`places/sites.tsv`).
"""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from seeds.countries import countries
from seeds.gazetteer_names import fold, plain
from seeds.gazetteer_records import DERIVED_NAME, OWN_NAME, Entry, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_AIR_BASES = ("Air Base", "Airbase", "Air Force Base", "Army Airfield", "Army Air Field", "Air Station")
_BASE_WORDS = ("Air Base", "Airbase", "Airfield")
_GENERIC = frozenset(
    "air airbase airfield airport airstrip army base city county domestic executive field force heliport international "
    "memorial metropolitan military municipal national regional station".split()
)
"""Words that name no airport by themselves: hundreds of towns have a municipal airport."""


def airport_entries() -> Iterator[Entry]:
    """Yield air bases, and the airports that have scheduled flights (an IATA code)."""
    alpha3 = {country.alpha2: country.alpha3 for country in countries()}
    with (files("airportsdata") / "airports.csv").open(encoding="utf-8") as lines:
        for cells in csv.DictReader(lines):
            name = _airport_name(cells["name"])
            is_base = name.endswith(_AIR_BASES)
            if is_base or cells["iata"]:
                yield _airport(cells, name, alpha3.get(cells["country"]), is_base=is_base)


def file_airport(entry: Entry, city: str = "") -> None:
    """File an airport or air base under its name and the short forms of it; `city` is the town that it serves."""
    name = entry.place.name
    entry.file_under(fold(name), OWN_NAME)
    for other in _short_forms(name, city):
        entry.file_under(fold(other), DERIVED_NAME)


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
    file_airport(entry, cells["city"])
    return entry


def _short_forms(name: str, city: str) -> Iterator[str]:
    """Yield `Bagram Airfield` for Bagram Air Base, `Kabul airport` for Kabul International Airport."""
    for ending in _AIR_BASES:
        if name.endswith(f" {ending}"):
            yield from (f"{name.removesuffix(ending)}{word}" for word in _BASE_WORDS)
    if "International" in name:
        yield name.replace("International ", "")
    if city:
        yield from _named_after(name, city)


def _named_after(name: str, city: str) -> Iterator[str]:
    if "International" in name:
        yield f"{city} Airport"
        yield f"{city} International Airport"
    own = name.removeprefix(f"{city} ")
    if not _GENERIC.issuperset(own.lower().split()):
        yield own
