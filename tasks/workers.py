"""Worker processes: each loads its own language pipeline once, takes rows and returns rows.

A stage's task cuts its shard into chunks and hands them to the pool, so that one shard keeps every worker busy and a
result never depends on how many workers there are. Spawned, not forked: the parent has threads.

A worker that dies (killed, out of memory) takes the whole pool with it, and with the pool every shard under way. So
each of them is read once more, in a process of its own: the one that kills its worker then costs no other.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
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

_LOGGER = logging.getLogger(__name__)


class WorkerDiedError(RuntimeError):
    """A worker process ended while it read these rows, in the pool and again when it had them to itself."""


class Workers:
    """A pool of worker processes, and whom to tell about finished rows; shared by the threads of a run."""

    def __init__(self, count: int, on_rows: Callable[[str, int], None]) -> None:
        """Prepare for `count` processes, which start when the first chunk comes."""
        self._count, self._on_rows = count, on_rows
        self._pool = _new_pool(count)
        self._replacing, self._alone = threading.Lock(), threading.Lock()

    def map_rows(self, stage: str, function: RowFunction, rows: pa.Table) -> Tables:
        """Apply a stage's core to rows, chunk by chunk, and return the results joined in the order of the rows.

        Raises what the function raised, or WorkerDiedError.
        """
        pool = self._pool
        try:
            return self._map(pool, stage, function, rows)
        except BrokenProcessPool:
            _LOGGER.warning("a worker process died in %s; its shards are read again, one by one", stage)
            self._replace(pool)
        with self._alone, _open_pool(1) as own:
            return self._map(own, stage, function, rows)

    def _map(self, pool: ProcessPoolExecutor, stage: str, function: RowFunction, rows: pa.Table) -> Tables:
        chunks = [_rows_alone(rows, start) for start in range(0, max(1, rows.num_rows), CHUNK)]
        futures: list[Future[Tables]] = []
        parts: list[Tables] = []
        try:
            futures += [pool.submit(function, chunk) for chunk in chunks]
            for future, chunk in zip(futures, chunks, strict=True):
                parts.append(future.result())
                self._on_rows(stage, chunk.num_rows)
        except BrokenProcessPool:
            self._on_rows(stage, -sum(chunk.num_rows for chunk in chunks[: len(parts)]))  # they are read again
            raise
        finally:
            for future in futures:
                future.cancel()
        return _joined(parts)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Open a new pool where nobody has yet."""
        with self._replacing:
            if self._pool is broken:
                broken.shutdown(wait=False, cancel_futures=True)
                self._pool = _new_pool(self._count)

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _rows_alone(rows: pa.Table, start: int) -> pa.Table:
    """Return a chunk with bytes of its own: a slice is sent to its worker with all the bytes that it is a slice of."""
    return rows.take(pa.array(range(start, min(start + CHUNK, rows.num_rows)), pa.int64()))


def _joined(parts: Sequence[Tables]) -> Tables:
    return {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}


@contextmanager
def open_workers(count: int, on_rows: Callable[[str, int], None]) -> Iterator[Workers]:
    """Open `count` worker processes, and end them with the block."""
    workers = Workers(count, on_rows)
    try:
        yield workers
    finally:
        workers.close()


@contextmanager
def _open_pool(count: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool for one shard; WorkerDiedError where one of its processes dies."""
    pool = _new_pool(count)
    try:
        yield pool
    except BrokenProcessPool as error:
        raise WorkerDiedError(
            "the process that read this shard was killed, twice: most often the machine is out of memory, of which "
            "each worker needs about 1 GB. Give it more, or set fewer workers or a smaller shard_size, and run again"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _new_pool(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Keep numeric libraries to one thread, as every core has a worker already, and end when the parent has ended."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the end of a parent that had no time to end its workers, for example because it was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
