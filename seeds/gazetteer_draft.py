"""How the gazetteer's file is laid out and written: a read-only SQLite database that processes share.

Belongs here: the tables, and the way of millions of entries into them. `places` holds the places in the order in which
`find` returns them, so that the row number is the order; `names` leads from a key to rows; `build` says of which
version the file is.

Entries come in any order and are written to a draft first, which SQLite then sorts on disk: memory stays bounded.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import fields
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from seeds.gazetteer_records import KIND_ORDER, OWN_NAME, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from seeds.gazetteer_records import Entry

PLACE_COLUMNS = tuple(field.name for field in fields(Place) if field.compare)
"""The columns of `places` in order, as in `Place`."""
_cells = attrgetter(*PLACE_COLUMNS)
_COLUMNS = ", ".join(PLACE_COLUMNS)
_TYPED = (
    "place_key TEXT NOT NULL, geonames_id INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, feature_code TEXT NOT NULL, "
    "country TEXT, admin1 TEXT, latitude REAL, longitude REAL, population INTEGER NOT NULL"
)
_BATCH = 5_000

_PREPARE = f"""
PRAGMA journal_mode = OFF;
PRAGMA draft.journal_mode = OFF;
PRAGMA draft.synchronous = OFF;
PRAGMA cache_size = -32768;
PRAGMA draft.cache_size = -32768;
CREATE TABLE build (version TEXT NOT NULL);
CREATE TABLE places (row INTEGER PRIMARY KEY, {_TYPED});
CREATE TABLE names (
    key TEXT NOT NULL, row INTEGER NOT NULL, alias_rank INTEGER NOT NULL, PRIMARY KEY (key, row)
) WITHOUT ROWID;
CREATE TABLE draft.places (id INTEGER PRIMARY KEY, kind_order INTEGER NOT NULL, {_TYPED});
CREATE TABLE draft.names (id INTEGER NOT NULL, key TEXT NOT NULL, alias_rank INTEGER NOT NULL);
CREATE TABLE draft.renamed (country TEXT, old TEXT, new TEXT NOT NULL, PRIMARY KEY (country, old));
CREATE TABLE draft.rows (id INTEGER PRIMARY KEY, row INTEGER NOT NULL);
"""
_FINISH = f"""
UPDATE draft.places SET admin1 = renamed.new FROM renamed
WHERE renamed.country = places.country AND renamed.old = places.admin1;
INSERT INTO rows SELECT id, row_number() OVER (ORDER BY kind_order, population DESC, place_key) FROM draft.places
WHERE id IN (SELECT min(id) FROM draft.places GROUP BY place_key);
INSERT INTO main.places SELECT row, {_COLUMNS} FROM draft.places JOIN rows USING (id) ORDER BY row;
INSERT INTO main.names SELECT key, row, min(alias_rank) FROM draft.names JOIN rows USING (id)
GROUP BY key, row ORDER BY key, row;
CREATE UNIQUE INDEX place_keys ON places (place_key);
CREATE INDEX towns ON places (latitude, longitude) WHERE kind = 'city';
"""  # noqa: S608 - the columns are those of a class


class Draft:
    """The entries of a gazetteer that is being built; ids count them from zero."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection whose tables have been prepared; see `write`."""
        self._connection = connection
        self._count = 0

    def add(self, entries: Iterable[Entry], visit: Callable[[int, Entry], None]) -> None:
        """Write entries, and show each with its id; of two with one place key the first counts."""
        for batch in _batches(entries):
            numbered = list(enumerate(batch, self._count))
            self._connection.executemany(
                "INSERT INTO draft.places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((number, KIND_ORDER[entry.place.kind], *_cells(entry.place)) for number, entry in numbered),
            )
            self._connection.executemany(
                "INSERT INTO draft.names VALUES (?, ?, ?)",
                ((number, key, rank) for number, entry in numbered for key, rank in entry.keys.items()),
            )
            for number, entry in numbered:
                visit(number, entry)
            self._count += len(batch)

    def rename(self, number: int, place: Place, name: str) -> None:
        """Give an entry another name; a province hands it on to what lies in it."""
        self._connection.execute("UPDATE draft.places SET name = ? WHERE id = ?", (name, number))
        if place.kind == "admin1":
            names = place.country, place.name, name
            self._connection.execute("INSERT OR REPLACE INTO draft.renamed VALUES (?, ?, ?)", names)

    def file_under(self, number: int, keys: Iterable[str]) -> None:
        """File an entry under more keys, as its own names."""
        rows = ((number, key, OWN_NAME) for key in keys)
        self._connection.executemany("INSERT INTO draft.names VALUES (?, ?, ?)", rows)


def write(path: Path, version: str, fill: Callable[[Draft], None]) -> None:
    """Write a gazetteer of what `fill` puts into a draft; the draft lies beside it and is not removed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS draft", (str(path.with_suffix(".draft")),))
        connection.executescript(_PREPARE)
        connection.execute("BEGIN")
        connection.execute("INSERT INTO build VALUES (?)", (version,))
        fill(Draft(connection))
        for statement in _FINISH.split(";\n"):
            connection.execute(statement)
        connection.execute("COMMIT")


def _batches(entries: Iterable[Entry]) -> Iterator[Sequence[Entry]]:
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        yield batch
