"""Only public addresses are connected to, however they are spelled, wherever they come from, whenever names change."""

from __future__ import annotations

import ssl
import time
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import httpcore
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from tasks.sources.http.addresses import refusal
from tasks.sources.http.client import Client
from tasks.sources.http.faults import FetchError
from tasks.sources.http.transport import Network
from tasks.sources.http.urls import Target, parse
from tests.unit.web_server import Page, WebServer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LOOPBACK = """127.0.0.1 127.0.0.1. localhost LOCALHOST 2130706433 017700000001 0x7f000001 0177.0.0.1 0x7f.0.0.1 127.1
    127.0.1 127.0.0.01 127.255.255.254 0 0.0.0.0 [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1]
    [0:0:0:0:0:0:0:1] [64:ff9b::127.0.0.1] [2002:7f00:1::] ①②⑦.⓪.⓪.① 127。0。0。1 [fe80::1%25lo]""".split()

_NO_PAGES = [
    *"""file:///etc/passwd javascript:alert(1) data:text/plain,x ftp://example.org/ gopher://example.org/ about:blank
    //example.org/ http:///a http://user:pass@example.org/ http://example.org@127.0.0.1/ http://example.org:0/
    http://example.org:99999/ http://[::1 http://exa_mple..org/ http://example.org\\@127.0.0.1/
    http://127%2e0.0.1/""".split(),
    "",
    "http://a b/",
    "http://example.org/\r\nHost: x",
    "http://example.org/\x00",
    "http://example.org/" + "a" * 5000,
]

_PUBLIC = "93.184.216.34"


def _named(*answers: Sequence[str]) -> tuple[Network, list[str]]:
    """Return a network whose names have these addresses, one answer a look-up, and the list of names looked up."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return Network(resolve=resolve), asked


@pytest.mark.parametrize("host", _LOOPBACK)
def test_no_spelling_of_loopback_is_connected_to(host: str) -> None:
    """Numbers in any base and number of parts, IPv6 that stands for IPv4, other digits and dots."""
    with WebServer({"/secret": Page(b"secret")}) as web:
        response = Client(web.settings(allowed_loopback_ports=frozenset())).get(f"http://{host}:{web.port}/secret")
        assert (response.body, web.seen) == (b"", [])
    assert response.problem in {"refused_address", "refused_url"}


@pytest.mark.parametrize("host", _LOOPBACK)
def test_no_redirect_leads_to_loopback(host: str) -> None:
    """A public page cannot lead to what runs on this machine, by any spelling."""
    with WebServer({"/secret": Page(b"secret")}) as inside, WebServer({}) as web:
        web.pages["/a"] = Page(status=302, headers={"Location": f"http://{host}:{inside.port}/secret"})
        response = Client(web.settings()).get(web.url("/a"))
        assert (response.body, inside.seen) == (b"", [])
    assert response.problem in {"refused_address", "refused_url"}
    assert response.final_url != web.url("/a")


@pytest.mark.parametrize("url", _NO_PAGES)
def test_other_addresses_than_pages_are_refused(url: str) -> None:
    """Other schemes, user names, parts that are none, and what only looks like another host."""
    with WebServer({}) as web:
        network, asked = _named([_PUBLIC])
        assert Client(web.settings(), network=network).get(url).problem == "refused_url"
        assert asked == []


@pytest.mark.parametrize("url", [url for url in _NO_PAGES if url.isprintable() and ":" in url])
def test_no_redirect_leads_to_what_is_no_page(url: str) -> None:
    """What is refused as an address is refused as a redirect; `http:///a` is a relative one, here back to itself."""
    with WebServer({"/a": Page(status=302, headers={"Location": url})}) as web:
        network, asked = _named(["127.0.0.1"])
        assert Client(web.settings(), network=network).get(web.url("/a")).problem in {"refused_url", "redirects"}
        assert set(asked) == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("100.64.0.1", "shared by a provider's customers"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("198.18.0.1", "benchmarking"),
        ("192.88.99.1", "6to4"),
        ("fd00::1", "private"),
        ("fec0::1", "private"),
        ("fe80::1%eth0", "link-local"),
        ("ff02::1", "multicast"),
        ("64:ff9b::8.8.8.8", "NAT64"),
        ("64:ff9b:1::1", "NAT64"),
        ("2002:808:808::1", "6to4"),
        ("2001:0:4136:e378::1", "Teredo"),
        ("::ffff:8.8.8.8", "IPv4 inside IPv6"),
        ("2001:db8::1", "documentation"),
        ("4000::1", "reserved"),
    ],
)
def test_special_addresses_are_refused_by_kind(text: str, kind: str) -> None:
    """The message says what kind of address it was."""
    assert refusal(ip_address(text)) == kind


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_not_refused(text: str) -> None:
    """Neighbours of special ranges are public."""
    assert refusal(ip_address(text)) is None


@given(st.ip_addresses())
def test_nothing_that_python_knows_as_special_passes(address: Any) -> None:
    """The list is checked against the one of the standard library."""
    if refusal(address) is None:
        assert address.is_global
        assert not any((address.is_multicast, address.is_reserved, address.is_link_local, address.is_loopback))


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which addresses are connected to, and lead all of them to this machine."""
    addresses: list[str] = []
    connect: Callable[..., Any] = httpcore.SyncBackend.connect_tcp

    def connect_tcp(self: Any, host: str, port: int, *args: Any) -> Any:
        addresses.append(host)
        return connect(self, "127.0.0.1", port, *args)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    return addresses


def test_a_name_that_changes_its_address_is_checked_each_time(connected: list[str]) -> None:
    """What is checked is connected to; nothing is looked up in between."""
    with WebServer({"/a": Page(b"here")}) as web:
        network, asked = _named([_PUBLIC], [_PUBLIC], ["127.0.0.1"])
        client = Client(web.settings(allowed_loopback_ports=frozenset()), network=network)
        url = web.url("/a", "changing.example")
        assert client.get(url).body == b"here"
        assert client.get(url).problem == "refused_address"
        assert web.seen[-1].headers["host"] == f"changing.example:{web.port}"
    assert connected == [_PUBLIC, _PUBLIC]
    assert len(asked) == 3  # one look-up for each connection: what was checked is what is connected to


def test_a_redirect_to_a_name_that_changed_is_refused(connected: list[str]) -> None:
    """A redirect is looked up and checked like the first address."""
    with WebServer({}) as web:
        web.pages["/a"] = Page(status=302, headers={"Location": web.url("/b", "other.example")})
        network, _ = _named([_PUBLIC], [_PUBLIC], ["10.0.0.1"])
        response = Client(web.settings(), network=network).get(web.url("/a", "news.example"))
    assert (response.problem, len(connected)) == ("refused_address", 2)
    assert "10.0.0.1" in (response.detail or "")


@pytest.mark.parametrize("answer", [[_PUBLIC, "127.0.0.1"], ["::1", _PUBLIC], [_PUBLIC, "169.254.169.254"]])
def test_one_address_that_is_not_public_spoils_the_name(answer: list[str], connected: list[str]) -> None:
    """Otherwise the order of the answers would decide."""
    with WebServer({}) as web:
        settings = web.settings(allowed_loopback_ports=frozenset())
        response = Client(settings, network=_named(answer)[0]).get(web.url("/", "mixed.example"))
    assert (response.problem, connected) == ("refused_address", [])


def test_an_allowed_port_opens_loopback_and_nothing_else() -> None:
    """Tests may ask this machine at a port, by its usual addresses only."""
    with WebServer({}) as web:
        for answer in ("10.0.0.1", "0.0.0.0", "::ffff:127.0.0.1"):  # noqa: S104 - to be refused
            response = Client(web.settings(), network=_named([answer])[0]).get(web.url("/", "news.example"))
            assert response.problem == "refused_address"


def test_a_name_that_is_never_resolved_ends_in_time() -> None:
    """The system's look-up knows no time limit, so it gets one."""

    def resolve(_host: str, _port: int) -> Sequence[str]:
        time.sleep(3)
        return [_PUBLIC]

    with WebServer({}) as web:
        client = Client(web.settings(connect_timeout=0.2, retries=0), network=Network(resolve=resolve))
        response = client.get("http://slow.example/")
    assert (response.problem, response.seconds < 2.5) == ("unreachable", True)


def test_certificates_are_checked_against_the_name_not_the_address() -> None:
    """Pinning the address weakens neither the certificate's check nor the name told to the server."""
    authority = trustme.CA()
    server_tls, client_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("news.example").configure_cert(server_tls)
    names: list[str | None] = []
    server_tls.sni_callback = lambda _socket, name, _context: names.append(name)
    authority.configure_trust(client_tls)
    with WebServer({"/a": Page(b"here")}, server_tls) as web:
        network = Network(resolve=lambda _host, _port: ["127.0.0.1"], tls=client_tls)
        client = Client(web.settings(retries=0), network=network)
        assert client.get(web.url("/a", "news.example")).body == b"here"
        other = client.get(web.url("/a", "other.example"))
        assert (other.problem, "certificate" in (other.detail or "")) == ("unreachable", True)
        assert names == ["news.example", "news.example", "other.example"]
        stranger = Client(web.settings(retries=0), network=Network(resolve=network.resolve))
        assert stranger.get(web.url("/a", "news.example")).problem == "unreachable"


def _parsed(text: str) -> Target | None:
    try:
        return parse(text)
    except FetchError:
        return None


@given(st.text() | st.text("ht:/.@[]%\\01f~").map("http://".__add__))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    """And the one spelling of an address is its own."""
    target = _parsed(text)
    if target is not None:
        assert parse(target.url) == target
        assert target.url.isascii()
