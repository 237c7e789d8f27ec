"""How a feed is doing, judged from what it holds and when it was read. Pure: ``now`` is an argument.

A feed is stale when nothing new has come for ``STALE_GAPS`` times its usual gap, but never before ``SHORTEST`` and always after
``LONGEST``: a daily that rests on Friday and Saturday is not stale, a monthly is not stale after a week.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tawatur.ids import OutletKey

STALE_GAPS = 10
SHORTEST = timedelta(days=3)
LONGEST = timedelta(days=120)
#: What a feed of one entry, which tells no gap, is held to.
UNKNOWN_GAP = timedelta(days=3)
#: A feed that answers more slowly than this, in seconds, is slow. ``source.SLOW_SECONDS`` holds the crawl to the same.
SLOW_SECONDS = 10.0
_ARABIC = ("\u0620", "\u06ff")


class State(StrEnum):
    """How a feed is doing. In the order in which a list shows them: what needs a hand comes last."""

    LIVE = "live"
    SLOW = "slow"
    MOVED = "moved"  # it answers, but for good from another address
    STALE = "stale"
    EMPTY = "empty"
    ROBOTS = "robots"  # the outlet does not want to be read by machines
    DEAD = "dead"


#: What can go on as it is; the others want a hand.
FINE = frozenset({State.LIVE, State.SLOW, State.MOVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a feed holds. ``gap`` is the mean time between entries, None where no two have a time; shares are from 0 to 1."""

    title: str = ""
    entries: int = 0
    latest: datetime | None = None
    gap: timedelta | None = None
    whole: float = 0.0  # the share of entries that are the whole report
    arabic: float = 0.0  # the share of Arabic letters among all letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What trying a feed brought. ``reason`` is a message key ("fetch.gone"), "" where nothing is wrong; times are UTC."""

    outlet: OutletKey
    url: str
    state: State
    at: datetime
    seconds: float = 0.0
    reason: str = ""
    detail: str = ""
    moved: str = ""  # where it stands from now on
    contents: Contents | None = None


def arabic_share(text: str) -> float:
    """Return which share of the letters of a text is Arabic, from 0 to 1."""
    letters = [char for char in text if char.isalpha()]
    return sum(_ARABIC[0] <= char <= _ARABIC[1] for char in letters) / len(letters) if letters else 0.0


def judged(check: Check, *, slow: float = SLOW_SECONDS) -> Check:
    """Return a check of a feed that was read with its state: the worst that holds. What was no feed stays what it is."""
    found = check.contents
    if found is None:
        return check
    if not found.entries:
        return replace(check, state=State.EMPTY)
    if found.latest is not None and check.at - found.latest > patience(found.gap):
        return replace(check, state=State.STALE)
    if check.moved:
        return replace(check, state=State.MOVED)
    return replace(check, state=State.SLOW if check.seconds > slow else State.LIVE)


def patience(gap: timedelta | None) -> timedelta:
    """Return after how long without anything new a feed with this gap is stale."""
    return min(max(STALE_GAPS * (UNKNOWN_GAP if gap is None else gap), SHORTEST), LONGEST)
