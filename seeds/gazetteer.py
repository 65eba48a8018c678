"""The gazetteer: every place that a name may mean.

Belongs here: looking places up. Does not belong here: which of several places a text means (`tasks/nlp`), and where
the places come from (`gazetteer_sources.py`).

The file is built at first use, in some ten seconds, and mapped into memory by every process that reads it.
"""

from __future__ import annotations

import os
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from seeds.gazetteer_build import PLACE_COLUMNS, build, build_version
from seeds.gazetteer_names import fold, keys_of, without_article, without_kind
from seeds.gazetteer_records import OTHER_NAME, Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Gazetteer", "Place", "PlaceKind"]

CACHE_VARIABLE = "DATELINE_CACHE"
"""Environment variable that names the folder of built files; `~/.cache/dateline` where it is not set."""

_COLUMNS = ", ".join(PLACE_COLUMNS)
_BY_NAME = (
    f"SELECT {_COLUMNS}, alias_rank FROM names JOIN places USING (row) WHERE key = ? "  # noqa: S608 - values are bound
    f"ORDER BY alias_rank = {OTHER_NAME}, row"
)
_BY_KEY = f"SELECT {_COLUMNS} FROM places WHERE place_key = ?"  # noqa: S608 - values are bound
_KINDS_SAID: dict[str, tuple[PlaceKind, ...]] = {
    "admin": ("admin1", "admin2", "region"),
    "city": ("city",),
    "country": ("country", "admin1", "region"),
}
"""What a name means that says its kind: the Republic of Dagestan is a province, that of Armenia a country."""
_MAPPED_BYTES = 1 << 28
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
        self.version: str = self._connection.execute("SELECT version FROM build").fetchone()[0]
        """Changes whenever an answer may: part of the key of every result that rests on the gazetteer."""

    @classmethod
    def load(cls, path: Path | None = None) -> Gazetteer:
        """Open the gazetteer, building it where it is missing.

        Args:
            path: the file; by default one in the cache folder whose name carries the version, so that a new version
                of packages, seeds or code builds anew.

        Raises:
            ValueError: a seed file is damaged; the text says where and how.
        """
        file = path or _cache_folder() / f"gazetteer-{build_version()}.sqlite"
        if not file.exists():
            build(file)
        return cls(file)

    def find(self, name: str) -> tuple[Place, ...]:
        """Return every place of that name; () where there is none.

        Case, accents, apostrophes, hyphens and a leading `the` do not matter, except in abbreviations: `US` is not
        `us`. Order: countries, regions, provinces, districts, towns, facilities, each by population, largest first;
        then, in the same order, places of which it is an unusual name (alias rank 2).
        A name that says its kind (`Helmand Province`, `city of Quetta`) finds places of that kind.
        """
        return self._remembered(name) if len(name) <= _LONGEST_NAME else ()

    def by_key(self, place_key: str) -> Place | None:
        """Return the place of this key, or None."""
        row = self._connection.execute(_BY_KEY, (place_key,)).fetchone()
        return Place(*row) if row else None

    def _find(self, name: str) -> tuple[Place, ...]:
        return next((places for places in self._attempts(name) if places), ())

    def _attempts(self, name: str) -> Iterator[tuple[Place, ...]]:
        """Yield what the name finds as it stands, then without its kind, then without its Arabic article."""
        for key in keys_of(name):
            yield self._filed_under(key)
        folded = fold(name)
        if parts := without_kind(folded):
            bare, kind = parts
            yield tuple(place for place in self._filed_under(bare) if _is_kind(place, kind))
        if without := without_article(folded):
            yield self._filed_under(without)

    def _filed_under(self, key: str) -> tuple[Place, ...]:
        return tuple(Place(*row) for row in self._connection.execute(_BY_NAME, (key,)))


def _is_kind(place: Place, said: str) -> bool:
    return place.kind in _KINDS_SAID[said]


def _cache_folder() -> Path:
    return Path(os.environ.get(CACHE_VARIABLE) or Path.home() / ".cache" / "dateline")
