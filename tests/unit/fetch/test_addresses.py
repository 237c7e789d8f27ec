"""Which addresses are public: the tables, against the standard library's and against themselves."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.fetch.addresses import Permits, special

PRIVATE_4 = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
]
RESERVED_4 = [
    "192.0.0.0/24",
    "192.0.2.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
SPECIAL_6 = ["::/8", "100::/64", "64:ff9b:1::/48", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]
SPECIAL_6 += ["4000::/2", "8000::/1", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"]


def inside(network: IPv4Network | IPv6Network) -> st.SearchStrategy[IPv4Address | IPv6Address]:
    return st.integers(int(network[0]), int(network[-1])).map(lambda number: type(network[0])(number))


fours = st.one_of(
    st.ip_addresses(v=4), st.sampled_from([IPv4Network(one) for one in (*PRIVATE_4, *RESERVED_4)]).flatmap(inside)
)
sixes = st.one_of(st.ip_addresses(v=6), st.sampled_from([IPv6Network(one) for one in SPECIAL_6]).flatmap(inside))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("127.0.0.1", "loopback"), ("127.255.255.254", "loopback"), ("0.0.0.0", "unspecified"), ("0.1.2.3", "unspecified"),
        ("10.20.30.40", "private"), ("172.16.0.1", "private"), ("172.31.255.255", "private"), ("172.32.0.1", None),
        ("192.168.1.1", "private"), ("100.64.0.1", "cgnat"), ("100.127.255.255", "cgnat"), ("100.128.0.1", None),
        ("169.254.1.1", "link-local"), ("169.254.169.254", "metadata"), ("169.254.170.2", "metadata"),
        ("100.100.100.200", "metadata"), ("168.63.129.16", "metadata"), ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"), ("240.0.0.1", "reserved"), ("192.0.0.8", "reserved"), ("198.19.0.1", "benchmark"),
        ("203.0.113.9", "documentation"), ("8.8.8.8", None), ("1.1.1.1", None),
        ("::", "unspecified"), ("::1", "loopback"), ("::ffff:8.8.8.8", "mapped"), ("::ffff:127.0.0.1", "mapped"),
        ("::ffff:0:127.0.0.1", "translated"), ("::127.0.0.1", "compatible"), ("64:ff9b::8.8.8.8", None),
        ("64:ff9b::127.0.0.1", "loopback"), ("64:ff9b::a9fe:a9fe", "metadata"), ("64:ff9b:1::8.8.8.8", "translated"),
        ("2002:7f00:1::", "6to4"), ("2001:0:7f00:1::", "teredo"), ("fd00:ec2::254", "metadata"), ("fd12::1", "private"),
        ("fe80::1", "link-local"), ("fe80::1%eth0", "scoped"), ("2606:4700::1111%1", "scoped"), ("fec0::1", "private"),
        ("ff02::1", "multicast"), ("2001:db8::1", "documentation"), ("4000::1", "reserved"), ("100::1", "discard"),
        ("2606:4700:4700::1111", None), ("2001:67c:2e8::1", None), ("2a00:1450::1", None),
    ],
)  # fmt: skip
def test_an_address_is_public_or_has_a_name(address: str, name: str | None) -> None:
    assert special(ip_address(address)) == name


@given(st.one_of(fours, sixes))
def test_what_the_standard_library_calls_private_is_never_public_here(address: IPv4Address | IPv6Address) -> None:
    nat64 = isinstance(address, IPv6Address) and address in IPv6Network("64:ff9b::/96")
    if special(address) is None and not nat64:
        assert address.is_global
        others = ("is_private", "is_loopback", "is_link_local", "is_multicast", "is_reserved", "is_unspecified")
        assert not any(getattr(address, other) for other in others)


@given(st.sampled_from([IPv4Network(one) for one in (*PRIVATE_4, *RESERVED_4)]).flatmap(inside))
def test_a_special_address_stays_special_in_every_disguise_of_ipv6(address: IPv4Address) -> None:
    number = int(address)
    for disguise in (
        IPv6Address(number),
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(0xFFFF << 48 | number),
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),
        IPv6Address(int(IPv6Address("64:ff9b:1::")) | number),
        IPv6Address(0x2002 << 112 | number << 80),
        IPv6Address(0x2001 << 112 | number << 64),
        IPv6Address(0x2001 << 112 | number ^ 0xFFFFFFFF),
    ):
        assert special(disguise) is not None, disguise


@given(fours)
def test_the_translated_address_of_a_public_host_is_public_and_no_other(address: IPv4Address) -> None:
    translated = IPv6Address(int(IPv6Address("64:ff9b::")) | int(address))
    assert special(translated) == special(address)


@given(st.one_of(fours, sixes))
def test_nothing_that_is_not_public_passes_without_a_permit(address: IPv4Address | IPv6Address) -> None:
    assert Permits().refuses(address) == special(address)
    assert Permits(("intra.example",)).refuses(address, "news.example") == special(address)


@given(fours)
def test_a_permit_for_everything_still_keeps_metadata_away(address: IPv4Address) -> None:
    everything = Permits(("0.0.0.0/0", "::/0"))
    assert everything.refuses(address) == ("metadata" if special(address) == "metadata" else None)


def test_permits_hold_networks_addresses_and_names() -> None:
    permits = Permits(("10.1.0.0/16", "127.0.0.1", "Intra.Example.", "fd12::/32", "169.254.169.254"))
    assert permits.refuses(ip_address("10.1.2.3")) is None
    assert permits.refuses(ip_address("10.2.2.3")) == "private"
    assert permits.refuses(ip_address("127.0.0.1")) is None
    assert permits.refuses(ip_address("127.0.0.2")) == "loopback"
    assert permits.refuses(ip_address("fd12::5")) is None
    assert permits.refuses(ip_address("192.168.0.9"), "intra.example") is None
    assert permits.refuses(ip_address("192.168.0.9"), "other.example") == "private"
    assert permits.refuses(ip_address("169.254.169.254")) is None
    assert permits.refuses(ip_address("169.254.170.2"), "intra.example") == "metadata"
    assert permits.names("intra.example")
    assert permits.names("10.1.9.9")
    assert not permits.names("news.example")
