"""robots.txt is kept, and a robots.txt that fails means what the standard says."""

from __future__ import annotations

import time

import pytest

from tasks.sources.http.client import Client
from tasks.sources.http.robots import product, rules_of
from tests.unit.web_server import Page, WebServer

_AGENT = "Dateline/0.2 (+https://example.org/contact)"
_RULES = """\ufeff# comment
User-agent: otherbot
Disallow: /
USER-AGENT:DateLine/9   # by name, version and capitals make no difference
user-agent: another one
Disallow: /private
Allow: /private/press
Disallow: /*.pdf$
Crawl-delay: 7

User-agent: *
Disallow: /all
"""


def test_the_group_of_our_name_counts_else_the_one_for_all() -> None:
    """Groups of several names, comments, a byte order mark, wildcards; the longest rule wins."""
    rules = rules_of(200, _RULES.encode(), _AGENT)
    allowed = ["/", "/all", "/private/press/1", "/a.pdfx"]
    assert [rules.allows(f"https://example.org{path}") for path in allowed] == [True] * 4
    assert [rules.allows(f"https://example.org{path}") for path in ("/private/x", "/a.pdf")] == [False] * 2
    assert rules.crawl_delay == 7
    stranger = rules_of(200, _RULES.encode(), "Somebody/1")
    assert (stranger.allows("https://example.org/all"), stranger.crawl_delay) == (False, 0)
    assert product(_AGENT) == "dateline"


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /a", False),
        (200, b"User-agent: *\nDisallow:", True),
        (200, b"<!doctype html><title>Welcome</title>", True),
        (200, b"\x00\xff\xfe" * 100, True),
        (204, b"", True),
        (401, b"User-agent: *\nDisallow: /", True),
        (404, b"", True),
        (410, b"", True),
        (429, b"", False),
        (500, b"", False),
        (503, b"User-agent: *\nAllow: /", False),
    ],
)
def test_what_an_answer_means(status: int, body: bytes, allowed: bool) -> None:  # noqa: FBT001 - a parameter
    """Not there: all is allowed. At fault: nothing is, and another night may tell."""
    with WebServer({"/robots.txt": Page(body, status=status), "/a": Page(b"here")}) as web:
        response = Client(web.settings()).get(web.url("/a"))
        assert web.paths() == (["/a"] if allowed else [])
    assert response.problem == (None if allowed else "robots")
    assert response.transient == (status in {429, 500, 503})


def test_a_robots_file_that_breaks_off_forbids() -> None:
    """What stood behind the break is not known."""
    robots = Page(b"User-agent: *\nDisallow: /private", cut_after=20)
    with WebServer({"/robots.txt": robots, "/a": Page(b"here")}) as web:
        response = Client(web.settings()).get(web.url("/a"))
        assert (response.problem, response.transient, web.paths()) == ("truncated", True, [])


def test_redirects_of_robots_are_followed_to_other_hosts_and_end() -> None:
    """One that leads nowhere is as good as none."""
    with WebServer({"/rules": Page(b"User-agent: *\nDisallow: /a")}) as other, WebServer({"/a": Page(b"here")}) as web:
        ports = frozenset({web.port, other.port})
        web.pages["/robots.txt"] = Page(status=301, headers={"Location": other.url("/rules")})
        assert Client(web.settings(allowed_loopback_ports=ports)).get(web.url("/a")).problem == "robots"
        web.pages["/robots.txt"] = Page(status=301, headers={"Location": "/robots.txt"})
        assert Client(web.settings()).get(web.url("/a")).body == b"here"


def test_each_site_is_asked_for_its_rules_once_and_redirects_heed_those_of_their_target() -> None:
    """Each site speaks for itself."""
    forbidding = {"/robots.txt": Page(b"User-agent: dateline\nDisallow: /b"), "/b": Page(b"secret")}
    with WebServer(forbidding) as other, WebServer({"/c": Page(b"here")}) as web:
        web.pages["/a"] = Page(status=302, headers={"Location": other.url("/b")})
        client = Client(web.settings(allowed_loopback_ports=frozenset({web.port, other.port})))
        response = client.get(web.url("/a"))
        assert (response.problem, response.final_url, response.status) == ("robots", other.url("/b"), None)
        assert [client.get(web.url("/c")).body for _ in range(2)] == [b"here"] * 2
        assert [seen.path for seen in web.seen] == ["/robots.txt", "/a", "/c", "/c"]
        assert [seen.path for seen in other.seen] == ["/robots.txt"]


def test_a_robots_file_of_thousands_of_readers_costs_no_time() -> None:
    """Names times rules would be 190 million entries."""
    names = "".join(f"User-agent: reader{n}\n" for n in range(12_000))
    hostile = (names + "Disallow: /a\n" * 16_000 + "User-agent: *\nDisallow: /b").encode()
    began = time.process_time()
    rules = rules_of(200, hostile, _AGENT)
    assert not rules.allows("https://example.org/b")
    assert rules.allows("https://example.org/a")
    assert time.process_time() - began < 3
