"""The client against a real server on loopback: right answers, each fault by its name, nothing without bounds."""

from __future__ import annotations

import gzip
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime
from threading import Thread

import pytest

from tasks.sources.http.client import Client
from tasks.sources.http.records import Validators
from tasks.sources.http.settings import ClientSettings
from tests.unit.web_server import Page, WebServer

_ROBOTS = "/robots.txt"


def test_a_page_comes_with_its_bytes_headers_and_what_an_archive_needs() -> None:
    """The body is decompressed for the reader, and kept as it came for the archive."""
    body = gzip.compress(b"<p>Tr\xe8s bien</p>")
    page = Page(body, headers={"Content-Encoding": "gzip", "Content-Type": "text/html; charset=latin-1"})
    with WebServer({"/a": page}) as web:
        response = Client(web.settings()).get(web.url("/a#part"))
    assert (response.problem, response.status, response.body) == (None, 200, b"<p>Tr\xe8s bien</p>")
    assert response.header("content-type") == "text/html; charset=latin-1"
    assert (response.url, response.final_url) == (web.url("/a#part"), web.url("/a"))
    assert abs((datetime.now(UTC) - response.fetched_at).total_seconds()) < 60
    robots, kept = response.exchanges
    assert robots.url == web.url(_ROBOTS)
    assert (kept.payload, kept.address, kept.http_version, kept.reason) == (body, "127.0.0.1", "HTTP/1.1", "Told")
    assert ("Host", f"127.0.0.1:{web.port}") in kept.request_headers
    assert response.wire_bytes == len(kept.payload) + len(robots.payload)
    assert web.seen[-1].headers["user-agent"] == "Dateline/0.2 (test)"


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_a_page_that_did_not_change_is_not_sent_again(header: str) -> None:
    """A second night sends what the first one was told about the version, and gets no body."""
    value = '"v1"' if header == "ETag" else "Sat, 28 Nov 2026 10:00:00 GMT"
    with WebServer({"/feed": Page(b"<rss/>", headers={header: value})}) as web:
        first = Client(web.settings()).get(web.url("/feed"))
        sent = web.bytes_sent
        second = Client(web.settings()).get(web.url("/feed"), first.validators)
        assert (second.not_modified, second.body, second.problem) == (True, b"", None)
        assert web.bytes_sent - sent == len(b"not here")  # of robots.txt


def test_not_modified_is_no_answer_to_who_has_nothing() -> None:
    """Without validators there is nothing that could be unmodified."""
    with WebServer({"/feed": Page(status=304)}) as web:
        assert Client(web.settings()).get(web.url("/feed")).problem == "http_error"


def test_validators_that_would_end_a_header_are_not_sent() -> None:
    """Validators come from a server, so they are untrusted too."""
    with WebServer({"/feed": Page(b"<rss/>")}) as web:
        client = Client(web.settings())
        assert client.get(web.url("/feed"), Validators('"a"\r\nX-Evil: 1', "b\nc")).problem is None
        assert not {"if-none-match", "if-modified-since", "x-evil"} & set(web.seen[-1].headers)


def test_redirects_are_followed_to_where_the_page_is() -> None:
    """Relative ones, those with a query, and raw UTF-8 in the header."""
    pages = {
        "/old": Page(status=301, headers={"Location": "next?x=1"}),
        "/next?x=1": Page(status=307, headers={"Location": "/caf\u00e9"}),
        "/caf%C3%A9": Page(b"here"),
    }
    with WebServer(pages) as web:
        response = Client(web.settings()).get(web.url("/old"))
    assert (response.body, response.final_url) == (b"here", web.url("/caf%C3%A9"))
    assert [exchange.status for exchange in response.exchanges] == [404, 301, 307, 200]


def test_redirects_end() -> None:
    """After five of them, or where they lead in a circle."""
    chain = {f"/{n}": Page(status=302, headers={"Location": f"/{n + 1}"}) for n in range(9)}
    with WebServer({**chain, "/circle": Page(status=302, headers={"Location": "/circle"})}) as web:
        assert Client(web.settings()).get(web.url("/0")).problem == "redirects"
        assert web.paths() == ["/0", "/1", "/2", "/3", "/4", "/5"]
        assert Client(web.settings()).get(web.url("/circle")).problem == "redirects"


@pytest.mark.parametrize("status", [204, 300, 403, 404, 410, 501])
def test_an_error_is_told_with_its_status(status: int) -> None:
    """It is asked for once, because asking again would not help."""
    with WebServer({"/a": Page(b"sorry", status=status)}) as web:
        response = Client(web.settings()).get(web.url("/a"))
    assert (response.problem, response.status, response.body) == ("http_error", status, b"")
    assert str(status) in (response.detail or "")
    assert web.paths() == ["/a"]


@pytest.mark.parametrize("fault", [Page(status=503), Page(status=500), Page(b"whole", cut_after=2), Page(raw=b"")])
def test_a_fault_that_passes_is_asked_again(fault: Page) -> None:
    """One bad answer among good ones costs no page."""
    with WebServer({"/a": (fault, Page(b"here"))}) as web:
        response = Client(web.settings()).get(web.url("/a"))
    assert (response.body, response.problem) == (b"here", None)


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (Page(status=503), "http_error"),
        (Page(b"whole", cut_after=2), "truncated"),
        (Page(gzip.compress(b"whole")[:-9], headers={"Content-Encoding": "gzip"}), "truncated"),
        (Page(b"plain", headers={"Content-Encoding": "gzip"}), "bad_encoding"),
        (Page(b"plain", headers={"Content-Encoding": "zstd"}), "bad_encoding"),
        (Page(raw=b""), "unreachable"),
        (Page(raw=b"220 mail.example ESMTP\r\n"), "unreachable"),
        (Page(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "truncated"),
        (Page(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"), "unreachable"),
    ],
)
def test_a_fault_that_stays_is_told(fault: Page, problem: str) -> None:
    """Each by its reason, after three tries at most."""
    with WebServer({"/a": fault}) as web:
        response = Client(web.settings()).get(web.url("/a"))
    assert (response.problem, response.body) == (problem, b"")
    assert response.detail
    assert len(web.paths()) <= 3


def test_a_host_where_nobody_listens_is_unreachable() -> None:
    """A refused connection is told, not raised."""
    with WebServer({}) as web:
        settings = web.settings(retries=0)
    assert Client(settings).get(web.url("/")).problem == "unreachable"


@pytest.mark.parametrize(
    "page",
    [
        Page(b"x" * 1000, seconds_per_byte=0.05),
        Page(raw=b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1000, seconds_per_byte=0.05),
        Page(b"never", holds=30.0),
        Page(raw=b"HTTP/1.1 100 Continue\r\n\r\n" * 400, seconds_per_byte=0.005),
    ],
    ids=["body", "headers", "silence", "interim"],
)
def test_a_byte_at_a_time_ends_at_the_deadline(page: Page) -> None:
    """However a server is slow, the time on the wire is bounded as a whole."""
    with WebServer({"/slow": page}) as web:
        began = time.monotonic()
        response = Client(web.settings(deadline_seconds=0.5)).get(web.url("/slow"))
        assert time.monotonic() - began < 5
    assert (response.problem, response.body) == ("timeout", b"")
    assert response.transient


def test_the_deadline_spans_redirects_and_robots() -> None:
    """A chain of slow answers takes no longer than one."""
    slow = Page(status=302, headers={"Location": "/b"}, holds=0.6)
    with WebServer({"/a": slow, "/b": slow, _ROBOTS: Page(b"", holds=0.6)}) as web:
        response = Client(web.settings(deadline_seconds=1.0)).get(web.url("/a"))
    assert response.problem == "timeout"
    assert web.paths() == ["/a"]


@pytest.mark.parametrize(
    "page",
    [
        Page(b"x" * 20_000),
        Page(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 20_000),
        Page(raw=b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 2_000),
        Page(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 4_000),
    ],
    ids=["length", "endless", "headers", "chunks"],
)
def test_more_bytes_than_allowed_are_not_read(page: Page) -> None:
    """The bound holds for headers and chunk marks too, and needs no length to be told."""
    with WebServer({"/big": page}) as web:
        response = Client(web.settings(max_wire_bytes=10_000)).get(web.url("/big"))
    assert (response.problem, response.body) == ("oversized", b"")
    assert response.wire_bytes <= 10_000


def test_the_bound_spans_redirects() -> None:
    """A chain of large answers brings no more bytes than one."""
    pages = {f"/{n}": Page(b"x" * 4_000, status=302, headers={"Location": f"/{n + 1}"}) for n in range(4)}
    with WebServer(pages) as web:
        response = Client(web.settings(max_wire_bytes=10_000)).get(web.url("/0"))
        assert (response.problem, web.paths()) == ("oversized", ["/0", "/1", "/2"])


@pytest.mark.parametrize("greeting", [b"", b"\x16\x03\x03\x40\x00" + bytes(500)])
def test_a_handshake_that_does_not_end_is_given_up(greeting: bytes) -> None:
    """A server that says nothing where TLS begins, and one that says it a byte at a time."""

    def greet() -> None:
        with suppress(OSError):
            connection = server.accept()[0]
            for byte in greeting:
                connection.send(bytes([byte]))
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        Thread(target=greet, daemon=True).start()
        settings = ClientSettings(
            user_agent="Dateline", connect_timeout=0.4, retries=0, allowed_loopback_ports=frozenset({port})
        )
        response = Client(settings).get(f"https://127.0.0.1:{port}/")
    assert (response.problem, response.seconds < 5) == ("unreachable", True)


def test_the_budget_counts_every_request() -> None:
    """robots.txt and redirects are requests like others."""
    pages = {"/a": Page(status=302, headers={"Location": "/b"}), "/b": Page(b"here")}
    with WebServer(pages) as web:
        client = Client(web.settings(budget_requests=4))
        assert client.get(web.url("/a")).body == b"here"
        assert client.get(web.url("/b")).body == b"here"
        refused = client.get(web.url("/b"))
        assert (refused.problem, refused.transient) == ("budget", True)
        assert len(web.seen) == 4


def test_cookies_are_neither_kept_nor_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor are proxies of the environment used: the page comes from where its name leads."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with WebServer({"/a": Page(b"x", headers={"Set-Cookie": "id=1; Path=/"})}) as web:
        client = Client(web.settings())
        assert [client.get(web.url("/a")).problem for _ in range(2)] == [None, None]
        assert all("cookie" not in seen.headers for seen in web.seen)
