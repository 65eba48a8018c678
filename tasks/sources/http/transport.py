"""One request and its answer over a connection of its own, within limits of time and size.

Belongs here: connecting to checked addresses, reading, and the words for what goes wrong. Does not belong here:
whether to ask at all, redirects, decompression. A connection is made for each request, so that each one is checked and
nothing of an earlier answer is left in it. Certificates are checked against the name; there are no cookies, proxies or
passwords.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import httpcore

from tasks.sources.http.addresses import checked_addresses, system_resolver
from tasks.sources.http.faults import FetchError
from tasks.sources.http.records import Exchange

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator

    from tasks.sources.http.addresses import Resolver
    from tasks.sources.http.settings import ClientSettings
    from tasks.sources.http.urls import Target

    Headers = tuple[tuple[str, str], ...]

_MAX_ADDRESSES = 4


@dataclass(slots=True)
class Allowance:
    """What one `get` may still use and has used, over all its exchanges.

    Attributes:
        seconds: time left on the wire.
        max_bytes: bytes that may be received, headers included.
        received: bytes received, headers included.
        wire_bytes: body bytes received.
    """

    seconds: float
    max_bytes: int
    received: int = 0
    wire_bytes: int = 0


@cache
def _usual_tls() -> ssl.SSLContext:
    """Read the certificates once for all clients, because that takes a tenth of a second."""
    return httpcore.default_ssl_context()


@dataclass(frozen=True, slots=True)
class Network:
    """The outside world, which a test may replace.

    Attributes:
        resolve: addresses of a name.
        tls: what certificates are checked against: those of the system and of certifi.
    """

    resolve: Resolver = system_resolver
    tls: ssl.SSLContext = field(default_factory=_usual_tls)


def exchange(
    target: Target, headers: Headers, allowance: Allowance, settings: ClientSettings, network: Network
) -> Exchange:
    """Send one GET request and read its answer to the end.

    Raises:
        FetchError: `refused_address`, `unreachable`, `timeout`, `truncated` or `oversized`.
    """
    began, started = datetime.now(UTC), time.monotonic()
    backend = _Backend(allowance, settings, network)
    origin = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    request = httpcore.Request("GET", origin, headers=[(name.encode(), value.encode()) for name, value in headers])
    connection = httpcore.HTTPConnection(origin.origin, ssl_context=network.tls, network_backend=backend)
    try:
        with _named_faults("unreachable"):
            response = connection.handle_request(request)
        payload = _body(response, allowance)
    finally:
        connection.close()
        allowance.seconds -= time.monotonic() - started
    return Exchange(
        url=target.url,
        address=backend.connected_to,
        request_headers=headers,
        http_version=response.extensions["http_version"].decode("latin-1"),
        status=response.status,
        reason=response.extensions["reason_phrase"].decode("latin-1"),
        headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers),
        payload=payload,
        fetched_at=began,
        seconds=time.monotonic() - started,
    )


def _body(response: httpcore.Response, allowance: Allowance) -> bytes:
    chunks = []
    with _named_faults("truncated"):
        for chunk in response.iter_stream():
            chunks.append(chunk)
            allowance.wire_bytes += len(chunk)
    return b"".join(chunks)


@contextmanager
def _named_faults(broken: str) -> Iterator[None]:
    """Turn the faults of a connection into ours; one that broke off is told as `broken`."""
    try:
        yield
    except httpcore.ConnectTimeout as error:
        raise FetchError("unreachable", f"no connection in time: {error}") from None
    except httpcore.TimeoutException as error:
        raise FetchError("timeout", f"no whole answer in time: {error}") from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        detail = str(error) or type(error).__name__
        raise FetchError("truncated" if broken == "truncated" else "unreachable", detail) from None


class _Backend(httpcore.NetworkBackend):
    """Connects to checked addresses only, and bounds every step by one deadline."""

    def __init__(self, allowance: Allowance, settings: ClientSettings, network: Network) -> None:
        self._allowance = allowance
        self._ends = time.monotonic() + allowance.seconds
        self._settings = settings
        self._network = network
        self.connected_to = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline stands in its place
        local_address: str | None = None,  # noqa: ARG002 - any
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        ends = min(self._ends, time.monotonic() + self._settings.connect_timeout)
        allowed = self._settings.allowed_loopback_ports
        addresses = checked_addresses(host, port, self._network.resolve, allowed, _left(ends))[:_MAX_ADDRESSES]
        for tried, address in enumerate(addresses, start=1):
            share = _left(ends) / (len(addresses) - tried + 1)
            try:
                stream = httpcore.SyncBackend().connect_tcp(str(address), port, share, None, socket_options or ())
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if tried == len(addresses):
                    raise
            else:
                self.connected_to = str(address)
                return _Stream(stream, self._allowance, self._ends, ends)
        raise FetchError("unreachable", f"{host} has no address")


class _Stream(httpcore.NetworkStream):
    """A connection that ends at a deadline and after so many bytes, however slowly or long they come."""

    def __init__(self, inner: httpcore.NetworkStream, allowance: Allowance, ends: float, connects_until: float) -> None:
        self._inner = inner
        self._allowance = allowance
        self._ends = ends
        self._connects_until = connects_until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - see connect_tcp
        data = self._inner.read(max_bytes, _left(self._ends))
        self._allowance.received += len(data)
        if self._allowance.received > self._allowance.max_bytes:
            raise FetchError("oversized", f"expected at most {self._allowance.max_bytes} bytes on the wire, got more")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - see connect_tcp
        self._inner.write(buffer, _left(self._ends))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - see connect_tcp
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, _left(self._connects_until))
        return _Stream(secured, self._allowance, self._ends, self._connects_until)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore declares it
        return self._inner.get_extra_info(info)


def _left(ends: float) -> float:
    """Return the seconds until the deadline, which is over where none are left."""
    left = ends - time.monotonic()
    if left <= 0:
        raise FetchError("timeout", "the time limit was reached before the answer was whole")
    return left
