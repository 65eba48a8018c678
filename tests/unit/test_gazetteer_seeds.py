"""What the hand-written places hold: no name twice, no place outside its country, no word of the language as a name."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from seeds.countries import countries
from seeds.gazetteer_build import VARIANTS_PATH
from seeds.gazetteer_geonames import read_cities
from seeds.gazetteer_names import fold, index_key, is_common_word
from seeds.gazetteer_records import Entry, Place
from seeds.gazetteer_seeds import SEED_COLUMNS, SEED_PATHS, place_in_provinces, seed_entries
from seeds.roles import load_roles
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Callable

    from seeds.tsv import Row

_MARGIN = {"region": 4.0, "city": 1.0, "facility": 1.5}
"""Degrees that a place may lie outside the box around its country's towns: waters and deserts have no towns."""
_WIDEST = 180.0
"""Degrees of longitude: wider countries reach over the date line, and their box is the whole globe."""
_WITHOUT_TOWNS = frozenset({"ATA", "ATF", "SGS", "UMI", "IOT"})
_FAR_OFF = frozenset(
    {
        "Aldabra", "Franz Josef Land", "Severnaya Zemlya", "Lord Howe Island", "Macquarie Island", "Ellesmere Island",
        "Rockall", "Clipperton Island", "Heard Island", "Trebil", "Renk", "Madama", "Resolute Bay",
    }
)  # fmt: skip
"""Places beyond the last town of their country."""


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Return the rows of all tables of places."""
    return [row for path in SEED_PATHS for row in read_tsv(path, SEED_COLUMNS)]


def names(row: Row) -> tuple[str, ...]:
    """Return every name of a row."""
    return row.cells["name"], *row.several("aliases")


def where(row: Row) -> str:
    """Return file and line, for a message that leads to the row."""
    return f"{row.path.name}:{row.line} {row.cells['name']}"


def repeated(rows: list[Row], keys_of: Callable[[Row], set[str]]) -> dict[str, list[str]]:
    """Return the keys that several rows share, and where those stand."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for key in keys_of(row):
            found[key].append(where(row))
    return {key: places for key, places in found.items() if len(places) > 1}


def test_every_name_is_one_place_only(rows: list[Row]) -> None:
    """Two rows for one place would be two entities; two places of one name need a word that tells them apart."""
    assert repeated(rows, lambda row: {index_key(name) for name in names(row)}) == {}


def test_place_keys_are_unique(rows: list[Row]) -> None:
    """The key of a place is made of its name, and entity ids are made of the key."""
    keys = [entry.place.place_key for entry in seed_entries()]
    assert len(keys) == len(set(keys)) == len(rows)


def test_rows_are_written_as_the_tables_ask(rows: list[Row]) -> None:
    """Codes are codes, countries exist, and points are on the globe."""
    known = {country.alpha3 for country in countries()}
    for row in rows:
        latitude, longitude = float(row.cells["latitude"]), float(row.cells["longitude"])
        assert -90 <= latitude <= 90 and -180 <= longitude <= 180, where(row)  # noqa: PT018 - one fact: a point
        assert set(row.several("countries")) <= known, where(row)
        assert re.fullmatch("[A-Z]{2,5}", row.cells["feature_code"]), where(row)


def _boxes() -> dict[str, tuple[float, float, float, float]]:
    """Return south, north, west and east end of the towns of every country."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in read_cities():
        points[city.country].append((city.latitude, city.longitude))
    boxes = {}
    for country, found in points.items():
        latitudes, longitudes = zip(*found, strict=True)
        boxes[country] = (min(latitudes), max(latitudes), min(longitudes), max(longitudes))
    return boxes


def test_places_lie_in_their_country(rows: list[Row]) -> None:
    """A digit or a sign that is wrong puts a place into another country."""
    boxes = _boxes()
    astray = []
    for row in rows:
        lands = row.several("countries")
        if len(lands) != 1 or lands[0] in _WITHOUT_TOWNS or row.cells["name"] in _FAR_OFF:
            continue
        south, north, west, east = boxes[lands[0]]
        margin = _MARGIN[row.cells["kind"]]
        latitude, longitude = float(row.cells["latitude"]), float(row.cells["longitude"])
        fits = west - margin <= longitude <= east + margin or east - west > _WIDEST
        if not (fits and south - margin <= latitude <= north + margin):
            astray.append(where(row))
    assert astray == []


def test_no_name_is_a_word_of_the_language(rows: list[Row]) -> None:
    """`Coast`, `Camp` or `Governor` would be found in every article."""
    single = {fold(name): where(row) for row in rows for name in names(row) if len(fold(name).split()) == 1}
    common = [place for name, place in single.items() if is_common_word(name) or load_roles().find([name])]
    assert common == []
    assert all(len(name) > 1 for name in single)


def test_variants_name_a_place_once() -> None:
    """Of two rows for one place the later would win silently."""
    columns = ("place", "country", "kind", "name", "aliases")
    rows = list(read_tsv(VARIANTS_PATH, columns))
    keys = [(fold(row.cells["place"]), row.cells["country"], row.cells["kind"]) for row in rows]
    assert len(keys) == len(set(keys))


def _place(key: str, kind: str, latitude: float, admin1: str | None) -> Entry:
    return Entry(
        Place(key, None, key, "city" if kind == "city" else "facility", "PPL", "SYR", admin1, latitude, 37.0, 0)
    )


def test_site_lies_in_the_province_of_the_nearest_town() -> None:
    """A prison has no province of its own in the table; one far from every town has none at all."""
    towns = [_place("a", "city", 36.0, "Aleppo"), _place("b", "city", 33.0, "Damascus")]
    near, far = _place("near", "facility", 35.8, None), _place("far", "facility", 34.5, None)
    place_in_provinces([near, far], towns)
    assert (near.place.admin1, far.place.admin1) == ("Aleppo", None)
