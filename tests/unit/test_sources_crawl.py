"""Nights on the web, against a real server on loopback: what is asked for, what becomes of it, what is remembered."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from seeds.sources import Kind, Source
from tasks.sources.crawl import crawl
from tasks.sources.http.client import Client
from tasks.sources.visits import Address, Found, Tallies
from tests.unit.web_server import Page, WebServer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tasks.sources.http.records import Fetcher
    from tasks.sources.records import RawRecord

HTML = {"Content-Type": "text/html"}


class Notebook:
    """A memory in memory."""

    def __init__(self) -> None:
        """Know nothing."""
        self.known: dict[tuple[str, str], Address] = {}

    def listings(self, source_id: str) -> Mapping[str, Address]:
        """Return the listings of a source."""
        return {a.url: a for a in self.known.values() if a.role == "listing" and a.source_id == source_id}

    def pending(self, source_id: str) -> Sequence[Address]:
        """Return what waits."""
        return [a for a in self.known.values() if a.state == "pending" and (a.role, a.source_id) == ("page", source_id)]

    def pages(self, urls: Collection[str]) -> Mapping[str, Address]:
        """Return what is known of pages."""
        return {a.url: a for a in reversed(self.known.values()) if a.role == "page" and a.url in urls}


class Site:
    """A server, its sources, and what the nights before know of it."""

    def __init__(self, server: WebServer) -> None:
        """Start with no source."""
        self.server = server
        self.memory = Notebook()
        self.sources: list[Source] = []
        self.tallies = Tallies()

    def add(self, name: str, kind: Kind, *paths: str, budget: int = 100, language: str | None = None) -> None:
        """Declare a source."""
        urls = tuple(self.server.url(path) for path in paths)
        self.sources.append(Source(name, kind, urls, language=language, budget=budget))

    def night(self) -> list[RawRecord]:
        """Read all sources, remember, and return the records."""
        self.server.seen.clear()
        self.server.bytes_sent = 0
        self.tallies = Tallies()

        def open_fetcher(source: Source) -> Fetcher:  # noqa: ARG001 - one client suits all
            return Client(self.server.settings(retries=0))

        found: list[Found] = list(crawl(self.sources, self.memory, open_fetcher, self.tallies))
        addresses = [item.address for item in found if item.address]
        self.memory.known |= {(address.source_id, address.url): address for address in addresses}
        return [item.record for item in found if item.record]


def outcome(records: Sequence[RawRecord]) -> dict[str, str | None]:
    """Return record ids and problems."""
    return {record.record_id: record.problem for record in records}


def rss(*items: tuple[str, str, str]) -> bytes:
    """Return a feed of (link, guid, date)."""
    inner = "".join(f"<item><link>{a}</link><guid>{b}</guid><pubDate>{c}</pubDate></item>" for a, b, c in items)
    return f'<rss version="2.0"><channel><title>x</title>{inner}</channel></rss>'.encode()


def test_a_second_night_with_no_change_transfers_no_body() -> None:
    """The feed is asked for with its validator, the pages not at all."""
    pages = {"/1": Page(b"one", headers=HTML), "/2": Page(b"two", headers=HTML)}
    feed = Page(rss(("/1", "a", "2026-01-01"), ("/2", "b", "2026-01-02")), headers={"ETag": '"v1"'})
    with WebServer({"/feed": feed, **pages}) as server:
        site = Site(server)
        site.add("paper", "feed", "/feed")
        first = site.night()
        assert outcome(first) == {"a": None, "b": None}
        assert [record.published for record in first] == ["2026-01-01", "2026-01-02"]
        assert site.night() == []
        assert (server.paths(), server.bytes_sent - len(b"not here")) == (["/feed"], 0)
        assert site.tallies.of("paper").not_modified == 1
        changed = rss(("/1", "a", "2026-01-05"), ("/2", "b", "2026-01-02"))
        server.pages["/feed"] = Page(changed, headers={"ETag": '"v2"'})
        assert outcome(site.night()) == {"a": None}
        assert site.tallies.of("paper").unchanged == 1


def test_faults_that_may_pass_are_tried_again_and_others_are_not() -> None:
    """A page that is gone is asked for once, one whose server stumbled until it is there; the feed need not change."""
    feed = Page(rss(("/gone", "g", ""), ("/busy", "b", "")), headers={"ETag": '"v1"'})
    busy = (Page(b"", status=503), Page(b"", status=503), Page(b"there", headers=HTML))
    with WebServer({"/feed": feed, "/busy": busy}) as server:
        site = Site(server)
        site.add("paper", "feed", "/feed")
        assert outcome(site.night()) == {"g": "http_error", "b": "http_error"}
        assert site.tallies.of("paper").pending == 1
        assert outcome(site.night()) == {"b": "http_error"}
        assert outcome(site.night()) == {"b": None}
        assert site.night() == []


def test_a_page_that_never_comes_is_given_up() -> None:
    """Five nights are enough."""
    with WebServer({"/feed": Page(rss(("/busy", "b", ""))), "/busy": Page(b"", status=500)}) as server:
        site = Site(server)
        site.add("paper", "feed", "/feed")
        assert [len(site.night()) for _ in range(7)] == [1, 1, 1, 1, 1, 0, 0]


def test_what_a_budget_leaves_is_read_another_night() -> None:
    """Pages over the budget wait, in order, though the feed has forgotten them; nobody counts them as records."""
    feed = rss(*((f"/{number}", str(number), "") for number in range(5)))
    with WebServer({"/feed": Page(feed), **{f"/{n}": Page(b"page %d" % n, headers=HTML) for n in range(5)}}) as server:
        site = Site(server)
        site.add("paper", "feed", "/feed", budget=2)
        assert list(outcome(site.night())) == ["0", "1"]
        assert site.tallies.of("paper").pending == 3
        server.pages["/feed"] = Page(rss())
        assert list(outcome(site.night())) == ["2", "3"]
        assert list(outcome(site.night())) == ["4"]


def test_one_source_down_costs_no_other() -> None:
    """Each that fails says why; the others are read; a page that two list is had once, by the first."""
    with WebServer(
        {"/feed": Page(rss(("/1", "a", ""))), "/1": Page(b"one", headers=HTML), "/html": Page(b"<html>")}
    ) as server:
        site = Site(server)
        site.add("gone", "feed", "/gone")
        site.add("html", "feed", "/html")
        site.add("good", "feed", "/feed")
        site.add("late", "urls", "/1")
        records = site.night()
        assert [(record.source_id, record.problem) for record in records] == [
            ("gone", "http_error"),
            ("html", "bad_listing"),
            ("good", None),
        ]
        assert [site.tallies.of(name).state for name in ("gone", "html", "good")] == ["down", "down", "ok"]
        assert site.tallies.of("gone").problem == f"{server.url('/gone')}: http_error: expected 200, got 404 Told"


def test_an_index_leads_to_sitemaps_that_have_changed() -> None:
    """A child of the same date is not asked for again; one that failed is, though the index has not changed."""
    children = "<sitemap><loc>/a.gz</loc><lastmod>1</lastmod></sitemap><sitemap><loc>/b</loc></sitemap>"
    index = f"<sitemapindex>{children}</sitemapindex>"
    first = gzip.compress(b"<urlset><url><loc>/1</loc></url><url><loc>/de</loc><language>de</language></url></urlset>")
    second = (Page(b"", status=500), Page(b"<urlset><url><loc>/2</loc></url></urlset>"))
    pages = {"/1": Page(b"one", headers=HTML), "/2": Page(b"two", headers=HTML)}
    validator = {"Last-Modified": "Tue, 10 Mar 2026 10:00:00 GMT"}
    with WebServer(
        {"/i": Page(index.encode(), headers=validator), "/a.gz": Page(first), "/b": second, **pages}
    ) as server:
        site = Site(server)
        site.add("map", "sitemap", "/i", language="en")
        assert outcome(site.night()) == {server.url("/b"): "http_error", server.url("/1"): None}
        assert site.tallies.of("map").passed_over == 1
        assert outcome(site.night()) == {server.url("/2"): None}
        assert server.paths() == ["/i", "/b", "/2"]


def test_pages_that_are_declared_are_asked_for_every_night() -> None:
    """With their validators; one that changed is read again, one that is no page says so."""
    pages = {
        "/1": Page(b"one", headers={**HTML, "ETag": '"1"'}),
        "/p": Page(b"%PDF", headers={"Content-Type": "a/pdf"}),
    }
    with WebServer(pages) as server:
        site = Site(server)
        site.add("list", "urls", "/1", "/p")
        assert outcome(site.night()) == {server.url("/1"): None, server.url("/p"): "not_a_page"}
        site.night()
        assert site.tallies.of("list").not_modified == 1
        server.pages["/1"] = Page(b"uno", headers={**HTML, "ETag": '"2"'})
        assert outcome(site.night())[server.url("/1")] is None


def test_every_answer_is_kept() -> None:
    """Of a page that was redirected to, both answers; of an error, its body too."""
    pages = {"/old": Page(status=301, headers={"Location": "/new"}), "/new": Page(b"new", headers=HTML)}
    with WebServer({**pages, "/no": Page(b"sorry", status=410)}) as server:
        site = Site(server)
        site.add("list", "urls", "/old", "/no")
        moved, gone = site.night()
        assert moved.capture
        assert moved.capture.members.count(b"\x1f\x8b\x08") == 3, "robots.txt, the redirect, the page"
        assert gone.capture
        assert (moved.size, gone.size, gone.problem) == (3, None, "http_error")


def test_a_feed_that_fails_keeps_its_validator_and_a_cut_one_has_none() -> None:
    """What was read in whole is known still; what was read in part is read again."""
    feed = rss(("/1", "a", ""), ("/2", "b", ""))
    good = Page(feed, headers={"ETag": '"1"'})
    cut = Page(feed[:-60], headers={"ETag": '"2"'})
    pages = {f"/{number}": Page(b"page %d" % number, headers=HTML) for number in (1, 2)}
    with WebServer({"/f": (good, Page(b"", status=503), good, cut, cut), **pages}) as server:
        site = Site(server)
        site.add("paper", "feed", "/f")
        site.night()
        site.night()
        site.night()
        assert site.tallies.of("paper").not_modified == 1
        site.night()
        assert site.tallies.of("paper").state == "partial"
        site.night()
        assert (site.tallies.of("paper").not_modified, site.tallies.of("paper").state) == (0, "partial")


def test_robots_txt_is_kept_on_a_night_without_news_too() -> None:
    """An answer "not modified" has no bytes; what was asked on the way to it has."""
    with WebServer({"/1": Page(b"one", headers={**HTML, "ETag": '"1"'})}) as server:
        site = Site(server)
        site.add("list", "urls", "/1")
        site.night()
        client = Client(server.settings())
        (found,) = crawl(site.sources, site.memory, lambda _: client, Tallies())
        assert found.record is None
        assert found.members.count(b"\x1f\x8b\x08") == 1
