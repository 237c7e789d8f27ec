"""Lay a rewriting along its sources: which place of the cited sentences each of its words was taken from.

A rewriting is made of stretches of the cited sentences. Within a stretch word follows word as there; only what stands between
two signs may be left out. A stretch begins with a sentence (the first one may be a later clause, put before its sentence) and
ends where a clause does. Of all ways to lay it the one with the fewest breaks of these rules is found, word by word (dynamic
programming: words of the rewriting times words of the sources).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tawatur.stories.faithful_sources import Sources
from tawatur.stories.faithful_tokens import Token
from tawatur.stories.faithful_words import phrase

_CONJUNCTIONS = ("و", "ف")
#: What the ways of going on cost. A break of the rules costs more than all allowed ones of a sentence can together.
GAP, JUMP, JOINING, BROKEN, UNKNOWN = 1, 2, 3, 10_000, 10_001
#: A word with another conjunction than there, so that the one as it stands there is taken first.
_LOOSE = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A word of a rewriting with its place in the sources, None where it has none.

    ``joins`` says that it was put between two stretches; ``broken`` that it does not follow from the word before it by the rules.
    """

    place: int | None
    joins: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """The cheapest way to a state: the last place (-1 for none), whether a joining word stood behind it."""

    cost: int
    place: int
    joined: bool
    step: Step | None = None
    before: _Way | None = None


class _Ways:
    """The cheapest ways to all states behind a word, as the next one looks for them."""

    def __init__(self, found: Iterable[_Way], given: Sources) -> None:
        self.all = _cheapest(found)
        self.best = min(self.all, key=_by_cost)
        self.at = {way.place: way for way in self.all if not way.joined}
        closed = [way for way in self.all if way.place < 0 or given.closing[way.place]]
        self.joined = min((way for way in closed if way.joined), key=_by_cost, default=None)
        self.closed = min((way for way in closed if not way.joined), key=_by_cost, default=None)
        self.ended = [way for way in closed if way.place >= 0 and not way.joined]


def lay(rewriting: Sequence[Token], given: Sources) -> tuple[tuple[Step, ...], bool]:
    """Return a step for each token of a rewriting, and whether it ends where a clause does."""
    ways = _Ways([_Way(0, -1, joined=False)], given)
    where: dict[str, list[int]] = {}
    for place, token in enumerate(given.tokens):
        where.setdefault(bare(token.key), []).append(place)
    words = [one.text for one in rewriting]
    for at, token in enumerate(rewriting):
        places = [one for one in where.get(bare(token.key), ()) if given.tokens[one].quoted == token.quoted]
        found = [_to(ways, token, place, given) for place in places]
        found.append(
            _Way(ways.best.cost + UNKNOWN, ways.best.place, ways.best.joined, Step(None, broken=True), ways.best)
        )
        if phrase(words, at, "joins") and not token.quoted:
            found.extend(_joining(ways))
        ways = _Ways(found, given)
    ending = min(ways.ended, key=_by_cost, default=None)
    whole = ending is not None and ending.cost < ways.best.cost + BROKEN
    return _steps(ending if ending and whole else ways.best), whole


def bare(key: str) -> str:
    """Return a key without a conjunction."""
    return key[1:] if key[:1] in _CONJUNCTIONS and len(key) > 2 else key


def _joining(ways: _Ways) -> Iterator[_Way]:
    """Yield the ways on which a word is put between two stretches."""
    for way in (ways.joined, ways.closed):
        if way is not None:
            yield _Way(way.cost + JOINING, way.place, True, Step(None, joins=True), way)


def _to(ways: _Ways, token: Token, place: int, given: Sources) -> _Way:
    """Return the cheapest way to a place; one that breaks the rules where none keeps them."""
    loose = token.key != given.tokens[place].key
    found = [(way.cost + cost, way) for way, cost in _allowed(ways, token, place, given, loose=loose)]
    if not found:
        return _Way(ways.best.cost + BROKEN, place, False, Step(place, broken=True), ways.best)
    cost, way = min(found, key=lambda one: one[0])
    return _Way(cost, place, False, Step(place), way)


def _allowed(ways: _Ways, token: Token, place: int, given: Sources, *, loose: bool) -> Iterator[tuple[_Way, int]]:
    """Yield the ways that may go on to a place, with what that costs."""
    before = ways.at.get(place - 1)
    if before and not loose and not given.begins(place):
        yield before, 0
    over = ways.at.get(given.skipped.get(place, -2))
    if over and not loose:
        yield over, GAP
    if given.opening[place] or given.inner[place]:
        for way in (ways.joined, ways.closed):
            if way and way.place < 0 and given.inner[place]:
                yield way, JUMP + _LOOSE * loose
            elif way and given.opening[place]:
                if way.place < 0:
                    yield way, _LOOSE * loose
                elif way.joined or token.broken or token.text[:1] in _CONJUNCTIONS:
                    yield way, JUMP + _LOOSE * loose


def _by_cost(way: _Way) -> int:
    return way.cost


def _cheapest(ways: Iterable[_Way]) -> list[_Way]:
    best: dict[tuple[int, bool], _Way] = {}
    for way in ways:
        state = (way.place, way.joined)
        if state not in best or way.cost < best[state].cost:
            best[state] = way
    return list(best.values())


def _steps(last: _Way) -> tuple[Step, ...]:
    found: list[Step] = []
    way: _Way | None = last
    while way and way.step:
        found.append(way.step)
        way = way.before
    return tuple(reversed(found))
