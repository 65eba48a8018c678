"""How fast archived pages become articles, against bare trafilatura on the same pages.

    python -m tests.bench.warc PAGES_FOLDER [--articles 2000]

Makes an archive of so many distinct pages out of the HTML files (.html, .html.gz) of a folder, then prints pages a
second and core of bare trafilatura (fast mode, text only), of the fetch stage (archive to shards on disk), of the clean
stage (shards to articles, each page read in a guarded process), and of both together. Processor time of all processes
counts, that of starting them too. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import resource
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from trafilatura import bare_extraction

from tasks.clean import clean
from tasks.fetch import everything, fetch
from tasks.inputs import read_paths
from tasks.sources.archive import archive_file, capture
from tasks.sources.http.records import Exchange, Response
from tasks.sources.limits import Limits
from tasks.workers import open_workers
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_SHARD = 250


def pages(folder: Path, count: int) -> Iterator[bytes]:
    """Yield so many pages, the files over and over, each time with another comment at their end."""
    paths = sorted(path for path in folder.rglob("*") if path.name.endswith((".html", ".html.gz")))
    files = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths]
    yield from (files[number % len(files)] + b"<!-- %d -->" % number for number in range(count))


def archive(bodies: Iterator[bytes]) -> bytes:
    """Return a WARC file of these pages."""
    headers = (("Content-Type", "text/html"),)
    members = []
    for number, body in enumerate(bodies):
        url = f"https://example.org/{number}"
        exchange = Exchange(url, "192.0.2.1", (), "HTTP/1.1", 200, "OK", headers, body, _NOW, 0.1)
        kept = capture(Response(url, url, 200, headers, body, len(body), _NOW, 0.1, exchanges=(exchange,)))
        members.append(kept.members if kept else b"")
    return archive_file(members, _NOW)


def seconds() -> float:
    """Return the processor time of this process and of all that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def show(what: str, count: int, spent: float) -> None:
    """Print one line."""
    print(f"{what:<28}{count:>7} pages {spent:>8.1f} s {count / spent:>7.1f} pages a second and core")


def bare(bodies: Iterable[bytes]) -> float:
    """Return the processor time of trafilatura alone."""
    began = time.process_time()
    for body in bodies:
        bare_extraction(body, fast=True, with_metadata=False)
    return time.process_time() - began


def stages(store: Store, path: Path, bodies: Iterator[bytes]) -> None:
    """Measure fetch, then clean and trafilatura in turns of one shard, so that a machine that slows down slows both."""
    began = seconds()
    fetched = fetch(store, read_paths([path], Limits()), set(), everything, shard_size=_SHARD, started_at=_NOW)
    cleaning = seconds()
    alone, rows = 0.0, Counter[str]()
    with open_workers(1, lambda stage, rows: None) as workers:  # noqa: ARG005
        for shard in fetched.shards:
            alone += bare(islice(bodies, shard.rows["raw_documents"]))
            rows.update(clean(store, workers, shard).rows)
    ended = seconds()
    show("bare trafilatura", fetched.discovered, alone)
    show("fetch", fetched.discovered, cleaning - began)
    show("clean", fetched.discovered, ended - cleaning - alone)
    show("fetch and clean", fetched.discovered, ended - began - alone)
    print(dict(rows))


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.warc.gz"
        path.write_bytes(archive(pages(asked.folder, asked.articles)))
        stages(Store(Path(folder) / "warehouse"), path, pages(asked.folder, asked.articles))


if __name__ == "__main__":
    main(sys.argv[1:])
