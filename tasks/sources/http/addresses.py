"""Which addresses of the network may be connected to: public ones, whatever name leads there.

Belongs here: resolving a name and checking every address it has. The transport connects to what is returned here and
never asks for the name again, so that a name cannot change its address between check and connection.
Sources: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890), RFC 6052, 3056, 4380.
"""

from __future__ import annotations

import socket
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Thread
from typing import TYPE_CHECKING

from tasks.sources.http.faults import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Address = IPv4Address | IPv6Address
    Resolver = Callable[[str, int], Sequence[str]]

_REFUSED: dict[IPv4Network | IPv6Network, str] = {
    ip_network(network): kind
    for kind, networks in {
        "this host": ("0.0.0.0/8", "::/128"),
        "loopback": ("127.0.0.0/8", "::1/128"),
        "private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
        "shared by a provider's customers": ("100.64.0.0/10",),
        "link-local": ("169.254.0.0/16", "fe80::/10"),
        "multicast": ("224.0.0.0/4", "ff00::/8"),
        "IPv4 inside IPv6": ("::ffff:0:0/96", "::ffff:0:0:0/96", "::/96"),
        "NAT64": ("64:ff9b::/96", "64:ff9b:1::/48"),
        "6to4": ("2002::/16", "192.88.99.0/24"),
        "Teredo": ("2001::/32",),
        "protocol assignments": ("192.0.0.0/24", "2001::/23"),
        "documentation": ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
        "benchmarking": ("198.18.0.0/15",),
        "reserved": ("240.0.0.0/4",),
    }.items()
    for network in networks
}
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


def refusal(address: Address) -> str | None:
    """Return what kind of address this is where it must not be connected to, or None where it is public."""
    for network, kind in _REFUSED.items():
        if address.version == network.version and address in network:
            return kind
    return None if address.version == 4 or address in _GLOBAL_IPV6 else "reserved"  # noqa: PLR2004 - IPv4 is its name


def checked_addresses(
    host: str, port: int, resolve: Resolver, allowed_loopback_ports: frozenset[int], seconds: float
) -> tuple[Address, ...]:
    """Return all addresses of a host, in the order to try them; none of them is refused.

    Raises:
        FetchError: `unreachable`, the name is unknown or was not resolved within `seconds`; `refused_address`, one or
            more of its addresses are not public. One is enough: honest names have no such address beside others.
    """
    addresses = tuple(dict.fromkeys(ip_address(text) for text in _look_up(host, port, resolve, seconds)))
    for address in addresses:
        if port in allowed_loopback_ports and any(address in network for network in _LOOPBACK):
            continue
        if kind := refusal(address):
            raise FetchError("refused_address", f"expected public addresses, got {host} at {address}: {kind}")
    return addresses


def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses that the system knows for a name."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _look_up(host: str, port: int, resolve: Resolver, seconds: float) -> Sequence[str]:
    """Resolve in a thread of its own, because the system's look-up can be given no time limit."""
    future: Future[Sequence[str]] = Future()

    def work() -> None:
        try:
            future.set_result(resolve(host, port))
        except (OSError, ValueError) as error:
            future.set_exception(error)

    Thread(target=work, name=f"resolve {host}", daemon=True).start()
    try:
        addresses = future.result(timeout=seconds)
    except TimeoutError:
        raise FetchError("unreachable", f"the name {host} was not resolved within {seconds:.0f} s") from None
    except (OSError, ValueError) as error:
        raise FetchError("unreachable", f"the name {host} could not be resolved: {error}") from None
    if not addresses:
        raise FetchError("unreachable", f"the name {host} has no address")
    return addresses
