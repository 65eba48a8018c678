"""How long the gazetteer takes to build and to ask, and what room it takes.

    python -m tests.bench.gazetteer [--names 20000] [--keep FOLDER]

Builds into an empty folder, then asks in fresh processes for many thousand different names, so that nothing has been
remembered: names of places, each place as likely as another, and names that no place bears. `cold` is the first time
that a process asks, after the system has been told to forget the file; `next` is once more, when the names asked before
have long pushed them out of the cache; `same` asks again for few names, as articles do. `cold` is time on the clock,
the others are processor time. With `DATELINE_GEONAMES` set it measures the gazetteer of that dump.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seeds.gazetteer_cache import CACHE_VARIABLE, gazetteer_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_REMEMBERED = 500
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What one process has measured: microseconds a name by round, and megabytes that the gazetteer added."""

    cold: float
    next: float
    same: float
    found: int
    megabytes: float


def resident() -> float:
    """Return the resident memory of this process in megabytes, shared pages included."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1e3


def build(folder: str) -> tuple[Path, float, float]:
    """Build into this folder; return the file, seconds, and the most megabytes held."""
    os.environ[CACHE_VARIABLE] = folder
    start = time.perf_counter()
    file = gazetteer_file()
    taken = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return file, taken, next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1e3


def forget(file: Path) -> None:
    """Ask the system to drop what it keeps of a file in memory; pages that another process maps stay."""
    descriptor = os.open(file, os.O_RDONLY)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)


def ask(file: Path, names: Sequence[str]) -> Asked:
    """Ask for all names twice, then for few of them over and over; called in a process of its own."""
    from seeds.gazetteer import Gazetteer  # noqa: PLC0415 - what the import takes is not the gazetteer's

    forget(file)
    before = resident()
    gazetteer = Gazetteer(file)
    cold = seconds(gazetteer.find, names, time.perf_counter)
    following = seconds(gazetteer.find, names, time.process_time)
    same = seconds(gazetteer.find, list(names[-_REMEMBERED:]) * _ROUNDS, time.process_time)
    added = resident() - before
    found = sum(1 for name in names if gazetteer.find(name))
    scale = 1e6 / len(names)
    return Asked(cold * scale, following * scale, same * 1e6 / _REMEMBERED / _ROUNDS, found, added)


def seconds(find: Callable[[str], object], names: Sequence[str], clock: Callable[[], float]) -> float:
    """Return how long all these look-ups take by a clock."""
    start = clock()
    for name in names:
        find(name)
    return clock() - start


def names_of(file: Path, count: int) -> list[str]:
    """Return so many different names of places, each place as likely as another."""
    with closing(sqlite3.connect(file)) as connection:
        found = [name for (name,) in connection.execute("SELECT DISTINCT name FROM places ORDER BY place_key")]
    return random.Random(1).sample(found, min(count, len(found)))  # noqa: S311 - the same names each time


def invented(name: str) -> str:
    """Return a name of the same length and letters that hardly any place bears."""
    return name[::-1].title() + "q"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="folder to build in and keep; what is built there is not built again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(str(options.keep or scratch), options.names)


def measure(folder: str, count: int) -> None:
    """Build, ask and print."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as processes:
        file, taken, peak = processes.apply(build, (folder,))
        known = names_of(file, count)
        print(f"build                 {taken:8.1f} s    (60 at most), {peak:.0f} MB at most in that process")
        print(f"file                  {file.stat().st_size / 1e6:8.1f} MB")
        for title, names in (("known", known), ("unknown", [invented(name) for name in known])):
            asked = processes.apply(ask, (file, names))
            print(f"{len(names)} {title} names, {asked.found} found; microseconds a look-up (20 at most)")
            print(f"  cold                {asked.cold:8.1f}\n  next                {asked.next:8.1f}")
            print(f"  same                {asked.same:8.2f}")
            print(f"  memory added        {asked.megabytes:8.1f} MB   (300 at most)")


if __name__ == "__main__":
    main()
