"""Runs killed half-way: the catalog always shows one whole snapshot, and running again completes.

    python -m tests.bench.kill [PATH ...] [--times 50]

A first run publishes some of the input. Then runs over all of it are killed with SIGKILL, workers and all, at random
moments; after each the catalog is opened by plain DuckDB and must show the first snapshot or the last. At the end one
run is left alone, and its rows are compared with those of a warehouse that was never disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from flows.nightly import SAMPLES
from schemas.tables import TABLES
from warehouse.catalog import connect
from warehouse.store import Store

_RUN = (sys.executable, "-c", "from flows.cli import main; main()", "run")


def start(paths: list[str], root: Path) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own."""
    command = [*_RUN, *paths, "--warehouse", str(root), "--workers", "1", "--shard-size", "4"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def rows(root: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table but `runs`, whose clock differs."""
    with connect(Store(root)) as connection:
        names = [name for name in TABLES if name != "runs"]
        return {name: sorted(connection.execute(f"FROM {name}").fetchall(), key=repr) for name in names}


def catalog_documents(root: Path) -> int:
    """Return how many documents the catalog shows, read as anybody would, and touch every table."""
    with duckdb.connect(str(root / "dateline.duckdb"), read_only=True) as connection:
        for name in TABLES:
            connection.execute(f"FROM {name}").fetchall()
        return int(connection.execute("SELECT count(*) FROM documents").fetchall()[0][0])


def kill(paths: list[str], root: Path, delay: float) -> bool:
    """Start a run and kill it after `delay` seconds; return whether it had ended before."""
    process = start(paths, root)
    time.sleep(delay)
    ended = process.poll() is not None
    if not ended:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return ended


def main() -> int:
    """Run and print; exit status 1 where a check failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - the same moments in each run of the benchmark
    everything = options.paths or [str(path) for path in sorted(SAMPLES.iterdir()) if path.suffix != ".md"]
    with tempfile.TemporaryDirectory() as folder:
        undisturbed, disturbed = Path(folder) / "undisturbed", Path(folder) / "disturbed"
        start(everything[:1], undisturbed).wait()
        began = time.perf_counter()
        start(everything, undisturbed).wait()
        whole = time.perf_counter() - began
        start(everything[:1], disturbed).wait()
        old, new = catalog_documents(disturbed), catalog_documents(undisturbed)
        seen: dict[int, int] = {}
        early = 0
        for _ in range(options.times):
            early += kill(everything, disturbed, chance.uniform(0.2, whole))
            found = catalog_documents(disturbed)
            seen[found] = seen.get(found, 0) + 1
        start(everything, disturbed).wait()
        same = rows(disturbed) == rows(undisturbed)
    print(
        f"{options.times} runs of {whole:.1f} s killed, {early} had ended; "
        f"documents seen: {seen} (old {old}, new {new})"
    )
    print(f"after one more run the rows are {'the same' if same else 'DIFFERENT'} as undisturbed")
    return 0 if same and set(seen) <= {old, new} else 1


if __name__ == "__main__":
    raise SystemExit(main())
