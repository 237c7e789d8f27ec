"""What was new in each report: the sentences that no earlier report of the story had said."""

from __future__ import annotations

from collections.abc import Sequence, Set

from tawatur.model import ArticleId, Novelty, Saying
from tawatur.stories.told import Told, Unit

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
            article = sentences[0].article
            found.append(_novelty(article, sentences, said) if at else Novelty(article=article, share=1.0, first=()))
            for one in sentences if at + 1 < len(told_by) else ():
                said.update(one.units)
    return tuple(found)


def _novelty(article: ArticleId, sentences: Sequence[Told], said: Set[Unit]) -> Novelty:
    fresh = {one: one.weight - _known(one, said) for one in sentences}
    whole = sum(one.weight for one in sentences) or 1
    return Novelty(article=article, share=round(sum(fresh.values()) / whole, 3), first=_first(fresh))


def _known(one: Told, said: Set[Unit]) -> int:
    units = one.units
    return sum([units[unit] for unit in said & units.keys()])


def _first(fresh: dict[Told, int]) -> tuple[Saying, ...]:
    """Return the sentences that say most that is new, in the order of the report."""
    new = [one for one, weight in fresh.items() if one.words >= FEWEST and not one.asks and weight >= NEW * one.weight]
    best = sorted(new, key=lambda one: (-fresh[one], one.place))[:MOST]
    return tuple(Saying(article=one.article, span=one.span) for one in sorted(best, key=lambda one: one.place))
