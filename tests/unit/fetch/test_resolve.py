"""Names to addresses: both locks, each by itself."""

import asyncio
import socket
from collections.abc import Sequence

import pytest

from tawatur.fetch.addresses import Permits
from tawatur.fetch.resolve import Forbidden, GuardedResolver, SystemLookup


def resolver(addresses: dict[str, Sequence[str]], *allowed: str) -> GuardedResolver:
    async def lookup(host: str) -> Sequence[str]:
        return addresses.get(host, ())

    return GuardedResolver(lookup, Permits(allowed))


def info(address: str) -> tuple[object, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 80)


def test_all_addresses_of_a_name_come_back_checked_in_their_order() -> None:
    found = asyncio.run(resolver({"a.example": ["2606:4700::1111", "8.8.8.8"]}).resolve("a.example", 443))
    assert [(one["host"], one["port"], one["family"]) for one in found] == [
        ("2606:4700::1111", 443, socket.AF_INET6),
        ("8.8.8.8", 443, socket.AF_INET),
    ]


@pytest.mark.parametrize("bad", ["10.0.0.1", "::1", "fe80::1%lo", "::ffff:8.8.8.8", "no address", "169.254.169.254"])
def test_one_bad_address_spoils_the_name(bad: str) -> None:
    with pytest.raises(Forbidden):
        asyncio.run(resolver({"a.example": ["8.8.8.8", bad]}).resolve("a.example"))


def test_a_name_without_addresses_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match="no address"):
        asyncio.run(resolver({}).resolve("a.example"))


@pytest.mark.parametrize("bad", ["10.0.0.1", "::1", "127.0.0.1", "169.254.169.254"])
def test_no_socket_is_made_for_a_bad_address_whoever_found_it(bad: str) -> None:
    with pytest.raises(Forbidden):
        resolver({}).socket(info(bad))


def test_a_socket_is_made_for_what_is_public_or_was_allowed() -> None:
    guard = resolver({"intra.example": ["10.0.0.1"]}, "intra.example", "127.0.0.1")
    asyncio.run(guard.resolve("intra.example"))
    for address in ("8.8.8.8", "127.0.0.1", "10.0.0.1"):
        with guard.socket(info(address)) as made:
            assert made.getblocking() is False
    with pytest.raises(Forbidden):
        guard.socket(info("10.0.0.2"))


def test_the_system_is_asked_in_threads_of_its_own() -> None:
    async def journey() -> Sequence[str]:
        lookup = SystemLookup(2)
        try:
            return await lookup("localhost")
        finally:
            lookup.close()

    found = asyncio.run(journey())
    assert set(found) <= {"127.0.0.1", "::1"}
    assert found
