"""Runs that Prefect watches: its tasks and its log."""

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar, cast

from prefect import Task, task
from prefect.futures import PrefectFuture
from prefect.logging import get_run_logger
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.engine import SHARDS_AT_ONCE

T = TypeVar("T")

_LOG_EVERY = 200
"""Articles between two lines of progress in the log."""


class PrefectTasks:
    """Runs each stage of a shard as a Prefect task, named after both."""

    def submit(self, stage: str, function: Callable[[str], T], shard: str) -> PrefectFuture[T]:
        """Start the task on the flow's task runner."""
        observed: Task[[str], T] = task(name=stage, task_run_name=f"{stage}-{shard[:8]}")(function)
        return observed.submit(shard)


def shard_threads() -> TaskRunner[PrefectFuture[Any]]:
    """Return the task runner of the flows: threads, which wait while worker processes do the work."""
    return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=SHARDS_AT_ONCE))


def log_rows() -> Callable[[str, int], None]:
    """Return a listener that writes progress to the run's log, in the flow's own thread or not."""
    logger, done = get_run_logger(), Counter[str]()

    def on_rows(stage: str, rows: int) -> None:
        before = done[stage] // _LOG_EVERY
        done[stage] += rows
        if stage == "fetch" or done[stage] // _LOG_EVERY > before:
            logger.info("%s: %d records", stage, done[stage])

    return on_rows
