"""The gazetteer: every place that a name may mean.

Belongs here: looking places up. Does not belong here: which of several places a text means (`tasks/nlp`), where the
places come from (`gazetteer_sources.py`, `gazetteer_places.py`), and where the file lies (`gazetteer_cache.py`).

The file is built at first use, in some twenty seconds, and mapped into memory by every process that reads it.
"""

from __future__ import annotations

import math
import sqlite3
from functools import lru_cache
from itertools import starmap
from typing import TYPE_CHECKING

from seeds.gazetteer_build import build_version
from seeds.gazetteer_cache import build_once, gazetteer_file
from seeds.gazetteer_draft import PLACE_COLUMNS
from seeds.gazetteer_names import exact_key, fold, without_article, without_kind
from seeds.gazetteer_records import OTHER_NAME, Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Gazetteer", "Place", "PlaceKind"]

_COLUMNS = ", ".join(PLACE_COLUMNS)
_MOST_PLACES = 200
"""Of a user's dump, thousands of villages bear one name; the most prominent places of a name are enough."""
_BY_NAME = (
    f"SELECT {_COLUMNS}, alias_rank FROM names JOIN places USING (row) "  # noqa: S608 - values are bound
    f"WHERE key = ? ORDER BY row LIMIT {_MOST_PLACES}"
)
_EXACT_KEYS = f"SELECT DISTINCT key FROM names WHERE key BETWEEN '{exact_key('')}' AND '{exact_key(chr(0x10FFFF))}'"  # noqa: S608
_BY_KEY = f"SELECT {_COLUMNS} FROM places WHERE place_key = ?"  # noqa: S608 - values are bound
_TOWNS = (
    f"SELECT {_COLUMNS} FROM places "  # noqa: S608 - values are bound
    f"WHERE kind = 'city' AND latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ? ORDER BY row LIMIT {_MOST_PLACES}"
)
_KM_PER_DEGREE = 111.2
_KINDS_SAID: dict[str, tuple[PlaceKind, ...]] = {
    "admin": ("admin1", "admin2", "region"),
    "city": ("city",),
    "country": ("country", "admin1", "region"),
}
"""What a name means that says its kind: the Republic of Dagestan is a province, that of Armenia a country."""
_MAPPED_BYTES = 1 << 28
"""Of a larger file than this, built from a dump, the rest is read piece by piece: memory stays bounded."""
_REMEMBERED_NAMES = 1 << 14
_LONGEST_NAME = 120


class Gazetteer:
    """Places by name and by key. One object may serve several threads; processes open the file each for itself."""

    def __init__(self, path: Path) -> None:
        """Open a built file; sqlite3.OperationalError where there is none. See `load`, which builds it if need be."""
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False, cached_statements=8)
        self._connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        self._remembered = lru_cache(maxsize=_REMEMBERED_NAMES)(self._find)
        self._exact = frozenset(key for (key,) in self._connection.execute(_EXACT_KEYS))
        self.version: str = self._connection.execute("SELECT version FROM build").fetchone()[0]
        """Changes whenever an answer may: part of the key of every result that rests on the gazetteer."""

    @classmethod
    def load(cls, path: Path | None = None) -> Gazetteer:
        """Open the gazetteer, building it where it is missing or damaged.

        Args:
            path: the file; by default one in the cache folder whose name carries the version, so that a new version
                of packages, seeds or code builds anew, and so does another dump in `DATELINE_GEONAMES`. A file at
                `path` is built from the packages.

        Raises:
            FileNotFoundError: `DATELINE_GEONAMES` names a folder without a dump.
            ValueError: a seed file or the dump is damaged; the text says where and how.
        """
        try:
            return cls(_built(path))
        except sqlite3.DatabaseError:  # cut short by a full disk, or removed by the builder of another version
            (path or gazetteer_file()).unlink(missing_ok=True)
            return cls(_built(path))

    def find(self, name: str) -> tuple[Place, ...]:
        """Return every place of that name; () where there is none.

        Case, accents, apostrophes, hyphens and a leading `the` do not matter, except in abbreviations: `US` is not
        `us`. Order: countries, regions, provinces, districts, towns, facilities, each by population, largest first;
        then, in the same order, places of which it is an unusual name (alias rank 2). Of names that more places
        bear, the first 200.
        A name that says its kind (`Helmand Province`, `city of Quetta`) finds places of that kind.
        """
        return self._remembered(name) if len(name) <= _LONGEST_NAME else ()

    def by_key(self, place_key: str) -> Place | None:
        """Return the place of this key, or None."""
        row = self._connection.execute(_BY_KEY, (place_key,)).fetchone()
        return Place(*row) if row else None

    def towns_around(self, latitude: float, longitude: float, km: float) -> tuple[Place, ...]:
        """Return the towns in a square around a point, `km` to each side, largest first, 200 at most.

        The square ends at the poles and at the 180th meridian.
        """
        high = km / _KM_PER_DEGREE
        wide = high / max(0.01, math.cos(math.radians(latitude)))
        square = (latitude - high, latitude + high, longitude - wide, longitude + wide)
        return tuple(starmap(Place, self._connection.execute(_TOWNS, square)))

    def _find(self, name: str) -> tuple[Place, ...]:
        return next((places for places in self._attempts(name) if places), ())

    def _attempts(self, name: str) -> Iterator[tuple[Place, ...]]:
        """Yield what the name finds as it stands, then without its kind, then without its Arabic article."""
        if (exact := exact_key(name)) in self._exact:
            yield self._filed_under(exact)
        folded = fold(name)
        yield self._filed_under(folded)
        if parts := without_kind(folded):
            bare, kind = parts
            yield tuple(place for place in self._filed_under(bare) if _is_kind(place, kind))
        if without := without_article(folded):
            yield self._filed_under(without)

    def _filed_under(self, key: str) -> tuple[Place, ...]:
        rows = self._connection.execute(_BY_NAME, (key,)).fetchall()
        if len(rows) > 1:
            rows.sort(key=_is_unusual)
        return tuple(starmap(Place, rows))


def _is_unusual(row: tuple[object, ...]) -> bool:
    return row[-1] == OTHER_NAME


def _built(path: Path | None) -> Path:
    if path is None:
        return gazetteer_file()
    if not path.exists():
        build_once(path, build_version())
    return path


def _is_kind(place: Place, said: str) -> bool:
    return place.kind in _KINDS_SAID[said]
