"""How a flow's tasks are run: as plain calls in threads, or as Prefect tasks that the UI shows.

Both take a stage's name, a function, the key that it gets and the name of the shard, and give a handle with `result()`.
Which of the two a run uses is decided once, where the run starts.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

SHARDS_AT_ONCE = 4
"""Shards under way at once: enough to keep workers busy while one is written, few enough for memory."""


class Handle(Protocol[T_co]):
    """The outcome of a task, now or later."""

    def result(self) -> T_co:
        """Wait for the task and return what it returned, or raise what it raised."""


class Engine(Protocol):
    """Something that runs tasks."""

    def submit(self, stage: str, function: Callable[[str], T], key: str, shard: str) -> Handle[T]:
        """Start `function(key)` as a task of this stage, shown under the name of the shard."""


class Threads:
    """Runs tasks as plain calls in a few threads; the work itself is done by worker processes."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        """Take the threads."""
        self._pool = pool

    def submit(self, stage: str, function: Callable[[str], T], key: str, shard: str) -> Handle[T]:  # noqa: ARG002
        """Start the call in a thread."""
        return self._pool.submit(function, key)


@contextmanager
def threads() -> Iterator[Threads]:
    """Open the engine that needs no server."""
    with ThreadPoolExecutor(SHARDS_AT_ONCE) as pool:
        yield Threads(pool)
