"""How fast pages are read, against bare trafilatura in its fast mode on the same pages.

    python -m tests.bench.clean PAGES [--rounds 2]

PAGES is a folder of .html files. Prints pages a second of processor time, page by page in turn, so that a machine that
changes its speed changes all alike: bare trafilatura (text alone, and with title, author and date), our reading of a
record, and the clean stage around it, its reading process included.
"""

from __future__ import annotations

import argparse
import logging
import os
import time
from itertools import islice
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

from trafilatura import bare_extraction

from tasks.clean import clean_row
from tasks.fetch import raw_row
from tasks.sources.disk import read
from tasks.sources.limits import Limits
from tasks.text.article import read_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.sources.records import RawRecord

_WARM = 10


def _text(record: RawRecord) -> object:
    return bare_extraction(record.content, fast=True, include_comments=False)


def _all(record: RawRecord) -> object:
    return bare_extraction(record.content, fast=True, include_comments=False, with_metadata=True)


def _stage(record: RawRecord) -> object:
    return clean_row(raw_row(record, 1))


_WAYS: dict[str, Callable[[RawRecord], object]] = {
    "trafilatura, text alone": _text,
    "trafilatura, text and data": _all,
    "our reading": read_article,
    "clean stage": _stage,
}


def processor_time() -> float:
    """Return the seconds of processor time of this process and of those that it started and that still run."""
    ticks = 0
    for child in active_children():
        fields = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    records = [record for record in read([options.pages], Limits()) if record.content]
    for record in islice(records, _WARM):
        for way in _WAYS.values():
            way(record)
    spent = dict.fromkeys(_WAYS, 0.0)
    for record in records * options.rounds:
        for name, way in _WAYS.items():
            start = processor_time()
            way(record)
            spent[name] += processor_time() - start
    size = sum(len(record.content or b"") for record in records) / len(records) / 1000
    print(f"{len(records)} pages of {size:.0f} kB on average, {options.rounds} rounds")
    for name, seconds in spent.items():
        print(f"  {name:<28}{len(records) * options.rounds / seconds:8.1f} pages/s")


if __name__ == "__main__":
    main()
