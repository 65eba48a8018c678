"""Provinces and districts: their English names, and points derived from the towns in them.

Belongs here: what GeoNames' extracts leave out of administrative units. A unit without towns has no point.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rigour.territories import get_territory

from seeds.gazetteer_names import fold, plain, without_kind
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from seeds.gazetteer_geonames import City, Unit

POINTS_PATH = Path(__file__).with_name("places") / "admin_points.tsv"
_HALF_TURN = 180.0
_KEEPS_KIND = frozenset({"oblast", "krai", "county"})
"""Kinds that English keeps in the name: Kyiv Oblast, Orange County."""
_QUALIFIER = re.compile(r" (Autonomous|Regional|Administrative)$")


@dataclass(slots=True)
class Extent:
    """The box and the mean of the towns of one unit, and their inhabitants."""

    south: float = 90.0
    north: float = -90.0
    west: float = 360.0
    east: float = -360.0
    latitudes: float = 0.0
    longitudes: float = 0.0
    towns: int = 0
    population: int = 0

    def add(self, city: City) -> None:
        """Take in one town; longitudes run on past the date line."""
        longitude = city.longitude
        if self.towns and abs(longitude - self.east) > _HALF_TURN:
            longitude += 360.0 if longitude < self.east else -360.0
        self.south, self.north = min(self.south, city.latitude), max(self.north, city.latitude)
        self.west, self.east = min(self.west, longitude), max(self.east, longitude)
        self.latitudes += city.latitude
        self.longitudes += longitude
        self.towns += 1
        self.population += city.population

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude half-way between the middle of the box and the mean of the towns, in degrees."""
        if not self.towns:
            return None
        latitude = (self.south + self.north) / 4 + self.latitudes / self.towns / 2
        longitude = (self.west + self.east) / 4 + self.longitudes / self.towns / 2
        return round(latitude, 4), round((longitude + _HALF_TURN) % 360.0 - _HALF_TURN, 4)


def extents(units: Mapping[int, Unit], cities: Iterable[City]) -> dict[str, Extent]:
    """Return the extent of units by GeoNames code; towns count for the province around their district as well."""
    found: defaultdict[str, Extent] = defaultdict(Extent)
    for city in cities:
        held_by = [units[row] for row in city.units if row in units]
        for code in {unit.code for unit in held_by} | {unit.province_code for unit in held_by}:
            found[code].add(city)
    return found


def province_names(units: Iterable[Unit]) -> dict[str, str]:
    """Return the English names of the first-level units by GeoNames code."""
    return {unit.code: english_name(unit) for unit in units if unit.is_province}


def reviewed_points() -> Mapping[str, tuple[float, float]]:
    """Return the points that stand in `places/admin_points.tsv`, by GeoNames code (`US.TX`)."""
    columns = ("code", "latitude", "longitude")
    return {
        row.required("code"): (float(row.required("latitude")), float(row.required("longitude")))
        for row in read_tsv(POINTS_PATH, columns)
    }


def english_name(unit: Unit) -> str:
    """Return `Anbar` for Al Anbār with the alias `Anbar Governorate`: the English form, else the name as it is."""
    territory = get_territory(unit.iso_code.lower()) if unit.iso_code else None
    if territory and "(" not in territory.name:
        return plain(territory.name)
    return next(filter(None, map(_english_alias, unit.aliases)), None) or plain(unit.name)


def _english_alias(alias: str) -> str | None:
    """Return an alias that ends with an English kind of unit, without it where English drops it."""
    bare, _, kind = alias.rpartition(" ")
    if not alias.isascii() or not bare or without_kind(fold(f"Name {kind}")) is None:
        return None
    return alias if kind.lower() in _KEEPS_KIND else _QUALIFIER.sub("", bare)
