"""The occasion of a report whose kind says by itself what one happening is.

All that is written about one match is one story: the two sides are the occasion. Prices of one market on one day are one story: the
market and the day are. Reports of other kinds have no occasion, and their words decide alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from tawatur.arabic.lexicon import lines, rows
from tawatur.stories.keys import keys_of

#: How many different words of sport the headline and lead of a report of sport hold at least.
SPORT = 3
#: How much a side counts for where it stands: in the headline, in the lead, behind it; and what a side needs in all.
HEADLINE, LEAD, BODY, NEEDED = 3, 2, 1, 3

MATCH = "match:"

Side = tuple[str, str]  # whether a club or a country, and its name


class Occasion(NamedTuple):
    """What a report is about where its kind says it, and the sides that a report of sport names in headline and lead."""

    key: str = ""  # "match:A|B" or "market:M:DAY", "" where there is none
    sides: frozenset[str] = frozenset()

    def tells(self, other: Occasion) -> bool:
        """Say whether a report names both sides of the match that another one is about."""
        return other.key.startswith(MATCH) and self.sides.issuperset(other.key.removeprefix(MATCH).split("|"))

    def parts(self, other: Occasion) -> bool:
        """Say whether two reports have occasions of one kind that differ, and none names both sides of the other's."""
        alike = self.key == other.key or self.key.partition(":")[0] != other.key.partition(":")[0]
        return self.key != "" and not (alike or self.tells(other) or other.tells(self))


def occasion(keys: Sequence[str], *, title: int, lead: int, time: datetime) -> Occasion:
    """Return the occasion of a report.

    ``keys`` are a profile's, of which the first ``title`` are the headline's and the next ``lead`` the lead's.
    """
    parts = keys[:title], keys[title : title + lead], keys[title + lead :]
    sport = len(_sport_words() & {*parts[0], *parts[1]})
    if not sport:
        return Occasion(_market(parts[0], parts[1], time))
    sides = [list(_sides_in(part)) for part in parts]
    named = frozenset(name for part in sides[:2] for _, name in part)
    return Occasion(_match(sides) if sport >= SPORT else _market(parts[0], parts[1], time), named)


def is_sport(opening: Iterable[str]) -> bool:
    """Say whether the keys of a headline and lead are those of a report of sport."""
    return len(_sport_words().intersection(opening)) >= SPORT


def _match(sides: Sequence[Sequence[Side]]) -> str:
    """Return the two sides that stand out: two clubs or two countries, never one of each (a club and its country)."""
    weights: Counter[Side] = Counter()
    for part, weight in zip(sides, (HEADLINE, LEAD, BODY), strict=True):
        for side in part:
            weights[side] += weight
    pairs = [pair for kind in ("clubs", "national_sides") if (pair := _two(weights, kind)) is not None]
    return max(pairs)[1] if pairs else ""


def _two(weights: Counter[Side], kind: str) -> tuple[int, str] | None:
    ranked = sorted(((weight, name) for (of, name), weight in weights.items() if of == kind), reverse=True)
    if len(ranked) < 2 or ranked[1][0] < NEEDED or (len(ranked) > 2 and ranked[1][0] == ranked[2][0]):
        return None
    names = sorted((ranked[0][1], ranked[1][1]))
    return ranked[0][0] + ranked[1][0], MATCH + "|".join(names)


def _sides_in(keys: Sequence[str]) -> Iterator[Side]:
    known = _sides()
    at = 0
    while at < len(keys):
        for name, side in known.get(keys[at], ()):
            if tuple(keys[at : at + len(name)]) == name:
                yield side
                at += len(name) - 1
                break
        at += 1


def _market(headline: Sequence[str], lead: Sequence[str], time: datetime) -> str:
    """Return the market that a report of prices is about, with its day."""
    if not _market_words().intersection(headline):
        return ""
    both = [*headline, *lead]
    named = [(sum(key in names for key in both), market) for market, names in _markets() if names & set(headline)]
    return f"market:{max(named)[1]}:{time:%Y-%m-%d}" if named else ""


@cache
def _sides() -> dict[str, list[tuple[tuple[str, ...], Side]]]:
    """Return the sides by the first key of their names, each with all keys of the name, the longest names first."""
    known: dict[tuple[str, ...], Side] = {}
    for kind in ("clubs", "national_sides"):
        for row in rows("tawatur.stories", f"{kind}.tsv"):
            for name in row:
                known.setdefault(keys_of(name), (kind, row[0]))
    found: dict[str, list[tuple[tuple[str, ...], Side]]] = {}
    for keys, side in sorted(known.items(), key=lambda one: -len(one[0])):
        found.setdefault(keys[0], []).append((keys, side))
    return found


@cache
def _sport_words() -> frozenset[str]:
    return frozenset(key for line in lines("tawatur.stories", "sport_words.txt") for key in keys_of(line))


@cache
def _markets() -> tuple[tuple[str, frozenset[str]], ...]:
    table = rows("tawatur.stories", "markets.tsv")
    return tuple((market, frozenset(key for name in names for key in keys_of(name))) for market, *names in table)


@cache
def _market_words() -> frozenset[str]:
    return frozenset(key for line in lines("tawatur.stories", "market_words.txt") for key in keys_of(line))
