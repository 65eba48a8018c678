"""Hosts are asked in turn: not too fast, not too often at once, not when they want to be left alone."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

import pytest

from tasks.sources.http.client import Client
from tasks.sources.http.politeness import Hosts, retry_after
from tasks.sources.http.settings import ClientSettings
from tasks.sources.http.transport import Network
from tests.unit.web_server import Page, WebServer

if TYPE_CHECKING:
    from tasks.sources.http.records import Response

_NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


class _Time:
    """A clock that only waiting moves on."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []
        self._lock = Lock()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.now += seconds
            self.waits.append(seconds)

    def hosts(self) -> Hosts:
        return Hosts(self.clock, self.sleep, jitter=lambda low, high: (low + high) / 2)


def _get_all(client: Client, urls: list[str]) -> list[Response]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(client.get, urls))


def test_requests_to_a_host_keep_their_distance() -> None:
    """In real time, with eight threads that would all like to be first; robots.txt counts."""
    with WebServer({f"/{n}": Page(b"x") for n in range(4)}) as web:
        client = Client(web.settings(delay_seconds=0.1, concurrency=8))
        began = time.monotonic()
        assert [r.problem for r in _get_all(client, [web.url(f"/{n}") for n in range(4)])] == [None] * 4
        assert len(web.seen) == 5
        assert time.monotonic() - began > 4 * 0.1


@pytest.mark.parametrize("concurrency", [1, 3])
def test_no_host_gets_more_requests_at_once_than_allowed(concurrency: int) -> None:
    """And two hosts do not wait for each other."""
    pages = {f"/{n}": Page(b"x", holds=0.05) for n in range(12)}
    with WebServer(pages) as web:
        network = Network(resolve=lambda _host, _port: ["127.0.0.1"])
        client = Client(web.settings(concurrency=concurrency), network=network)
        urls = [web.url(f"/{n}", host) for n in range(6) for host in ("a.example", "b.example")]
        assert all(response.body == b"x" for response in _get_all(client, urls))
        assert max(web.most_at_once.values()) == concurrency


def test_two_sources_on_one_host_take_turns() -> None:
    """Clients that share the night's hosts are one reader to each host."""
    with WebServer({"/a": Page(b"x", holds=0.05)}) as web:
        hosts = Hosts()
        clients = [Client(web.settings(), hosts) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            assert [r.body for r in pool.map(lambda client: client.get(web.url("/a")), clients)] == [b"x"] * 4
        assert web.most_at_once == {"127.0.0.1": 1}


def test_the_longer_of_our_delay_and_the_crawl_delay_counts() -> None:
    """A long delay is kept, until the source's time for the night is used."""
    times = _Time()
    with WebServer({"/robots.txt": Page(b"User-agent: *\nCrawl-delay: 40"), "/a": Page(b"x")}) as web:
        client = Client(web.settings(delay_seconds=2.0, budget_seconds=60.0), times.hosts())
        assert [client.get(web.url("/a")).problem for _ in range(3)] == [None, None, "budget"]
    assert times.waits == [2.0, 40.0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_time_gets_it(status: int) -> None:
    """And the page is fetched afterwards."""
    times = _Time()
    with WebServer({"/a": (Page(status=status, headers={"Retry-After": "17"}), Page(b"here"))}) as web:
        assert Client(web.settings(), times.hosts()).get(web.url("/a")).body == b"here"
    assert times.waits == [17.0]


def test_a_host_that_asks_for_more_time_than_a_run_has_is_left_alone() -> None:
    """All its pages wait for another night, without a request."""
    times = _Time()
    busy = Page(status=429, headers={"Retry-After": "3600"})
    with WebServer({"/a": (busy, Page(b"here")), "/b": Page(b"x")}) as web:
        client = Client(web.settings(budget_seconds=9_999.0), times.hosts())
        answers = [client.get(web.url(path)) for path in ("/a", "/b")]
        assert [(r.problem, r.transient) for r in answers] == [("deferred", True)] * 2
        assert (web.paths(), times.waits) == (["/a"], [])
        times.now += 3600
        assert client.get(web.url("/a")).body == b"here"


def test_back_off_doubles_ends_and_is_forgotten() -> None:
    """A host that is down costs a few tries, not one for each of its pages."""
    times = _Time()
    with WebServer({"/bad": Page(status=503), "/good": Page(b"x")}) as web:
        client = Client(web.settings(backoff_seconds=4.0), times.hosts())
        assert client.get(web.url("/good")).problem is None
        assert client.get(web.url("/bad")).status == 503
        assert times.waits == [4.0, 8.0]
        assert [client.get(web.url("/bad")).problem for _ in range(2)] == ["deferred", "deferred"]
        assert len(web.paths()) == 1 + 3 + 1  # after 16 s one more try, then a rest of 32 s, longer than a run waits
        times.now += 40
        assert client.get(web.url("/good")).problem is None
        assert client.get(web.url("/bad")).status == 503
        assert times.waits == [4.0, 8.0, 16.0, 4.0, 8.0]


def test_back_off_is_spread_and_bounded() -> None:
    """From half to one and a half times; a day at most."""
    times = _Time()
    hosts = Hosts(times.clock, times.sleep, random.Random(1).uniform)  # noqa: S311 - spread, not secret
    rests = []
    for n in range(100):
        name = f"host{n}"
        hosts.rest(name, first=10.0)
        rests.append(hosts.resting(name))
    assert (5.0 <= min(rests) < 7.0, 13.0 < max(rests) <= 15.0) == (True, True)
    for _ in range(100):
        hosts.rest("down", first=10.0)
    hosts.rest("greedy", first=1.0, asked=1e12)
    assert max(hosts.resting("down"), hosts.resting("greedy")) <= 86_400.0


def test_a_good_page_among_bad_ones_is_fetched_in_real_time() -> None:
    """With the real clock: not a moment before the second is over."""
    with WebServer({"/a": (Page(status=429, headers={"Retry-After": "1"}), Page(b"here"))}) as web:
        assert Client(web.settings()).get(web.url("/a")).body == b"here"
        asked = [seen.at for seen in web.seen if seen.path == "/a"]
    assert asked[1] - asked[0] >= 1.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        (format_datetime(_NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(_NOW - timedelta(days=1), usegmt=True), 0.0),
        ("9" * 5000, 999_999_999.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("²", 0.0),
        ("Sat, 99 Nov 2026", 0.0),
        ("Sat, 28 Nov 99999 12:00:00 GMT", 0.0),
        ("", 0.0),
        (None, 0.0),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str | None, seconds: float) -> None:
    """Anything else says nothing."""
    assert retry_after(header, _NOW) == seconds


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("user_agent", ""),
        ("user_agent", "Dateline/1\r\nX: y"),
        ("user_agent", "https://example.org"),
        ("concurrency", 0),
        ("delay_seconds", -1.0),
        ("deadline_seconds", float("nan")),
        ("max_ratio", 0.0),
        ("budget_requests", 0),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_name(name: str, value: Any) -> None:
    """The message begins with the setting."""
    with pytest.raises(ValueError, match=rf"^{name}: expected "):
        replace(ClientSettings(user_agent="Dateline/0.2"), **{name: value})
