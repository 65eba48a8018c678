"""Runs that Prefect watches: its tasks, the log, the progress and the report in its UI, the event for automations."""

import contextvars
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast
from uuid import UUID

import httpx
from prefect import Task, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.client.schemas.objects import State
from prefect.events import emit_event
from prefect.futures import PrefectFuture
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.engine import SHARDS_AT_ONCE, Engine
from flows.errors import EXPECTED
from flows.pace import Pace
from flows.page import page, summary
from tasks.changes import Changes, compare
from tasks.report import Report, source_health
from tasks.versions import digest
from warehouse.errors import UnknownSnapshotError
from warehouse.store import Store

T = TypeVar("T")

Work = Callable[[Engine, Callable[[str, int], None]], Report]
"""A whole run: takes an engine and whom to tell about finished rows."""

PUBLISHED = "dateline.snapshot.published"
"""Name of the event that a run emits when it has published a snapshot."""

_EVERY_S = 5.0
"""Seconds between two updates of the progress: each costs the server some 20 ms."""


class PrefectTasks:
    """Runs each stage of a shard as a Prefect task, named after both."""

    def submit(self, stage: str, function: Callable[[str], T], key: str, shard: str) -> PrefectFuture[T]:
        """Start the task on the flow's task runner."""
        observed: Task[[str], T] = task(name=stage, task_run_name=f"{stage}-{shard}")(function)
        return observed.submit(key)


def shard_threads() -> TaskRunner[PrefectFuture[Any]]:
    """Return the task runner of the flows: threads, which wait while worker processes do the work."""
    return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=SHARDS_AT_ONCE))


def watched(title: str, warehouse: str, work: Work) -> State[Any]:
    """Do the work inside a flow run and return its final state: Completed, Incomplete or Failed.

    An expected error becomes the message of the state; others are raised, and Prefect shows their traceback. Prefect
    logs the message of a final state, so nothing else does.
    """
    logger = get_run_logger()
    logger.info("%s: begins, warehouse %s", title, warehouse)
    try:
        with _progress() as pace:
            report = work(PrefectTasks(), pace)
    except EXPECTED as error:
        return Failed(message=f"{title}: {error}", data=error)
    for failure in report.failures:
        logger.error("%s: shard %s failed in %s: %s", title, failure.partition[:8], failure.stage, failure.error)
    for trouble in report.troubles:
        logger.error("%s: source %s is %s: %s", title, trouble.source_id, trouble.state, trouble.problem)
    _tell(title, Store(warehouse), report)
    name = None if report.state == "completed" else "Incomplete"
    return Completed(name=name, message=f"{title}: {summary(report)}", data=report.as_dict())


def _tell(title: str, store: Store, report: Report) -> None:
    """Leave the report in the UI and emit the event; a server that is gone must not fail a run that has published."""
    try:
        changes = _changes(store, report)
        text = page(title, report, changes, source_health(store, report.started_at))
        create_markdown_artifact(text, key="dateline-report", description=summary(report))
        if report.published:
            emit_event(PUBLISHED, _resource(store), payload={**report.as_dict(), "started_at": str(report.started_at)})
    except httpx.HTTPError as error:
        get_run_logger().warning("the report could not be shown, since the Prefect server does not answer: %s", error)


def _resource(store: Store) -> dict[str, str]:
    """Name the warehouse as Prefect names things: an id, and a name to read."""
    return {
        "prefect.resource.id": f"dateline.warehouse.{digest(str(store.root))[:16]}",
        "prefect.resource.name": str(store.root),
    }


def _changes(store: Store, report: Report) -> Changes | None:
    if not report.published or report.snapshot_id is None:
        return None
    after = store.snapshot(report.snapshot_id)
    try:
        before = store.snapshot(after.parent_id) if after.parent_id else None
    except UnknownSnapshotError:  # vacuumed meanwhile
        before = None
    return compare(store, before, after)


@contextmanager
def _progress() -> Iterator[Pace]:
    """Show a progress bar with rate and remaining time, updated in a thread, so that the work never waits for it."""
    pace, done = Pace(), threading.Event()
    try:
        artifact = cast("UUID", create_progress_artifact(0.0, key="dateline-progress", description=str(pace)))
    except httpx.HTTPError:  # the run itself will tell where the server is gone for good
        yield pace
        return

    def show(percent: float, sentence: str) -> None:
        try:
            update_progress_artifact(artifact, percent, sentence)
        except httpx.HTTPError:
            return

    def keep_showing() -> None:
        while not done.wait(_EVERY_S):
            show(pace.percent, str(pace))

    thread = threading.Thread(target=contextvars.copy_context().run, args=(keep_showing,), daemon=True)
    thread.start()
    try:
        yield pace
        show(100.0, pace.closing)
    finally:
        done.set()
