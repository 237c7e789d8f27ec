"""What became of a story: its repairs with who made them, the other story of each, and the reports that went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tawatur.model import Article, ArticleId, Correction, Repaired, RepairKind, StoryId
from tawatur.stories.lead import lead_of


class Kept(Protocol):
    """What is asked of a store."""

    def repairs(self, story: StoryId) -> tuple[Repaired, ...]:
        """Return the repairs of a story, on either side, in their order."""

    def correction(self, number: int) -> Correction:
        """Return a correction."""

    def titles(self, stories: Iterable[StoryId]) -> Mapping[StoryId, str]:
        """Return the titles that stories have, or had at last."""

    def article(self, article: ArticleId) -> Article:
        """Return one article."""

    def whereabouts(self, story: StoryId) -> tuple[StoryId, ...]:
        """Return the stories where the reports of one are now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One repair as the history of a story tells it. ``came`` says that the reports came to it, not that they left it."""

    repaired: Repaired
    correction: Correction | None
    came: bool
    other: StoryId
    title: str  # of the other story, as last shown; "" where it never was
    reports: tuple[tuple[ArticleId, str], ...]  # that went, each with its headline

    @property
    def key(self) -> str:
        """Return the message key that tells it: "history.merge.came"."""
        return f"history.{self.repaired.repair.kind}.{'came' if self.came else 'left'}"

    @property
    def standing(self) -> bool:
        """Say whether it is a correction's that is not undone."""
        return self.correction is not None and self.correction.undone is None and not self.repaired.undoing


def history(store: Kept, story: StoryId) -> tuple[Chapter, ...]:
    """Return what became of a story, the earliest first; () where nothing did."""
    repairs = store.repairs(story)
    others = {one.number: _other(one, story) for one in repairs}
    titles = store.titles(others.values())
    return tuple(
        Chapter(
            repaired=one,
            correction=None if one.correction is None else store.correction(one.correction),
            came=one.repair.target == story,
            other=others[one.number],
            title=titles.get(others[one.number], ""),
            reports=tuple((article, _headline(store.article(article))) for article in one.repair.articles),
        )
        for one in repairs
    )


def _other(one: Repaired, story: StoryId) -> StoryId:
    return one.repair.origin if one.repair.target == story else one.repair.target


def _headline(article: Article) -> str:
    return article.title or lead_of(article)


def absorbed(store: Kept, story: StoryId) -> tuple[tuple[StoryId, str], ...]:
    """Return the stories that were merged into one, or into one of those, and still are, with their titles; the latest first.

    Those that never had a title were never shown, and are left out.
    """
    found: dict[StoryId, None] = {}
    asked = [story]
    for target in asked:
        merged = [one.repair for one in store.repairs(target) if one.repair.kind is RepairKind.MERGE]
        into = [one.origin for one in reversed(merged) if one.target == target and one.origin not in asked]
        found |= dict.fromkeys(one for one in into if store.whereabouts(one) == (story,))
        asked += dict.fromkeys(into)
    titles = store.titles(found)
    return tuple((one, titles[one]) for one in found if titles.get(one))
