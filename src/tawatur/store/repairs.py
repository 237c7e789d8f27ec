"""What is kept of repairs: where reports went and why, which story an old address leads to, and what people corrected.

A story without reports has ended: no list has it, and its address leads to where its reports are now, however often they went on
since. That is read off the repairs and the reports, so that no chain of addresses can break, or lead in a circle. A story that
has ended lives again when reports come back to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from tawatur.model import ArticleId, Correction, Decision, Repair, Repaired, RepairKind, StoryHead, StoryId


class Repairs(Protocol):
    """The part of the store's contract that concerns repairs."""

    def standing(self, story: StoryId) -> tuple[Decision, ...]:
        """Return why each report of a story stands there, oldest first; () where it has ended, or never was."""

    def current(self, article: ArticleId) -> ArticleId:
        """Return the version that stands for an article: itself, or the newer one that took its place."""

    def repair(
        self,
        repair: Repair,
        *,
        at: datetime,
        decisions: Sequence[Decision] = (),
        correction: int | None = None,
        undoing: bool = False,
    ) -> Repaired:
        """Carry out a repair and keep it, in one transaction.

        The reports leave with the older versions of their pages. ``decisions`` are those of them whose reason changes. Both stories
        become stale, and one without reports ends: what was related to it is related to the other one. A correction's stories are
        due to be looked at again.

        Raises:
            ArticleNotFound: one of the reports does not stand in ``origin``; nothing was changed.
        """

    def repairs(self, story: StoryId) -> tuple[Repaired, ...]:
        """Return the repairs of a story, on either side, in the order in which they were made."""

    def repairs_of(self, correction: int) -> tuple[Repaired, ...]:
        """Return the repairs that a correction made, and those that took it back, in their order."""

    def whereabouts(self, story: StoryId) -> tuple[StoryId, ...]:
        """Return the stories where the reports of one are now, the one with most of them first: itself where it lives.

        () where no story ever had this id.
        """

    def titles(self, stories: Iterable[StoryId]) -> Mapping[StoryId, str]:
        """Return the titles that stories have, or had at last; those that never had one are left out."""

    def put_head(self, head: StoryHead) -> None:
        """Keep a story's new head at once; it stays stale, if it is.

        Raises:
            StoryNotFound: no story that lives has this id.
        """

    def due(self, limit: int) -> tuple[StoryId, ...]:
        """Return the stories that are to be looked at again, in the order of ``stale``."""

    def looked_at(self, story: StoryId) -> None:
        """Note that a story was looked at again."""

    def add_correction(self, correction: Correction) -> Correction:
        """Keep a correction; return it with its number."""

    def undo_correction(self, number: int, *, at: datetime, who: str) -> Correction:
        """Note that a correction is undone; return it so.

        Raises:
            CorrectionNotFound: none has this number.
        """

    def correction(self, number: int) -> Correction:
        """Return a correction, as it was made.

        Raises:
            CorrectionNotFound: none has this number.
        """

    def corrections(self) -> tuple[Correction, ...]:
        """Return the corrections that are not undone, oldest first, of the versions that stand for their reports now."""


def left(story: StoryId, repairs: Sequence[Repaired]) -> tuple[ArticleId, ...]:
    """Return the reports that tell where a story went that has ended, of its repairs in their order.

    Where it was merged, those that it had then; where they went one by one, all that left.
    """
    found: list[ArticleId] = []
    for one in repairs:
        if one.repair.origin == story:
            before = [] if one.repair.kind is RepairKind.MERGE else found
            found = [*before, *one.repair.articles]
    return tuple(dict.fromkeys(found))


def by_most(stories: Iterable[StoryId]) -> tuple[StoryId, ...]:
    """Return stories, each once: the one that comes most often first, then by id."""
    counts = Counter(stories)
    return tuple(sorted(counts, key=lambda story: (-counts[story], story)))


def renewed(correction: Correction, newest: Mapping[ArticleId, ArticleId]) -> Correction:
    """Return a correction of the versions that stand for its reports now."""
    one, other = correction.apart
    return replace(
        correction,
        together=_newest(correction.together, newest),
        apart=(_newest(one, newest), _newest(other, newest)),
    )


def _newest(articles: Iterable[ArticleId], newest: Mapping[ArticleId, ArticleId]) -> tuple[ArticleId, ...]:
    return tuple(dict.fromkeys(newest.get(article, article) for article in articles))
