"""Countries and dependent territories: their names, nationalities and capitals.

Belongs here: what a word says about a country. Does not belong here: where a country lies (`gazetteer.py`), and who
speaks for it, such as the Kremlin (`actors.py`).

Codes are ISO 3166-1 alpha-3, with XKX for Kosovo. States that are gone are names of the one that succeeded them: the
Soviet Union of Russia, Yugoslavia of Serbia, Czechoslovakia of Czechia, both Germanies of Germany.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from seeds.gazetteer_names import fold, index_key, keys_of
from seeds.tsv import Row, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COUNTRIES_PATH = Path(__file__).with_name("countries.tsv")
_COLUMNS = (
    "alpha3",
    "alpha2",
    "name",
    "capital",
    "demonyms",
    "aliases",
    "latitude",
    "longitude",
    "geonames_id",
)


@dataclass(frozen=True, slots=True)
class Country:
    """One country or dependent territory.

    Attributes:
        alpha3: ISO 3166-1 alpha-3 code.
        alpha2: ISO 3166-1 alpha-2 code.
        name: common English name in plain letters.
        capital: seat of government by its common English name; None where there is none.
        demonyms: adjectives and nouns, singular and plural: `Afghan`, `Afghans`.
        aliases: other English names, abbreviations and former names.
        latitude: of GeoNames' point of the country, near its middle, in degrees.
        longitude: of the same point, in degrees.
        geonames_id: GeoNames id of the country.
    """

    alpha3: str
    alpha2: str
    name: str
    capital: str | None
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]
    latitude: float
    longitude: float
    geonames_id: int


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries by alpha-3 code; ValueError where the file is damaged."""
    return tuple(_country(row) for row in read_tsv(COUNTRIES_PATH, _COLUMNS))


def country_of_demonym(word: str) -> str | None:
    """Return the alpha-3 code for an adjective or noun of nationality (`Afghan`, `Afghans`, `US`), or None.

    Nations without a country, such as Kurds, have none. Case matters in abbreviations alone: `US` is not `us`.
    """
    return _lookup(_demonyms(), word)


def country_of_name(name: str) -> str | None:
    """Return the alpha-3 code for a name, former name or abbreviation of a country, or None."""
    return _lookup(_names(), name)


def capital_country(name: str) -> str | None:
    """Return the alpha-3 code of the country whose capital has this name, or None."""
    return _capitals().get(fold(name))


def country_name(alpha3: str) -> str:
    """Return the usual name for an alpha-3 code, or the code where no country has it."""
    return _names_by_code().get(alpha3, alpha3)


@cache
def _names_by_code() -> dict[str, str]:
    return {country.alpha3: country.name for country in countries()}


def _country(row: Row) -> Country:
    return Country(
        alpha3=row.required("alpha3"),
        alpha2=row.required("alpha2"),
        name=row.required("name"),
        capital=row.optional("capital"),
        demonyms=row.several("demonyms"),
        aliases=row.several("aliases"),
        latitude=float(row.required("latitude")),
        longitude=float(row.required("longitude")),
        geonames_id=int(row.required("geonames_id")),
    )


def _lookup(table: Mapping[str, str], word: str) -> str | None:
    return next((table[key] for key in keys_of(word) if key in table), None)


def _table(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for name, code in pairs:
        table.setdefault(index_key(name), code)
    return table


@cache
def _demonyms() -> dict[str, str]:
    return _table((word, country.alpha3) for country in countries() for word in country.demonyms)


@cache
def _names() -> dict[str, str]:
    own = [(country.name, country.alpha3) for country in countries()]
    return _table(own + [(alias, country.alpha3) for country in countries() for alias in country.aliases])


@cache
def _capitals() -> dict[str, str]:
    own = [(country.capital, country.alpha3) for country in countries() if country.capital]
    return _table(own + list(_CAPITAL_ALIASES.items()))


_CAPITAL_ALIASES = {
    "Kiev": "UKR",
    "Washington, D.C.": "USA",
    "Washington DC": "USA",
    "Sana'a": "YEM",
    "Rangoon": "MMR",
    "Nay Pyi Taw": "MMR",
    "Peking": "CHN",
    "Ulan Bator": "MNG",
    "Nur-Sultan": "KAZ",
    "La Paz": "BOL",
    "Kishinev": "MDA",
    "Teheran": "IRN",
    "Ndjamena": "TCD",
    "Prishtina": "XKX",
    "Port-of-Spain": "TTO",
    "El Aaiun": "ESH",
}
"""Other spellings and second seats of government."""
