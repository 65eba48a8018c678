"""The end of a run: load, checks, one snapshot."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flows.shards import Result
from schemas.tables import TABLES
from tasks.load import load, require_valid
from tasks.report import Report, count_foreign, count_rows, run_id, run_row
from tasks.versions import digest
from warehouse.audit import is_complete
from warehouse.manifest import ARCHIVE, DataFile, Snapshot
from warehouse.store import Store

_ACROSS = frozenset(name for name, table in TABLES.items() if table.stage == "load" and name != "runs")
_NOT_OF_ARTICLES = frozenset({"runs", "source_state", "source_health", ARCHIVE})
"""What the tables across articles do not depend on, so that a night without news makes none of them anew."""


def publish(
    store: Store,
    results: Sequence[Result],
    report: Report,
    parameters: Mapping[str, Any],
    left_out: frozenset[str] = frozenset(),
) -> None:
    """Publish the partitions that are there already together with the new ones; nothing new publishes nothing.

    Fills in the report's rows, rejections and snapshot. Partitions `left_out` are no longer part of the warehouse.
    """
    before = store.current()
    new = {file.path: file for result in results for file in result}
    report.rows, report.rejections = count_rows(store, new.values())
    report.foreign = count_foreign(store, new.values())
    report.snapshot_id = before.snapshot_id if before else None
    published = _paths(before.files) if before else set()
    if new.keys() <= published and not left_out and _has_all(store, before, report):
        store.repair_catalog()
        return
    partitions = left_out | {file.partition for file in new.values()}
    kept = [
        file
        for file in (before.files if before else ())
        if file.table not in _ACROSS and file.partition not in partitions
    ]
    current = [*kept, *new.values()]
    across = load(store, _in_order(file for file in current if file.table not in _NOT_OF_ARTICLES))
    report.rows |= count_rows(store, (file for file in across if file.table in _ACROSS))[0]
    files = _in_order([*(file for file in current if file.table != "runs"), *across])
    if (
        before
        and not left_out
        and {file.path for file in files} == {file.path for file in before.files if file.table != "runs"}
    ):
        store.repair_catalog()  # what was missing has been made anew
        return
    snapshot_id = before.snapshot_id + 1 if before else 1
    identity = run_id(snapshot_id, files)
    finished_at = dt.datetime.now(dt.UTC)
    row = run_row(report, identity, snapshot_id, parameters, finished_at)
    key = digest("run", identity, report.started_at.isoformat(), finished_at.isoformat())
    runs = store.write("load", digest(identity), key, {"runs": row})
    live = [*files, *(file for file in kept if file.table == "runs"), *runs.files]
    require_valid(store, live)
    store.publish(live, identity, finished_at)
    report.snapshot_id, report.published = snapshot_id, True


def _has_all(store: Store, before: Snapshot | None, report: Report) -> bool:
    """Tell whether there is nothing to publish; the first run publishes even nothing, unless shards failed."""
    return bool(report.failures) if before is None else is_complete(store.root, before)


def _paths(files: Iterable[DataFile]) -> set[str]:
    return {file.path for file in files}


def _in_order(files: Iterable[DataFile]) -> list[DataFile]:
    return sorted(files, key=lambda file: file.path)
