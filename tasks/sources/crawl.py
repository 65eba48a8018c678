"""START HERE for the web: a night's listings are read, then the pages that they name and that are due.

Belongs here: which pages are due, in which order they are asked for, and what becomes of an answer. Does not belong
here: how a listing is read (`discovery.py`), and politeness, which the client sees to (`http/`).

A page is asked for once; again where its listing gives it a later time, where a fault may have passed, and every night
where it is declared by itself (kind `urls`), then with validators. The night's order is by rank within a host, so that
hosts take turns; results come in that order, whoever answers first.
"""

from __future__ import annotations

from collections import defaultdict, deque
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.sources.archive import capture, captured_members
from tasks.sources.discovery import Discovery, discover
from tasks.sources.http.records import Validators
from tasks.sources.listing import Link
from tasks.sources.reading import ListingReader
from tasks.sources.records import RawRecord, page_type
from tasks.sources.visits import Address, Found, Tallies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from seeds.sources import Source
    from tasks.sources.http.records import Fetcher, Response
    from tasks.sources.visits import Memory

_SOURCES_AT_ONCE = 8
_PAGES_AT_ONCE = 32
"""Requests under way at once, all hosts together."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A page to ask for, and what is known of it."""

    source: Source
    link: Link
    known: Address | None


@dataclass(frozen=True, slots=True)
class _Visit:
    """A job and its answer, the bytes of which are found again in the archive."""

    job: _Job
    found: Found
    response: Response


def crawl(
    sources: Sequence[Source], memory: Memory, open_fetcher: Callable[[Source], Fetcher], tallies: Tallies
) -> Iterator[Found]:
    """Yield what the web sources bring in one night, and count it in `tallies`.

    Nothing that a site does ends the night: what is wrong with a listing or a page is a rejection.
    """
    fetchers = {source.id: open_fetcher(source) for source in sources}
    discoveries = _discover(sources, memory, fetchers)
    for source, discovery in zip(sources, discoveries, strict=True):
        tallies.by_source[source.id] = discovery.tally
        yield from discovery.found
    jobs: list[_Job] = []
    known = memory.pages({url for discovery in discoveries for url in discovery.links})
    taken: set[str] = set()
    for source, discovery in zip(sources, discoveries, strict=True):
        due = [job for job in _due(source, discovery, memory, known) if job.link.url not in taken]
        taken |= {job.link.url for job in due}
        jobs += due[: source.budget]
        for job in due[source.budget :]:
            discovery.tally.pending += 1
            yield Found(address=_postponed(job))
    yield from _visit_all(jobs, fetchers, tallies)


def _discover(sources: Sequence[Source], memory: Memory, fetchers: Mapping[str, Fetcher]) -> list[Discovery]:
    reader = ListingReader()
    with ThreadPoolExecutor(_SOURCES_AT_ONCE) as pool:
        return list(pool.map(lambda source: discover(source, memory, fetchers[source.id], reader), sources))


def _due(source: Source, discovery: Discovery, memory: Memory, known: Mapping[str, Address]) -> Iterator[_Job]:
    """Yield the pages of a source to be asked for: those that wait, then those that its listings name."""
    waiting = memory.pending(source.id)
    for address in waiting:
        link = Link(address.url, address.record_id or address.url, address.published, address.listed_as)
        yield _Job(source, discovery.links.get(address.url, link), address)
    for link in discovery.links.values():
        held = known.get(link.url)
        if source.language and link.language not in {None, source.language}:
            discovery.tally.passed_over += 1
        elif held is None:
            yield _Job(source, link, None)
        elif held.state == "done":
            if _asks_again(source, link, held):
                yield _Job(source, link, held)
            else:
                discovery.tally.unchanged += 1


def _asks_again(source: Source, link: Link, known: Address) -> bool:
    """Say whether a page that was had is asked for again; only the source that had it first does so."""
    changed = link.modified is not None and link.modified != known.listed_as
    return known.source_id == source.id and (source.kind == "urls" or changed)


def _visit_all(jobs: Sequence[_Job], fetchers: Mapping[str, Fetcher], tallies: Tallies) -> Iterator[Found]:
    pool = ThreadPoolExecutor(_PAGES_AT_ONCE)
    try:
        visits = _submit(pool, jobs, fetchers)
        while visits:
            visit = visits.popleft().result()
            tally = tallies.of(visit.job.source.id)
            tally.answered(visit.response)
            tally.unchanged += visit.response.not_modified
            tally.fetched += visit.found.record is not None and visit.found.record.problem is None
            tally.pending += visit.found.address is not None and visit.found.address.state == "pending"
            yield visit.found
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(pool: Executor, jobs: Iterable[_Job], fetchers: Mapping[str, Fetcher]) -> deque[Future[_Visit]]:
    """Start jobs by their rank within their host; one waits until so many before it at its host are done.

    So hosts take turns, no thread waits for one while others are free, and the first in order are done first: what is
    written of a night that is killed does not wait for the last.
    """
    at_host: defaultdict[str, list[_Job]] = defaultdict(list)
    for job in jobs:
        at_host[urlsplit(job.link.url).netloc].append(job)
    started: defaultdict[str, list[Future[_Visit]]] = defaultdict(list)
    visits: deque[Future[_Visit]] = deque()
    for rank in range(max(map(len, at_host.values()), default=0)):
        for host, queue in at_host.items():
            if rank < len(queue):
                job, before = queue[rank], started[host][-queue[rank].source.concurrency :]
                visits.append(pool.submit(_visit_after, before, job, fetchers[job.source.id]))
                started[host].append(visits[-1])
    return visits


def _visit_after(before: Sequence[Future[_Visit]], job: _Job, fetcher: Fetcher) -> _Visit:
    if len(before) == job.source.concurrency:
        wait(before[:1])
    return _visit(job, fetcher)


def _visit(job: _Job, fetcher: Fetcher) -> _Visit:
    response = fetcher.get(job.link.url, job.known.validators if job.known else Validators())
    if response.problem == "budget":
        return _Visit(job, Found(address=_postponed(job), members=captured_members(response)), response)
    if response.not_modified:
        return _Visit(job, Found(address=_remembered(job, response), members=captured_members(response)), response)
    return _Visit(job, Found(_record(job, response), _remembered(job, response)), response)


def _record(job: _Job, response: Response) -> RawRecord:
    source, link = job.source, job.link
    kept = capture(response)
    content_type = response.header("content-type")
    media = page_type(content_type)
    problem: str | None = response.problem
    detail = response.detail
    if problem is None and media is None:
        problem, detail = "not_a_page", f"expected HTML or plain text, got {content_type!r}"
    return RawRecord(
        source_id=source.id,
        record_id=link.record_id,
        media_type=media or "text/html",
        location=link.url,
        size=len(response.body) if problem is None else None,
        content=None,
        problem=problem,
        detail=detail[:500] if detail else None,
        url=link.url,
        published=link.published,
        capture=kept,
    )


def _remembered(job: _Job, response: Response) -> Address:
    """Return what to remember of a page that was asked for; what brought nothing new keeps what was known."""
    known = job.known or _unknown(job)
    if response.problem:
        return known.failed(may_pass=response.transient)
    return known.answered(response.validators, job.link.modified, not_modified=response.not_modified)


def _postponed(job: _Job) -> Address:
    """Return what to remember of a page for which there was no time this night."""
    return replace(job.known or _unknown(job), state="pending")


def _unknown(job: _Job) -> Address:
    link = job.link
    return Address(
        job.source.id,
        link.url,
        "page",
        listed_as=link.modified,
        published=link.published,
        record_id=link.record_id,
    )
