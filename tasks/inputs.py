"""What a night reads: paths and declared sources, as one stream of findings.

Belongs here: putting the adapters side by side. Does not belong here: what becomes of a finding (`fetch.py`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.sources.crawl import crawl
from tasks.sources.disk import SourceError, read
from tasks.sources.names import printable
from tasks.sources.nights import for_each_night
from tasks.sources.records import DEFAULT_SOURCE, RawRecord
from tasks.sources.visits import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from seeds.sources import Source
    from tasks.sources.http.records import Fetcher
    from tasks.sources.limits import Limits
    from tasks.sources.nights import Nights
    from tasks.sources.visits import Memory, Tallies


def read_paths(paths: Sequence[Path], limits: Limits) -> Iterator[Found]:
    """Return what files and folders hold; SourceError at once where one is missing or of an unknown kind."""
    return (Found(record) for record in read(paths, limits)) if paths else iter(())


def read_declared(
    sources: Sequence[Source],
    memory: Memory,
    open_fetcher: Callable[[Source], Fetcher],
    limits: Limits,
    tallies: Tallies,
) -> Iterator[Found]:
    """Yield what declared sources hold, and count it in `tallies`; one that cannot be read costs no other."""
    for source in sources:
        if not source.is_web:
            yield from _read_files(source, limits, tallies)
    yield from crawl([source for source in sources if source.is_web], memory, open_fetcher, tallies)


def of_nights(source: Source, nights: Nights) -> Source:
    """Return a source with the days of these nights where its addresses and paths hold `{night}`."""
    urls = [url for text in source.urls for url in for_each_night(text, nights)]
    paths = [Path(path) for text in source.paths for path in for_each_night(str(text), nights)]
    return replace(source, urls=tuple(urls), paths=tuple(paths))


def _read_files(source: Source, limits: Limits, tallies: Tallies) -> Iterator[Found]:
    """Yield the records of a source on disk, which is their publisher where they do not name one."""
    tally = tallies.of(source.id)
    for path in source.paths:
        try:
            records = read([path], limits)
        except SourceError as error:
            tally.fail(path.name, "unreadable", str(error))
            name = printable(path.name)
            yield Found(RawRecord(source.id, name, "text/plain", name, None, None, "unreadable", str(error)[:500]))
            continue
        tally.read += 1
        for record in records:
            tally.listed += 1
            tally.fetched += record.problem is None
            if record.source_id == DEFAULT_SOURCE:
                record = replace(record, source_id=source.id)  # noqa: PLW2901 - nobody else publishes it
            tally.publishers.add(record.source_id)
            yield Found(record)
