"""Read every article of the warehouse again, from its kept bytes, with the code, model and seeds of today.

This is also the way out where files of the warehouse are damaged: what is computed is computed anew; what is not, the
fetched bytes themselves, is told.
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.engine import Engine
from flows.form import Wait, WarehouseFolder, Workers
from flows.observed import shard_threads, watched
from flows.publish import publish
from flows.shards import fetched_shards, read_shards
from flows.stopwatch import Stopwatch
from schemas.tables import TABLES
from tasks.nlp.encoder import require_encoder
from tasks.nlp.model import require_model
from tasks.report import Report
from tasks.workers import open_workers
from warehouse.audit import damaged_files
from warehouse.errors import WarehouseDamagedError
from warehouse.manifest import DataFile, Snapshot
from warehouse.store import Store

Damaged = Literal["stop", "leave out"]
"""What to do where fetched bytes are damaged."""

_LOGGER = logging.getLogger(__name__)
_COMPUTED = frozenset(name for name, table in TABLES.items() if table.stage != "fetch" and name != "runs")
"""Tables that can be made again from the fetched bytes."""


@flow(name="rebuild", task_runner=shard_threads())
def rebuild(
    warehouse: WarehouseFolder = "warehouse/data",
    workers: Workers = 2,
    damaged: Damaged = "stop",
    wait_seconds: Wait = 600.0,
) -> State[Any]:
    """Recompute everything after the fetch stage, and publish a snapshot where that changed anything.

    Args:
        warehouse: Folder of the warehouse.
        workers: Processes that read articles, 1 to 64, each about 1 GB; no more than the machine has cores.
        damaged: What to do where kept bytes of articles are damaged: stop, or leave those articles out of the
            warehouse; a run with their files then reads them as new.
        wait_seconds: How long to wait where another run is writing to the same warehouse, 0 to 86,400 seconds.
    """

    def work(engine: Engine, on_rows: Callable[[str, int], None]) -> Report:
        return rebuild_all(warehouse, workers, wait_seconds, engine, on_rows, damaged)

    return watched("rebuild", warehouse, work)


def rebuild_all(
    warehouse: str,
    workers: int,
    wait_seconds: float,
    engine: Engine,
    on_rows: Callable[[str, int], None],
    damaged: Damaged = "stop",
) -> Report:
    """Run clean, extract and load over the kept raw documents, with any engine."""
    require_model()
    require_encoder()
    store, watch = Store(warehouse), Stopwatch()
    report = Report(dt.datetime.now(dt.UTC))
    with store.lock(wait_seconds), open_workers(workers, on_rows) as pool:
        snapshot = store.current()
        left_out = _clear_damaged(store, snapshot, damaged) if snapshot is not None else frozenset[str]()
        kept = [file for file in (snapshot.files if snapshot else ()) if file.partition not in left_out]
        shards = fetched_shards(kept)
        report.discovered = sum(shard.rows["raw_documents"] for shard in shards)
        on_rows("fetch", report.discovered)
        results, report.failures = read_shards(store, pool, engine, watch, shards)
        on_rows("load", 0)
        with watch.measure("load"):
            publish(store, results, report, {"rebuild": True, "workers": workers}, left_out)
    report.seconds = watch.seconds
    return report


def _clear_damaged(store: Store, snapshot: Snapshot, damaged: Damaged) -> frozenset[str]:
    """Delete damaged files that can be made again; return the partitions of those that cannot.

    Raises:
        WarehouseDamagedError: some cannot, and `damaged` says to stop.
    """
    found = damaged_files(store.root, snapshot)
    lost = [file for file in found if file.table not in _COMPUTED]
    if lost and damaged == "stop":
        raise WarehouseDamagedError(_lost(store, lost))
    for file in found:
        _LOGGER.warning("%s is damaged; it is made anew or left out", file.path)
        (store.root / file.path).unlink(missing_ok=True)
    return frozenset(file.partition for file in lost)


def _lost(store: Store, lost: list[DataFile]) -> str:
    named = ", ".join(f"{file.path} ({file.rows} rows of {file.table})" for file in lost[:5])
    more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""  # noqa: PLR2004 - as many as are named
    return (
        f"{len(lost)} damaged files below {store.root} cannot be computed again: {named}{more}. Restore them from a "
        "copy and run again, or leave them out (`dateline rebuild --damaged 'leave out'`) and then run with the input "
        "that they came from, which reads their articles as new"
    )
