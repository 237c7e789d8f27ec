"""What was new in each report: the sentences that no earlier report of the story had said."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.model import Novelty, Saying
from tawatur.stories.told import Told, Unit, rarity

#: The share of what a sentence says that no earlier report has said, from which on it is new, and how many are named.
NEW, MOST = 0.65, 3
#: A sentence of fewer words is not named.
FEWEST = 8


def novelties(told_by: Sequence[Sequence[Told]]) -> tuple[Novelty, ...]:
    """Return what each report was the first to say. ``told_by`` are the reports' sentences, the reports in the order of time.

    The first report has said everything first, so that nothing of it is named.
    """
    said: set[Unit] = set()
    found: list[Novelty] = []
    for at, sentences in enumerate(told_by):
        if sentences:
            fresh = {one: _fresh(one, said) for one in sentences}
            whole = sum(one.weight for one in sentences) or 1
            share = sum(fresh.values()) / whole if at else 1.0
            first = _first(fresh) if at else ()
            found.append(Novelty(article=sentences[0].article, share=round(share, 3), first=first))
            said.update(unit for one in sentences for unit in one.units)
    return tuple(found)


def _fresh(one: Told, said: set[Unit]) -> int:
    return sum(rarity(unit) for unit in one.units if unit not in said)


def _first(fresh: dict[Told, int]) -> tuple[Saying, ...]:
    """Return the sentences that say most that is new, in the order of the report."""
    new = [one for one, weight in fresh.items() if one.words >= FEWEST and not one.asks and weight >= NEW * one.weight]
    best = sorted(new, key=lambda one: (-fresh[one], one.place))[:MOST]
    return tuple(Saying(article=one.article, span=one.span) for one in sorted(best, key=lambda one: one.place))
