"""The first half of a night on the web: reading a source's listings, and the listings that these name.

Belongs here: which listings are asked for, and what becomes of one that cannot be read. Does not belong here: the pages
(`crawl.py`), and how a listing is written (`feed.py`, `sitemap.py`, `gdelt.py`, `url_list.py`).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tasks.sources.archive import captured_members
from tasks.sources.listing import Fault, Link, Listing, ListingError
from tasks.sources.names import printable
from tasks.sources.reading import Unread
from tasks.sources.records import RawRecord
from tasks.sources.url_list import parse_url_list
from tasks.sources.visits import Address, Found, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seeds.sources import Source
    from tasks.sources.http.records import Fetcher
    from tasks.sources.reading import ListingReader
    from tasks.sources.visits import Memory

_MAX_LISTINGS = 500
"""Listings of a source that a night asks for; an index may name 50,000."""


@dataclass(slots=True)
class Discovery:
    """What the listings of one source brought: links to pages in order, each once, and what else was found."""

    links: dict[str, Link] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


def discover(source: Source, memory: Memory, fetcher: Fetcher, reader: ListingReader) -> Discovery:
    """Read the listings of a source; what goes wrong is told in the result, never raised."""
    discovery = Discovery()
    if source.kind == "urls":
        _add_links(discovery, _declared_pages(source, discovery))
        return discovery
    known = memory.listings(source.id)
    _Listings(source, known, fetcher, reader, discovery).read()
    return discovery


class _Listings:
    """One pass over the listings of one source."""

    def __init__(
        self, source: Source, known: Mapping[str, Address], fetcher: Fetcher, reader: ListingReader, into: Discovery
    ) -> None:
        self._source = source
        self._known = known
        self._fetcher = fetcher
        self._reader = reader
        self._into = into

    def read(self) -> None:
        waiting = [address.url for address in self._known.values() if address.state == "pending"]
        queue = deque(Link(url, url) for url in dict.fromkeys((*self._source.urls, *waiting)))
        seen = {link.url for link in queue}
        asked = 0
        while queue and asked < _MAX_LISTINGS:
            listing = self._visit(queue.popleft())
            asked += 1
            _add_links(self._into, listing)
            for child in listing.listings:
                if child.url not in seen and self._is_due(child):
                    seen.add(child.url)
                    queue.append(child)
        self._postpone(queue)

    def _is_due(self, child: Link) -> bool:
        """Say whether a listing that another one names is new, or has changed as far as that one tells.

        GDELT's lists never change.
        """
        known = self._known.get(child.url)
        if known is None or known.state == "pending":
            return True
        return self._source.kind != "gdelt" and (child.modified is None or child.modified != known.listed_as)

    def _visit(self, link: Link) -> Listing:
        """Read one listing; an empty one stands for what is unchanged or cannot be read."""
        known = self._known.get(link.url) or Address(self._source.id, link.url, "listing", record_id=link.url)
        response = self._fetcher.get(link.url, known.validators)
        self._into.tally.answered(response)
        members = captured_members(response)
        if response.not_modified:
            self._into.tally.read += 1
            self._remember(known.answered(response.validators, link.modified, not_modified=True), members)
            return Listing()
        if response.problem:
            self._fail(link, known, Fault(response.problem, response.detail or ""), members)
            return Listing()
        content_type = response.header("content-type")
        listing = self._reader.read(Unread(self._source.kind, response.body, response.final_url, content_type))
        if isinstance(listing, Fault):
            self._fail(link, replace(known, etag=None, last_modified=None, listed_as=None), listing, members)
            return Listing()
        self._keep(link, known.answered(response.validators, link.modified, not_modified=False), listing, members)
        return listing

    def _keep(self, link: Link, address: Address, listing: Listing, members: bytes) -> None:
        """Count and remember a listing that was read; one that is damaged without validators, to be read again."""
        self._into.tally.read += 1
        damage = next((fault for fault in listing.faults if fault.record_id is None), None)
        if damage:
            self._into.tally.fail(link.url, damage.reason, damage.detail)
            address = replace(address, etag=None, last_modified=None, listed_as=None)
        self._remember(address, members)
        self._into.found.extend(Found(self._rejection(link.url, fault)) for fault in listing.faults)

    def _remember(self, address: Address, members: bytes = b"") -> None:
        self._into.found.append(Found(address=address, members=members))

    def _fail(self, link: Link, known: Address, fault: Fault, members: bytes) -> None:
        """Keep the reason; a listing that only another one named waits for the next night."""
        self._into.tally.fail(link.url, fault.reason, fault.detail)
        address = known.failed(may_pass=link.url not in self._source.urls)
        self._into.found.append(Found(self._rejection(link.url, fault), address, members))

    def _postpone(self, rest: deque[Link]) -> None:
        for link in rest:
            self._remember(Address(self._source.id, link.url, "listing", "pending", record_id=link.url))

    def _rejection(self, url: str, fault: Fault) -> RawRecord:
        record_id = fault.record_id or url
        return RawRecord(
            self._source.id, record_id, "text/html", url, None, None, fault.reason, fault.detail[:500], url=url
        )


def _add_links(discovery: Discovery, listing: Listing) -> None:
    for link in listing.pages:
        discovery.tally.listed += link.url not in discovery.links
        discovery.links.setdefault(link.url, link)


def _declared_pages(source: Source, discovery: Discovery) -> Listing:
    """Return the pages of a source of kind `urls`: those of its declaration, then those of its files."""
    pages = [Link(url, url) for url in source.urls]
    discovery.tally.read += bool(source.urls)
    for path in source.paths:
        try:
            listing = parse_url_list(path.read_bytes(), "")
        except (OSError, ListingError) as error:
            listing = Listing(faults=(Fault("unreadable", str(error)),))
            discovery.tally.fail(path.name, "unreadable", str(error))
        else:
            discovery.tally.read += 1
        pages += listing.pages
        discovery.found += [Found(_file_rejection(source, path.name, fault)) for fault in listing.faults]
    return Listing(tuple(pages))


def _file_rejection(source: Source, name: str, fault: Fault) -> RawRecord:
    name = printable(name)
    record_id = f"{name}: {fault.record_id}" if fault.record_id else name
    return RawRecord(source.id, record_id, "text/plain", name, None, None, fault.reason, fault.detail[:500])
