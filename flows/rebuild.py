"""Read every article of the warehouse again, from its kept bytes, with the code, model and seeds of today."""

import datetime as dt
from collections.abc import Callable

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.engine import Engine
from flows.observed import PrefectTasks, log_rows, shard_threads
from flows.publish import publish
from flows.shards import read_shards
from flows.stopwatch import Stopwatch
from tasks.report import Report
from tasks.workers import open_workers
from warehouse.manifest import Receipt
from warehouse.store import Store


@flow(name="rebuild", task_runner=shard_threads())
def rebuild(
    warehouse: str = "warehouse/data", workers: int = 2, wait_seconds: float = 600.0
) -> State[dict[str, object]]:
    """Recompute everything after the fetch stage, and publish a snapshot where that changed anything.

    Args:
        warehouse: Folder of the warehouse.
        workers: Processes that read articles, each about 600 MB; no more than the machine has cores.
        wait_seconds: How long to wait where another run is writing to the same warehouse.
    """
    report = rebuild_all(warehouse, workers, wait_seconds, PrefectTasks(), log_rows())
    name = None if report.state == "completed" else "Incomplete"
    return Completed(name=name, message=f"{report.rows.get('documents', 0)} articles", data=report.as_dict())


def rebuild_all(
    warehouse: str, workers: int, wait_seconds: float, engine: Engine, on_rows: Callable[[str, int], None]
) -> Report:
    """Run clean, extract and load over the kept raw documents, with any engine."""
    store, watch = Store(warehouse), Stopwatch()
    report = Report(dt.datetime.now(dt.UTC))
    with store.lock(wait_seconds), open_workers(workers, on_rows) as pool:
        snapshot = store.current()
        files = snapshot.table("raw_documents") if snapshot is not None else ()
        shards = [Receipt("fetch", file.partition, file.key, (file,)) for file in files]
        report.discovered = sum(file.rows for file in files)
        on_rows("fetch", report.discovered)
        results, report.failures = read_shards(store, pool, engine, watch, shards)
        with watch.measure("load"):
            publish(store, results, report, {"rebuild": True, "workers": workers})
    report.seconds = watch.seconds
    return report
