"""A web server on loopback for tests: serves what it is told, well or badly, and notes who asked for what and when."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Self

from tasks.sources.http.settings import ClientSettings

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the server.

    Attributes:
        body: bytes of the answer, as they go over the wire.
        status: of the answer.
        headers: names and values; `ETag` and `Last-Modified` are compared with what the request says, and the same
            version is answered with 304 and no body.
        holds: seconds until the answer begins.
        seconds_per_byte: pause after each byte, of headers and body.
        cut_after: how many bytes of the body are sent before the connection breaks off; None: all.
        raw: the whole answer, status line and headers too, in place of all others.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    holds: float = 0.0
    seconds_per_byte: float = 0.0
    cut_after: int | None = None
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came: path with query, header names in lower case, and when, by `time.monotonic`."""

    path: str
    headers: Mapping[str, str]
    at: float


class WebServer:
    """A server at `127.0.0.1:port` while its `with` block lasts.

    Attributes:
        pages: answers by path; of a tuple the first request gets the first, and the last one stays. What is not in it,
            `/robots.txt` too, is answered with 404.
        seen: all requests in the order they came.
        most_at_once: by `Host` header without port, how many requests waited at most for their answer to begin.
        bytes_sent: body bytes of all answers.
    """

    def __init__(self, pages: Mapping[str, Page | tuple[Page, ...]], tls: ssl.SSLContext | None = None) -> None:
        """Serve these pages, over TLS where its context is given; `pages` may be changed later on."""
        self.pages = dict(pages)
        self.seen: list[Seen] = []
        self.most_at_once: Counter[str] = Counter()
        self.bytes_sent = 0
        self._now: Counter[str] = Counter()
        self._lock = Lock()
        self._server = _Server(("127.0.0.1", 0), self)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "http" if tls is None else "https"

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the address of a page."""
        return f"{self._scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths asked for, in order, without those of robots.txt."""
        return [seen.path for seen in self.seen if seen.path != "/robots.txt"]

    def settings(self, **changes: Any) -> ClientSettings:
        """Return settings for a client of this server that waits for as little as possible."""
        hasty = {"user_agent": "Dateline/0.2 (test)", "delay_seconds": 0.0, "backoff_seconds": 0.0}
        return ClientSettings(**{**hasty, "allowed_loopback_ports": frozenset({self.port}), **changes})

    def __enter__(self) -> Self:
        """Begin to serve."""
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop; answers under way are given up."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request: _Handler) -> None:
        """Answer one request."""
        host = request.headers.get("Host", "").rpartition(":")[0]
        with self._lock:
            self.seen.append(Seen(request.path, {k.lower(): v for k, v in request.headers.items()}, time.monotonic()))
            self._now[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self._now[host])
            page = self._next(request.path)
            self.bytes_sent += 0 if _unchanged(request, page) else len(page.body)
        time.sleep(page.holds)
        with self._lock:
            self._now[host] -= 1  # before the answer, because who has it may ask again at once
        with suppress(OSError):  # the client had enough
            _send(request, page)

    def _next(self, path: str) -> Page:
        page = self.pages.get(path, Page(b"not here", status=404))
        if isinstance(page, Page):
            return page
        if len(page) > 1:
            self.pages[path] = page[1:]
        return page[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], web: WebServer) -> None:
        super().__init__(address, _Handler)
        self.web = web

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that break off."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.server.web.answer(self)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the base class names it
        """Say nothing."""


def _unchanged(request: _Handler, page: Page) -> bool:
    asked = {"ETag": request.headers.get("If-None-Match"), "Last-Modified": request.headers.get("If-Modified-Since")}
    return page.status == 200 and any(value and value == page.headers.get(name) for name, value in asked.items())


def _send(request: _Handler, page: Page) -> None:
    answer = page.raw if page.raw is not None else _answer(page, unchanged=_unchanged(request, page))
    if not page.seconds_per_byte:
        request.wfile.write(answer)
        return
    for byte in answer:
        request.wfile.write(bytes([byte]))
        time.sleep(page.seconds_per_byte)


def _answer(page: Page, *, unchanged: bool) -> bytes:
    status, body = (304, b"") if unchanged else (page.status, page.body)
    headers = {"Content-Length": str(len(body)), **page.headers}
    lines = [f"HTTP/1.1 {status} Told", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body[: page.cut_after]
