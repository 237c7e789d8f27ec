"""How long whoever failed has to wait before he may try again. Pure: counts and the time go in, a wait comes out.

Failures are counted for an address *as it is tried from a network*, never for an address alone: whoever guesses at somebody's
password from elsewhere makes himself wait, and not him. A browser in which somebody has signed in before has a signed cookie, and
is counted by that alone: nothing that others do in his network makes him wait either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from tawatur.store.readers import Failures

#: Failures that are older count no more.
REMEMBERED = timedelta(days=1)
#: What is counted of a network: one household or phone has a /64 of IPv6, and an address of IPv4.
_OF_IPV4, _OF_IPV6 = 32, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """So many failures are free; each one behind them doubles the wait, up to the longest."""

    free: int
    first: timedelta
    longest: timedelta


#: An address from a network: a typing mistake or four cost nothing, a guesser gets a hundred a day.
PAIR = Rule(free=5, first=timedelta(seconds=15), longest=timedelta(minutes=15))
#: All addresses from a network: an office of people who mistype behind one address, and not a list of stolen passwords.
NETWORK = Rule(free=50, first=timedelta(seconds=5), longest=timedelta(minutes=5))
#: A browser that is known to its reader.
DEVICE = Rule(free=10, first=timedelta(seconds=5), longest=timedelta(minutes=5))
#: Letters to one address: more would be a nuisance for whoever has it. The longest wait is shorter than any link lasts, so that
#: nobody is kept from his password by others who ask for it in his name.
LETTERS = Rule(free=3, first=timedelta(minutes=5), longest=timedelta(hours=1))
#: Letters that are asked for from a network.
ASKING = Rule(free=20, first=timedelta(seconds=30), longest=timedelta(minutes=15))


def wait(failures: Failures | None, rule: Rule, now: datetime) -> timedelta | None:
    """Return how long is still to wait, or None: it may be tried now."""
    if failures is None or failures.count < rule.free or now - failures.last >= REMEMBERED:
        return None
    delay = min(rule.longest, rule.first * 2 ** min(failures.count - rule.free, 20))
    left = failures.last + delay - now
    return left if left > timedelta() else None


def network_of(address: str) -> str:
    """Return the network that an address is counted with; the address itself where it is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    length = _OF_IPV4 if found.version == 4 else _OF_IPV6
    return str(ip_network(f"{found}/{length}", strict=False)) if length < found.max_prefixlen else str(found)
