"""Addresses of pages, taken apart once: what is checked here is, part by part, what is connected to and asked for.

Belongs here: which addresses may be fetched at all, and their one spelling. Does not belong here: where names lead.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from tasks.sources.http.faults import FetchError

MAX_URL = 4_000
"""Longest address that is fetched, in characters; some servers refuse half of that."""

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_PATH_MARKS = "/%:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Target:
    """An address of a page in parts.

    Attributes:
        scheme: http or https.
        host: a name in ASCII and lower case, or an IP address in its usual spelling, without brackets.
        port: where to connect.
        path: path and query as they are asked for, percent-encoded.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host, and port where it is not the usual one, as the Host header says them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """What one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address, without fragment."""
        return self.origin + self.path


def parse(url: str) -> Target:
    """Take an address apart.

    Raises:
        FetchError: `refused_url`, no http or https address of at most MAX_URL printable characters without user name;
            `refused_address`, its host is an IP address in a spelling that only hides what it is.
    """
    url = url.strip()
    if len(url) > MAX_URL or not url.isprintable():
        raise FetchError("refused_url", f"expected up to {MAX_URL} printable characters, got {url[:200]!r}")
    try:
        parts = urlsplit(url)
        scheme, name, port = parts.scheme, parts.hostname, parts.port
        if scheme not in _PORTS or not name or port == 0 or "@" in parts.netloc:
            raise ValueError("no http or https address of a host without user name")  # noqa: TRY301 - one answer to all
        query = f"?{quote(parts.query, safe=_PATH_MARKS + '?')}" if parts.query else ""
        return Target(scheme, _host(name), port or _PORTS[scheme], quote(parts.path or "/", safe=_PATH_MARKS) + query)
    except ValueError as error:
        raise FetchError("refused_url", f"expected an http or https address, got {url[:200]!r}: {error}") from None


def redirected(target: Target, location: str) -> Target:
    """Return where a redirect leads, given its `Location` header decoded as Latin-1.

    Raises:
        FetchError: as `parse` does.
    """
    with suppress(ValueError):
        location = location.encode("latin-1").decode("utf-8")  # what servers send that do not encode it
    try:
        return parse(urljoin(target.url, location.strip()))
    except ValueError as error:
        raise FetchError("refused_url", f"expected an address to go on to, got {location[:200]!r}: {error}") from None


def _host(name: str) -> str:
    """Return the one spelling of a host; ValueError or FetchError where it has none."""
    if ":" in name and "%" not in name:  # what follows a `%` names a network card of this machine
        return str(IPv6Address(name))
    host = (name.lower() if name.isascii() else idna.encode(name, uts46=True).decode()).removesuffix(".")
    if not _NAME.fullmatch(host):
        raise ValueError("the host is no name")
    if _NUMBER.fullmatch(host.rpartition(".")[2]) and not _is_ipv4(host):
        raise FetchError("refused_address", f"expected an address of four plain numbers, got {name!r}")
    return host


def _is_ipv4(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False
