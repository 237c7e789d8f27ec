"""Which addresses may be connected to. Pure: an address in, the name of what is wrong with it out.

The tables follow the IANA registries of special-purpose addresses (RFC 6890 and its successors). For IPv4 everything outside
the table is public; for IPv6 only what is inside 2000::/3 and outside the table, and the translated addresses of 64:ff9b::/96
(RFC 6052) whose IPv4 address is public: behind DNS64 that is how every IPv4 host looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_SPECIAL_4 = tuple(
    (IPv4Network(network), name)
    for network, name in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "cgnat"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "6to4"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "benchmark"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_SPECIAL_6 = tuple(
    (IPv6Network(network), name)
    for network, name in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "mapped"),
        ("::ffff:0:0:0/96", "translated"),
        ("::/96", "compatible"),
        ("64:ff9b:1::/48", "translated"),
        ("100::/64", "discard"),
        ("2001::/32", "teredo"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "reserved"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "reserved"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")
#: Where clouds answer a machine's own questions, credentials among them. One of them looks public.
_METADATA = frozenset(
    ip_address(address)
    for address in (
        "169.254.169.254",  # most clouds
        "169.254.170.2",  # tasks of containers
        "169.254.170.23",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
    )
)


def special(address: Address) -> str | None:
    """Return what makes an address no public one ("loopback", "metadata"), or None where it is public."""
    if address in _METADATA:
        return "metadata"
    if isinstance(address, IPv4Address):
        return next((name for network, name in _SPECIAL_4 if address in network), None)
    if address.scope_id is not None:
        return "scoped"
    if address in _TRANSLATED:
        return special(IPv4Address(int(address) & 0xFFFFFFFF))
    if found := next((name for network, name in _SPECIAL_6 if address in network), None):
        return found
    return None if address in _PUBLIC_6 else "reserved"


@dataclass(frozen=True)
class Permits:
    """What may be fetched from although it is not public. ``items`` are host names, addresses and networks."""

    items: tuple[str, ...] = ()

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """Return the networks that were named."""
        return tuple(network for item in self.items if (network := _network(item)) is not None)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Return the host names that were named."""
        return frozenset(item.lower().rstrip(".") for item in self.items if _network(item) is None)

    def names(self, host: str) -> bool:
        """Say whether a host was named, by its name or its address."""
        if host in self.hosts:
            return True
        address = literal(host)
        return address is not None and self._holds(address)

    def refuses(self, address: Address, host: str = "") -> str | None:
        """Return what makes an address one that may not be connected to, or None.

        ``host`` is the name that led to it. A metadata address must be named itself: that it lies inside a network that was
        named, or behind a name, is most likely an accident.
        """
        found = special(address)
        if found is None or self._exactly(address):
            return None
        if found == "metadata":
            return found
        return None if host in self.hosts or self._holds(address) else found

    def _holds(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self.networks)

    def _exactly(self, address: Address) -> bool:
        return any(network.num_addresses == 1 and address == network.network_address for network in self.networks)


def literal(host: str) -> Address | None:
    """Return the address that a host is, in its common spelling, or None where it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _network(item: str) -> Network | None:
    try:
        return ip_network(item, strict=False)
    except ValueError:
        return None
