"""Hosts, proxies and clients by address: which are trusted, and which count as one client."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from functools import lru_cache

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LOOPBACK = ("localhost", "*.localhost", "127.0.0.0/8", "[::1]")
EVERYWHERE = ("", "0.0.0.0", "::")
ANY = "*"
PORT = re.compile(r":\d{1,5}$")
NAME = re.compile(r"\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?")

LONGEST = 270
"""A name has 253 letters at most, and a port."""

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


class HostNames:
    """A list of names: `example.org`, `example.org:8443`, `*.example.org`, `10.0.0.0/8`, `*`."""

    def __init__(self, listed: Iterable[str]) -> None:
        names = {host_name(one) for one in listed}
        self._any = ANY in names
        self._networks = [ipaddress.ip_network(name, strict=False) for name in names if "/" in name]
        self._below = tuple(name[1:] for name in names if name.startswith("*."))
        self._names = names
        self._known = lru_cache(maxsize=1000)(self._look)

    def __contains__(self, host: str) -> bool:
        """Whether a Host is in the list, with its port or without."""
        return self._known(host) if len(host) <= LONGEST else self._any

    def _look(self, host: str) -> bool:
        host = host.lower()
        name = PORT.sub("", host)
        if self._any or host in self._names or name in self._names:
            return True
        return bool(self._below and name.endswith(self._below)) or self._in_network(name)

    def _in_network(self, name: str) -> bool:
        try:
            address = ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return any(address in network for network in self._networks)


def host_name(text: str) -> str:
    """A name as a Host field has it: letters beyond ASCII by IDNA, IPv6 in brackets, lower case.

    Raises ValueError for what is neither a name nor a network.
    """
    if "/" in text:
        return str(network_of(text))
    if text.count(":") > 1 and not text.startswith("["):
        text = f"[{text}]"
    name = (text if text.isascii() else text.encode("idna").decode("ascii")).lower()
    if NAME.fullmatch(name) is None:
        raise ValueError(
            f"host names like example.org, *.example.org, 10.0.0.0/8; {text!r} is none"
        )
    return name


def believed_hosts(listed: tuple[str, ...], host: str) -> tuple[str, ...]:
    """The names listed; where none are, loopback and what is listened on.

    An address to listen on that means all of them stands for the machine's name. Its addresses
    need no list: the one a connection comes in on is always believed.
    """
    if listed:
        return listed
    return (*LOOPBACK, socket.gethostname() if host in EVERYWHERE else host.partition("%")[0])


def origin_of(host: str, port: int) -> str:
    """What an address of http that is listened on begins with."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def network_of(text: str) -> Network:
    """An address or a network. Raises ValueError."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"addresses or networks, like 10.0.0.0/8; {text!r} is none") from None


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
        host = plain(address)
    except ValueError:
        return ""
    if host.version == 6:
        return str(ipaddress.ip_network((host, IPV6_CLIENT), strict=False))
    return str(host)
