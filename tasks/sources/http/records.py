"""What the web is asked for and what it answers, as plain records.

Belongs here: the contract between adapters and the client. Does not belong here: how anything is fetched.
Adapters take a `Fetcher`, so that a test can hand them one that needs no network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from datetime import datetime

Problem = Literal[
    "refused_url",
    "refused_address",
    "robots",
    "budget",
    "deferred",
    "unreachable",
    "timeout",
    "http_error",
    "redirects",
    "truncated",
    "oversized",
    "bomb",
    "bad_encoding",
]
"""Why an address brought nothing usable; each is a code of `schemas.vocabulary.REJECTION_REASONS`."""

TRANSIENT: frozenset[Problem] = frozenset({"budget", "deferred", "unreachable", "timeout", "truncated"})
"""Problems of the moment, which say nothing about the page: asking again another night may help.

An `http_error` or `robots` is transient too where its status is 429 or from 500 up, see `Response.transient`.
"""

_TOO_MANY_REQUESTS, _SERVER_ERROR, _NOT_MODIFIED = 429, 500, 304


@dataclass(frozen=True, slots=True)
class Validators:
    """What an earlier answer said about its version, to be told "not modified" instead of the same bytes again.

    Attributes:
        etag: its `ETag` header as it stood, quotes and all; None where there was none.
        last_modified: its `Last-Modified` header as it stood; None where there was none.
    """

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its whole answer as they went over the wire: what an archive keeps.

    Attributes:
        url: the address that was asked.
        address: the IP address that answered.
        request_headers: names and values as sent, in order.
        http_version: of the answer, such as `HTTP/1.1`.
        status: of the answer.
        reason: the words after the status; may be empty.
        headers: names and values as received, in order, decoded as Latin-1.
        payload: the body as received: still compressed where `Content-Encoding` says so, freed of chunks (so that
            `Transfer-Encoding` no longer applies).
        fetched_at: when the request was sent, in UTC.
        seconds: from then to the last byte read.
    """

    url: str
    address: str
    request_headers: tuple[tuple[str, str], ...]
    http_version: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    fetched_at: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Response:
    """The outcome of one `get`, after redirects and repeated tries; always returned, never raised.

    Attributes:
        url: the address asked for.
        final_url: the address that was asked last, after redirects; the one refused, where one was.
        status: of the answer there; None where there was no whole one. Where robots.txt was at fault, its status.
        headers: of the answer there, names and values as received, in order.
        body: freed of its content encoding, not of its charset; empty for 304 and for every problem.
        wire_bytes: body bytes received in all, compressed, redirects and repeated tries included.
        fetched_at: when `get` began, in UTC.
        seconds: how long it took on the wire, without polite waiting.
        problem: None where the answer is usable (200, or 304 to validators); else why not.
        detail: what exactly the problem was, in words; None where there was none.
        exchanges: every whole answer received on the way, in order: robots.txt, redirects, repeated tries, the last.
    """

    url: str
    final_url: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    wire_bytes: int
    fetched_at: datetime
    seconds: float
    problem: Problem | None = None
    detail: str | None = None
    exchanges: tuple[Exchange, ...] = ()

    @property
    def not_modified(self) -> bool:
        """Whether the page is as the validators described it, so that no body came."""
        return self.status == _NOT_MODIFIED and self.problem is None

    @property
    def transient(self) -> bool:
        """Whether the problem is one of the moment, so that the address is worth asking another night."""
        if self.problem in {"http_error", "robots"} and self.status is not None:
            return self.status == _TOO_MANY_REQUESTS or self.status >= _SERVER_ERROR
        return self.problem in TRANSIENT

    @property
    def validators(self) -> Validators:
        """What to send along next time; empty where the answer had none."""
        return Validators(self.header("etag"), self.header("last-modified"))

    def header(self, name: str) -> str | None:
        """Return the first header of that name, capitals or not, or None."""
        return header(self.headers, name)


def header(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """Return the first header of that name, capitals or not, or None."""
    return next((value for key, value in headers if key.lower() == name.lower()), None)


class Fetcher(Protocol):
    """Who can fetch an address: the client, or a stand-in of a test. Safe to call from several threads."""

    def get(self, url: str, validators: Validators = ...) -> Response:
        """Fetch one address and return what became of it; problems are told in the response, not raised."""
        ...
