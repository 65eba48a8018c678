"""Runs killed half-way: the catalog always shows one whole snapshot, and running again completes.

    python -m tests.bench.kill [PATH ...] [--times 50]

A first run publishes some of the input. Then, each time from that state, a run over all of it is killed with SIGKILL,
workers and all, at a random moment; after it the catalog is opened by plain DuckDB and must show the first snapshot or
the last. After every tenth, the run is started again and left alone, and its rows are compared with those of a
warehouse that was never disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from flows.nightly import SAMPLES
from schemas.tables import TABLES
from warehouse.catalog import connect
from warehouse.store import Store

_COMPLETED_EVERY = 10
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
        undisturbed, disturbed, first = (Path(folder) / name for name in ("undisturbed", "disturbed", "first"))
        start(everything[:1], undisturbed).wait()
        began = time.perf_counter()
        start(everything, undisturbed).wait()
        whole = time.perf_counter() - began
        start(everything[:1], disturbed).wait()
        shutil.copytree(disturbed, first)
        expected, old, new = rows(undisturbed), catalog_documents(disturbed), catalog_documents(undisturbed)
        seen: Counter[int] = Counter()
        early, same = 0, True
        for number in range(options.times):
            shutil.rmtree(disturbed)
            shutil.copytree(first, disturbed)
            early += kill(everything, disturbed, chance.uniform(0.2, whole))
            seen[catalog_documents(disturbed)] += 1
            if number % _COMPLETED_EVERY == 0:
                start(everything, disturbed).wait()
                same = same and rows(disturbed) == expected
    print(
        f"{options.times} runs of {whole:.1f} s killed, {early} had ended; "
        f"documents seen: {dict(seen)} (old {old}, new {new})"
    )
    print(f"runs started again ended with {'the same' if same else 'DIFFERENT'} rows as undisturbed")
    return 0 if same and set(seen) <= {old, new} else 1


if __name__ == "__main__":
    raise SystemExit(main())
