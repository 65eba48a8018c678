"""Worker processes that die cost no shard but the one that kills them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

from tasks.workers import WorkerDiedError, open_workers

ROOT = Path(__file__).parents[2]


def _nothing(stage: str, rows: int) -> None:
    pass


def read(rows: pa.Table) -> dict[str, pa.Table]:
    """Return the rows; one number kills the process that reads it."""
    if 13 in rows["number"].to_pylist():
        os.kill(os.getpid(), signal.SIGKILL)
    return {"read": rows}


def numbers(*values: int) -> pa.Table:
    """Return a table of these numbers."""
    return pa.table({"number": list(values)})


def test_a_row_that_kills_its_worker_costs_its_own_shard_only() -> None:
    """Shards under way in the same pool are read again and come out whole; the killer is told with what to do."""
    told: list[int] = []
    shards = [numbers(*range(20, 60)), numbers(*range(10, 16)), numbers(*range(60, 100))]
    with open_workers(2, lambda stage, rows: told.append(rows)) as workers, ThreadPoolExecutor(3) as threads:  # noqa: ARG005
        work = [threads.submit(workers.map_rows, "extract", read, shard) for shard in shards]
        assert work[0].result()["read"].equals(shards[0])
        with pytest.raises(WorkerDiedError, match="out of memory"):
            work[1].result()
        assert work[2].result()["read"].equals(shards[2])
    assert sum(told) == 80, "rows that are read twice are counted once"


def test_workers_end_with_a_parent_that_was_killed() -> None:
    """A run that is killed leaves no processes behind, which would keep their memory."""
    script = (
        "import os, time, pyarrow as pa\n"
        "from tests.unit.test_workers import _nothing, numbers, pid\n"
        "from tasks.workers import open_workers\n"
        "if __name__ == '__main__':\n"
        "    with open_workers(1, _nothing) as workers:\n"
        "        print(workers.map_rows('clean', pid, numbers(1))['pid']['pid'][0], flush=True)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{worker}").exists()


def pid(rows: pa.Table) -> dict[str, pa.Table]:  # noqa: ARG001
    """Return the number of the process."""
    return {"pid": pa.table({"pid": [os.getpid()]})}
