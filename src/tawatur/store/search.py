"""What is kept for searching: the words of each article (``searching.words``), in the transaction that keeps the article.

Found is what stands in a story that has a head: of a page that changed the newest version alone, wherever repairs put it. A store
that is older than the index enters its articles little by little, with ``fill_search``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tawatur.model import Article, ArticleId, OutletKey, StoryHead, StoryId
from tawatur.searching.plan import Plan
from tawatur.searching.ranking import Candidate, Statistics
from tawatur.searching.terms import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """What answers a plan.

    ``found`` are the newest articles at most so many as were asked for, ``more`` says that there are others. ``loose`` says that
    they have some of the wanted words only, since none has all.
    """

    found: tuple[Candidate, ...]
    known: Statistics
    more: bool = False
    loose: bool = False


class SearchIndex(Protocol):
    """The part of the store's contract that concerns searching."""

    def find(self, plan: Plan, *, most: int, all_words: bool = True) -> Matches:
        """Return articles that answer a plan, at most ``most``.

        They have all wanted choices, where ``all_words`` is asked for and any article has; else those whose words tell most.
        """

    def heads(self, stories: Iterable[StoryId]) -> Mapping[StoryId, StoryHead]:
        """Return the heads of some stories; those that have none are left out."""

    def articles(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, Article]:
        """Return some articles; unknown ones are left out."""

    def outlets_of(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, OutletKey]:
        """Return the outlets of some articles; unknown ones are left out."""

    def suggest(self, typed: str, *, limit: int) -> tuple[Suggestion, ...]:
        """Return the most frequent names and words of headlines that begin as somebody typed; () below two letters."""

    def alike(self, beginnings: Iterable[str], *, limit: int) -> tuple[tuple[str, str, int], ...]:
        """Return (folded, as shown, articles) of the most frequent names and words by the two letters that they begin with."""

    def fill_search(self, limit: int) -> int:
        """Enter the next articles that the index lacks, in one transaction; return how many of them were done, 0 at the end.

        An index of an older version of the words is begun anew.
        """

    def forget_search(self) -> None:
        """Begin the index anew; ``fill_search`` enters every article again."""

    def to_fill(self) -> bool:
        """Say whether the index lacks articles, or is of an older version of the words."""
