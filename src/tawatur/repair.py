"""The nouns of repair: a change of what was decided before, what people correct, and the constraints that the machine obeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from tawatur.ids import ArticleId, StoryId
from tawatur.story import Decision, Why


class RepairKind(StrEnum):
    """What a repair does to stories."""

    MOVE = "move"  # some reports go from one story to another
    MERGE = "merge"  # all reports of a story go to another, and its address leads there
    SPLIT = "split"  # some reports leave a story and become one of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A grouping decision taken again: which articles leave ``origin`` for ``target``.

    A split's target is a new story. As proposed it is a wish: where a story that lives has the id, another is made.
    """

    kind: RepairKind
    articles: tuple[ArticleId, ...]  # oldest first; of a merge as proposed, all that the window holds of ``origin``
    origin: StoryId
    target: StoryId
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A repair as it is kept. Numbers grow in the order in which repairs were made."""

    number: int
    repair: Repair
    at: datetime  # of the machine's: when the reading began
    before: tuple[Decision, ...] = ()  # the decisions of which it changed the reason, as they were
    correction: int | None = None  # the number of the correction that it belongs to; None: the machine's own
    undoing: bool = False  # it takes its correction back


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person corrected of stories: a constraint that the machine obeys until it is undone.

    The reports of ``together`` stand in one story; none of one side of ``apart`` stands in a story with one of the other.
    """

    kind: RepairKind
    who: str  # "" where no name was given
    note: str
    at: datetime
    together: tuple[ArticleId, ...] = ()
    apart: tuple[tuple[ArticleId, ...], tuple[ArticleId, ...]] = ((), ())
    number: int = 0  # the store gives it; 0 before
    undone: datetime | None = None
    undone_by: str = ""

    @property
    def articles(self) -> frozenset[ArticleId]:
        """Return all reports that it says something of."""
        return frozenset(self.together).union(*self.apart)


@dataclass(frozen=True, kw_only=True)
class Constraints:
    """What people have decided and no machine undoes.

    ``together`` are groups of reports, none in two of them, each of which stands in one story whole. ``apart`` are pairs of sides:
    no report of one stands in a story with one of the other.
    """

    together: tuple[frozenset[ArticleId], ...] = ()
    apart: tuple[tuple[frozenset[ArticleId], frozenset[ArticleId]], ...] = ()

    def tied(self, article: ArticleId) -> frozenset[ArticleId]:
        """Return the reports that stand in one story with a report, itself among them."""
        return self._tied.get(article, frozenset((article,)))

    def parted(self, article: ArticleId) -> frozenset[ArticleId]:
        """Return the reports that stand in no story with a report."""
        return self._parted.get(article, frozenset())

    def binds(self, one: ArticleId, other: ArticleId) -> bool:
        """Say whether two articles must stand in one story."""
        return other in self.tied(one)

    def parts(self, one: ArticleId, other: ArticleId) -> bool:
        """Say whether two articles must not stand in one story."""
        return other in self.parted(one)

    @cached_property
    def _tied(self) -> dict[ArticleId, frozenset[ArticleId]]:
        return {article: group for group in self.together for article in group}

    @cached_property
    def _parted(self) -> dict[ArticleId, frozenset[ArticleId]]:
        found: dict[ArticleId, frozenset[ArticleId]] = {}
        for one, other in self.apart:
            for here, there in ((one, other), (other, one)):
                for article in here:
                    found[article] = found[article] | there if article in found else there
        return found
