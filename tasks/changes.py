"""What changed from one snapshot to the next: rows by table, events that came and went, versions of what reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.manifest import Snapshot
    from warehouse.store import Store

SHOWN = ("documents", "rejections", "entity_mentions", "event_mentions", "entities", "events", "duplicates")
"""The tables whose rows are compared."""
_VERSIONS = {"code_version": "code", "model_version": "language model", "seeds_version": "reference data"}


@dataclass(frozen=True, slots=True)
class Changes:
    """Two snapshots compared.

    Attributes:
        rows: table to its rows before and after.
        new_events, gone_events: event ids that only the later, or only the earlier, snapshot has.
        versions: what the later run used in another version than the earlier: code, language model, reference data.
    """

    rows: dict[str, tuple[int, int]]
    new_events: int
    gone_events: int
    versions: tuple[str, ...]


def compare(store: Store, before: Snapshot | None, after: Snapshot) -> Changes:
    """Compare a snapshot with an earlier one; None stands for the empty warehouse."""
    old, new = _rows(before), _rows(after)
    events_before, events_after = _event_ids(store, before), _event_ids(store, after)
    return Changes(
        rows={table: (old[table], new[table]) for table in SHOWN},
        new_events=len(events_after - events_before),
        gone_events=len(events_before - events_after),
        versions=_changed_versions(store, before, after),
    )


def _rows(snapshot: Snapshot | None) -> Counter[str]:
    rows = Counter[str]()
    for file in snapshot.files if snapshot else ():
        rows[file.table] += file.rows
    return rows


def _event_ids(store: Store, snapshot: Snapshot | None) -> set[str]:
    files = snapshot.table("events") if snapshot else ()
    return {event_id for file in files for event_id in store.read(file, ["event_id"])["event_id"].to_pylist()}


def _changed_versions(store: Store, before: Snapshot | None, after: Snapshot) -> tuple[str, ...]:
    if before is None:
        return ()
    old, new = last_versions(store, before), last_versions(store, after)
    return tuple(name for column, name in _VERSIONS.items() if old.get(column) != new.get(column))


def last_versions(store: Store, snapshot: Snapshot) -> dict[str, str]:
    """Return versions of code, model and reference data, by column of `runs`, of the run that made this snapshot."""
    rows = [row for file in snapshot.table("runs") for row in store.read(file, ["snapshot_id", *_VERSIONS]).to_pylist()]
    last: dict[str, str] = max(rows, key=lambda row: row["snapshot_id"], default={})
    return {column: last[column] for column in _VERSIONS if column in last}
