"""Worker processes: each loads its own language pipeline once, takes rows and returns rows.

A stage's task cuts its shard into chunks and hands them to the pool, so that one shard keeps every worker busy and a
result never depends on how many workers there are. Spawned, not forked: the parent has threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

Tables = Mapping[str, pa.Table]
"""Table name to rows."""

RowFunction = Callable[[pa.Table], Tables]
"""A stage's core: the rows of one table in, the rows of others out. A module's function, so that it can be sent."""

CHUNK = 16
"""Articles a chunk: seconds of work, much more than it costs to send them, and little to wait for at the end."""


@dataclass(frozen=True, slots=True)
class Workers:
    """A pool of worker processes, and whom to tell about finished rows."""

    pool: ProcessPoolExecutor
    on_rows: Callable[[str, int], None]

    def map_rows(self, stage: str, function: RowFunction, rows: pa.Table) -> Tables:
        """Apply a stage's core to rows, chunk by chunk, and return the results joined in the order of the rows.

        Raises what the function raised, or BrokenProcessPool where a worker died.
        """
        chunks = [rows.slice(start, CHUNK) for start in range(0, max(1, rows.num_rows), CHUNK)]
        futures = [self.pool.submit(function, chunk) for chunk in chunks]
        try:
            parts = [self._finished(stage, future, chunk) for future, chunk in zip(futures, chunks, strict=True)]
        finally:
            for future in futures:
                future.cancel()
        return _joined(parts)

    def _finished(self, stage: str, future: Future[Tables], chunk: pa.Table) -> Tables:
        tables = future.result()
        self.on_rows(stage, chunk.num_rows)
        return tables


def _joined(parts: Sequence[Tables]) -> Tables:
    return {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}


@contextmanager
def open_workers(count: int, on_rows: Callable[[str, int], None]) -> Iterator[Workers]:
    """Open a pool of `count` processes, which start when the first chunk comes, and end it with the block."""
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_one_thread)
    try:
        yield Workers(pool, on_rows)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _one_thread() -> None:
    """Keep numeric libraries to one thread: every core has a worker already."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
