"""Addresses of clients and proxies: which are believed, and which count as one client."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

IPV6_CLIENT = 64
"""Bits of an IPv6 address that are one client's: he has all addresses within."""


class TrustedProxies:
    """The proxies whose X-Forwarded-* headers are believed."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._networks = tuple(network_of(one) for one in listed)
        self._known = lru_cache(maxsize=1000)(self._look)

    def __contains__(self, address: str) -> bool:
        return self._known(address)

    def _look(self, address: str) -> bool:
        try:
            found = plain(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)

    def client(self, forwarded: str, peer: str) -> str:
        """The client in an X-Forwarded-For: the last one that no trusted proxy is.

        Each proxy appends whom it heard from, so that only the entries behind the trusted ones are
        somebody's word alone.
        """
        for entry in reversed(forwarded.split(",")):
            address = without_port(entry.strip())
            try:
                peer = str(plain(address))
            except ValueError:
                return peer
            if address not in self:
                return peer
        return peer


def network_of(text: str) -> Network:
    """An address or a network. Raises ValueError."""
    return ipaddress.ip_network(text, strict=False)


def plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address; one of IPv4 that is written as IPv6 is what it is. Raises ValueError."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return getattr(found, "ipv4_mapped", None) or found


def without_port(entry: str) -> str:
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry


@lru_cache(maxsize=10_000)
def client_key(address: str) -> str:
    """What counts as one client; nothing for what is no address, as the end of a pipe."""
    try:
        found = plain(address)
    except ValueError:
        return ""
    if found.version == 6:
        return str(ipaddress.ip_network((found, IPV6_CLIENT), strict=False))
    return str(found)
