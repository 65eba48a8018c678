"""What a night on the web remembers and brings: addresses, what was found at them, and how each source did.

Belongs here: records alone. Does not belong here: who asks for what (`discovery.py`, `crawl.py`), and where memories
are kept (`tasks/source_state.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol

from tasks.sources.http.records import Validators

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tasks.sources.http.records import Response
    from tasks.sources.records import RawRecord

_MAX_ATTEMPTS = 5
"""Nights after which an address that could not be had is given up."""


@dataclass(frozen=True, slots=True)
class Address:
    """What is known of one address of a source; see `schemas.sources.SOURCE_STATE` for the fields."""

    source_id: str
    url: str
    role: Literal["listing", "page"]
    state: Literal["done", "pending"] = "done"
    etag: str | None = None
    last_modified: str | None = None
    listed_as: str | None = None
    published: str | None = None
    record_id: str | None = None
    attempts: int = 0

    @property
    def validators(self) -> Validators:
        """What to send along when it is asked for again."""
        return Validators(self.etag, self.last_modified)

    def failed(self, *, may_pass: bool) -> Address:
        """Return what to remember after a night that failed to get it: it waits where another night may help."""
        attempts = self.attempts + 1
        waits = may_pass and attempts < _MAX_ATTEMPTS
        return replace(self, state="pending" if waits else "done", attempts=attempts)

    def answered(self, validators: Validators, listed_as: str | None, *, not_modified: bool) -> Address:
        """Return what to remember after an answer; "not modified" need not repeat the validators."""
        return replace(
            self,
            state="done",
            etag=validators.etag or (self.etag if not_modified else None),
            last_modified=validators.last_modified or (self.last_modified if not_modified else None),
            listed_as=listed_as or (self.listed_as if not_modified else None),
            attempts=0,
        )


class Memory(Protocol):
    """What earlier nights know; the warehouse, or a stand-in of a test."""

    def listings(self, source_id: str) -> Mapping[str, Address]:
        """Return the listings of a source, by address."""
        ...

    def pending(self, source_id: str) -> Sequence[Address]:
        """Return the pages of a source that wait for another night, oldest first."""
        ...

    def pages(self, urls: Collection[str]) -> Mapping[str, Address]:
        """Return what is known of those of these addresses that any source was asked for."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """What one step brought.

    Attributes:
        record: a document or a rejection to be; None where there is nothing new to read.
        address: what is to be remembered, or None.
        members: WARC records to keep that belong to no record, such as a feed's.
    """

    record: RawRecord | None = None
    address: Address | None = None
    members: bytes = b""


@dataclass(slots=True)
class Tally:
    """How one source did in one night; see `schemas.sources.SOURCE_HEALTH` for the fields.

    `read` and `failed` count its listings, or its files; `problem` is the first reason why one failed. `publishers` are
    the source ids of its records: its own, and those that records of a file name themselves.
    """

    read: int = 0
    failed: int = 0
    problem: str | None = None
    requests: int = 0
    not_modified: int = 0
    wire_bytes: int = 0
    listed: int = 0
    passed_over: int = 0
    fetched: int = 0
    unchanged: int = 0
    pending: int = 0
    slowest_seconds: float | None = None
    slowest_url: str | None = None
    publishers: set[str] = field(default_factory=set)

    @property
    def state(self) -> str:
        """`ok`, `partial` or `down`, a key of `schemas.vocabulary.SOURCE_STATES`."""
        if not self.failed:
            return "ok"
        return "partial" if self.read else "down"

    def answered(self, response: Response) -> None:
        """Count a response."""
        self.requests += len(response.exchanges)
        self.not_modified += response.not_modified
        self.wire_bytes += response.wire_bytes
        if response.exchanges and (self.slowest_seconds is None or response.seconds > self.slowest_seconds):
            self.slowest_seconds, self.slowest_url = round(response.seconds, 3), response.url

    def fail(self, url: str, reason: str, detail: str | None) -> None:
        """Count a listing or a file that could not be read."""
        self.failed += 1
        self.problem = self.problem or f"{url}: {reason}: {detail}"[:500]


@dataclass(frozen=True, slots=True)
class Tallies:
    """The tallies of a night by source id, made as they are asked for."""

    by_source: dict[str, Tally] = field(default_factory=dict)

    def of(self, source_id: str) -> Tally:
        """Return the tally of a source."""
        return self.by_source.setdefault(source_id, Tally())
