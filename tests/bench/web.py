"""What hostile servers cost with the default limits, and how many pages the client fetches from a fast one.

Run `python -m tests.bench.web`; it needs no network. Each case runs in a process of its own, for its peak of memory.
"""

from __future__ import annotations

import gzip
import resource
import time
import zlib
from dataclasses import replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

import brotli

from tasks.sources.http.client import Client
from tasks.sources.http.settings import ClientSettings
from tests.unit.web_server import Page, WebServer

if TYPE_CHECKING:
    from collections.abc import Callable

_ZEROS = bytes(1_000_000)
_PAGES = 500


def _brotli_bomb(megabytes: int) -> bytes:
    stream = brotli.Compressor(quality=5)
    return b"".join([*(stream.process(_ZEROS) for _ in range(megabytes)), stream.finish()])


def _zlib_bomb(megabytes: int, wbits: int) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return b"".join([*(stream.compress(_ZEROS) for _ in range(megabytes)), stream.flush()])


def _encoded(body: bytes, encoding: str) -> Page:
    return Page(body, headers={"Content-Encoding": encoding})


_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 2_000_000
_CASES: dict[str, Callable[[], Page]] = {
    "gzip bomb of 1 GB": lambda: _encoded(_zlib_bomb(1_000, 31), "gzip"),
    "deflate bomb of 1 GB": lambda: _encoded(_zlib_bomb(1_000, 15), "deflate"),
    "brotli bomb of 1 GB": lambda: _encoded(_brotli_bomb(1_000), "br"),
    "gzip of gzip of 1 GB": lambda: _encoded(gzip.compress(_zlib_bomb(1_000, 31)), "gzip, gzip"),
    "one byte a second": lambda: Page(b"x" * 1_000, seconds_per_byte=1.0),
    "no end": lambda: Page(raw=b"HTTP/1.1 200 OK\r\n\r\n" + bytes(50_000_000)),
    "chunks of a byte": lambda: Page(raw=_CHUNKS),
}


def _hostile(port: int) -> tuple[str | None, float, float]:
    """Return the problem, the seconds and the peak of memory in MB."""
    settings = ClientSettings(user_agent="Dateline/0.2 (bench)", allowed_loopback_ports=frozenset({port}))
    began = time.monotonic()
    response = Client(settings).get(f"http://127.0.0.1:{port}/")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return response.problem, time.monotonic() - began, peak


def _pages_a_second() -> float:
    with WebServer({"/": Page(b"<p>News.</p>" * 5_000)}) as web:
        client = Client(replace(web.settings(), budget_requests=_PAGES + 1))
        began = time.monotonic()
        assert all(client.get(web.url()).problem is None for _ in range(_PAGES))
        return _PAGES / (time.monotonic() - began)


def main() -> None:
    """Print one line a case, then the pages a second."""
    for name, page in _CASES.items():
        with WebServer({"/": page()}) as web, get_context("spawn").Pool(1) as pool:
            problem, seconds, peak = pool.apply(_hostile, (web.port,))
        print(f"{name:<24} {problem!s:<10} {seconds:5.1f} s {peak:6.0f} MB")
    print(f"one client, one thread, pages of 60 kB: {_pages_a_second():.0f} a second")


if __name__ == "__main__":
    main()
