"""Small tables for the tests of the warehouse: rows filled as declared, and one world that obeys all rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from schemas.arrow import arrow_schema
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

    from schemas.columns import Column
    from warehouse.manifest import DataFile
    from warehouse.store import Store

Row = dict[str, Any]
World = dict[str, list[Row]]

KEY = "ab" * 32
NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)

TEXT = "Rebels \U0001f468\u200d\U0001f469\u200d\U0001f467 shelled Cafe\u0301town on Monday. Nobody was hurt."
"""One emoji has five code points and one letter two, so that code points, bytes and clusters count differently."""

_DEFAULTS: dict[str, Any] = {"VARCHAR": "x", "VARCHAR[]": [], "INTEGER": 1, "BIGINT": 1, "DOUBLE": 0.5}


def _default(column: Column) -> object:
    if not column.required:
        return None
    if column.values:
        return column.values[0]
    return 0 if column.type == "TIMESTAMPTZ" else _DEFAULTS[column.type]


def table(name: str, *rows: Mapping[str, Any]) -> pa.Table:
    """Return a table of these rows; what a row leaves out is NULL, or a plain value where that is required."""
    columns = TABLES[name].columns
    arrays = [
        pa.array([row.get(column.name, _default(column)) for row in rows], arrow_schema(name).field(column.name).type)
        for column in columns
    ]
    return pa.Table.from_arrays(arrays, names=[column.name for column in columns])


def documents(*ids: str) -> pa.Table:
    """Return documents of these ids."""
    return table("documents", *({"document_id": name, "text": f"text of {name}"} for name in ids))


def write_file(store: Store, key: str = KEY, *ids: str) -> DataFile:
    """Write documents of these ids under a key; return their file."""
    return store.write("clean", "p", key, {"documents": documents(*(ids or ("a",)))}).files[0]


def span(surface: str) -> Row:
    """Return where the surface stands in the text."""
    start = TEXT.index(surface)
    return {"start": start, "end": start + len(surface), "surface": surface}


def world() -> World:
    """Return rows of every table that obey all rules."""
    shelled = span("shelled")
    event = {"event_id": "event", "event_type": "ASSAULT", "document_id": "doc"}
    return {
        "raw_documents": [{"raw_id": "raw"}, {"raw_id": "raw2"}],
        "documents": [{"document_id": "doc", "raw_id": "raw", "text": TEXT, "body_end": len(TEXT)}],
        "rejections": [{"raw_id": "raw2", "reason": "language"}],
        "entity_mentions": [
            {"mention_id": "m1", "document_id": "doc", "entity_id": "rebels", "link_score": 0.9, **span("Rebels")},
            {"mention_id": "m2", "document_id": "doc", "entity_id": "town", **span("Cafe\u0301town")},
        ],
        "document_entities": [
            {"document_id": "doc", "entity_id": "rebels"},
            {"document_id": "doc", "entity_id": "town", "latitude": 1.5, "longitude": -70.25},
        ],
        "time_mentions": [{"document_id": "doc", **span("Monday")}],
        "event_mentions": [
            {
                "event_mention_id": "em",
                "sentence_start": 0,
                "sentence_end": TEXT.index(".") + 1,
                "trigger_start": shelled["start"],
                "trigger_end": shelled["end"],
                "trigger": shelled["surface"],
                "modality": "asserted",
                "place_id": "town",
                "killed_min": 0,
                "killed_max": 0,
                **event,
            }
        ],
        "event_arguments": [
            {
                "event_mention_id": "em",
                "role": "actor",
                "document_id": "doc",
                "entity_id": "rebels",
                **span("Rebels \U0001f468\u200d\U0001f469\u200d\U0001f467"),
            }
        ],
        "duplicates": [],
        "event_links": [],
        "entity_links": [],
        "entities": [{"entity_id": "rebels"}, {"entity_id": "town"}],
        "events": [{"place_id": "town", "killed_min": 0, "killed_max": 0, **event}],
        "event_participants": [{"event_id": "event", "entity_id": "rebels", "surface": "Rebels"}],
        "runs": [{"run_id": "run"}],
    }


def tables(rows: World) -> dict[str, pa.Table]:
    """Return one table for each name."""
    return {name: table(name, *rows[name]) for name in rows}


def query(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """Run one query and return its rows."""
    return connection.execute(sql).fetchall()


def all_files(root: Path) -> dict[str, bytes]:
    """Return the bytes of the data files below a root, by relative path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.glob("tables/*/*"))}
