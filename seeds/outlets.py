"""News outlets and where they are at home: a place name in a local paper means the place near that paper.

Belongs here: the home of the outlet that a story's address names. Does not belong here: outlets as actors in a story
(`actors.py`), and what a home says about a place name (`tasks/nlp`).

International agencies are not listed: they have no home.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from seeds.countries import countries
from seeds.tsv import Row, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OUTLETS_PATH = Path(__file__).with_name("outlets.tsv")
_COLUMNS = ("domain", "name", "country", "admin1", "city", "latitude", "longitude")

_LONGEST_URL = 2048
_LONGEST_HOST = 253
_HOST = re.compile(r"\s*(?:(?:[a-z][a-z0-9+.-]*:)?//)?(?:[^/?#\\@\s]*@)?([^/?#\\@:\s\[\]]+)")
_DOMAIN = re.compile(r"(?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+")

_GENERIC_SUFFIXES = frozenset(
    "ac ag ai am as bz cc cf cm co dj fm ga gd gg gl gq gs hm im io je la ly md me ml ms mu nu pm pn pw re sc sh so st "
    "tf tk to tv vc vg ws".split()
)
"""Country codes that are sold to anybody; a host under one of them says nothing about a country."""

_WITHOUT_HOME = frozenset({"bbc.co.uk", "dw.de", "rfi.fr"})
"""World services under the code of a country."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, station or news site, and its home.

    Attributes:
        domain: host of its site without `www`, in lower case.
        name: as it calls itself.
        country: ISO 3166-1 alpha-3 code.
        admin1: province, state or region by its name in the gazetteer; None for outlets of the whole country.
        city: home town; None for outlets of a whole country or province.
        latitude: of the home town, degrees north; None where there is no town.
        longitude: of the home town, degrees east; None where there is no town.
    """

    domain: str
    name: str
    country: str
    admin1: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@cache
def load_outlets() -> Mapping[str, Outlet]:
    """Return all outlets by domain; ValueError, with file and line, where the file is damaged."""
    return MappingProxyType(read_outlets(OUTLETS_PATH))


def read_outlets(path: Path) -> dict[str, Outlet]:
    """Return the outlets of a file by domain; ValueError, with file and line, where a row is damaged."""
    found: dict[str, Outlet] = {}
    codes = frozenset(country.alpha3 for country in countries())
    for row in read_tsv(path, _COLUMNS):
        outlet = _outlet(row, codes)
        if outlet.domain in found:
            raise row.error("a domain that no row above has", repr(outlet.domain))
        found[outlet.domain] = outlet
    return found


def home_of(url: str | None) -> Outlet | None:
    """Return the outlet that an address belongs to.

    Args:
        url: a URL or a bare host, in any case; it may be malformed.

    Returns:
        The outlet of the longest listed domain that the host ends in. Where none is listed, an outlet without province
        and town, named as the host, if the host stands under the code of a country; None in all other cases.
    """
    host = _host(url or "")
    listed = load_outlets()
    for domain in _domains(host):
        if domain in _WITHOUT_HOME:
            return None
        if domain in listed:
            return listed[domain]
    country = _country_of_host(host)
    return Outlet(host, host, country) if country else None


def _host(url: str) -> str:
    """Return the host in lower case without `www` and port; the empty string where there is none."""
    match = _HOST.match(url[:_LONGEST_URL].lower())
    host = match[1].strip(".").removeprefix("www.") if match else ""
    return host if "." in host and len(host) <= _LONGEST_HOST else ""


def _domains(host: str) -> Iterator[str]:
    """Yield the host, then the host without its first label, and so on."""
    while host:
        yield host
        host = host.partition(".")[2]


def _country_of_host(host: str) -> str | None:
    return _suffixes().get(host.rpartition(".")[2])


@cache
def _suffixes() -> dict[str, str]:
    codes = {country.alpha2.lower(): country.alpha3 for country in countries()} | {"uk": "GBR"}
    return {suffix: code for suffix, code in codes.items() if suffix not in _GENERIC_SUFFIXES}


def _outlet(row: Row, codes: frozenset[str]) -> Outlet:
    if not _DOMAIN.fullmatch(domain := row.required("domain")):
        raise row.error("a domain in lower case without www", repr(domain))
    latitude, longitude = _degrees(row, "latitude", 90), _degrees(row, "longitude", 180)
    city = row.optional("city")
    if len({city is None, latitude is None, longitude is None}) > 1:
        raise row.error("city, latitude and longitude together or none of them", repr(row.cells))
    return Outlet(
        domain=domain,
        name=row.required("name"),
        country=row.one_of("country", codes),
        admin1=row.optional("admin1"),
        city=city,
        latitude=latitude,
        longitude=longitude,
    )


def _degrees(row: Row, column: str, limit: int) -> float | None:
    """Return a cell in degrees, or None where it is empty; ValueError where it is no angle up to the limit."""
    if not (cell := row.cells[column]):
        return None
    if not re.fullmatch(r"-?\d{1,3}(\.\d+)?", cell) or abs(float(cell)) > limit:
        raise row.error(f"{column} in degrees, at most {limit}", repr(cell))
    return float(cell)
