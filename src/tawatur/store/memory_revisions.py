"""The versions of pages in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tawatur.model import ArticleId, Decision, OutletKey
from tawatur.store.revisions import MOST_VERSIONS, Forerunner
from tawatur.stories.revision import Revision


class MemoryRevisions:
    """``Revisions`` in memory. A dictionary keeps the order in which articles were added, which settles equal times."""

    def __init__(self) -> None:
        super().__init__()
        self._decisions: dict[ArticleId, Decision] = {}
        self._revisions: dict[ArticleId, Revision] = {}
        self._chains: dict[ArticleId, dict[ArticleId, None]] = defaultdict(dict)
        self._chains_at: dict[tuple[OutletKey, str], dict[ArticleId, None]] = defaultdict(dict)
        #: Which version stands for an article that is neither grouped nor shown in a story any more.
        self._newer: dict[ArticleId, ArticleId] = {}

    def at_address(self, outlet: OutletKey, address: str) -> tuple[Revision, ...]:
        chains = [self._in_order(chain) for chain in self._chains_at[outlet, address]] if address else []
        found = [one for chain in chains for one in chain]
        latest = sorted(found, key=lambda one: one.at)[-MOST_VERSIONS:]
        return tuple(one for one in found if one in latest)

    def revisions(self, article: ArticleId) -> tuple[Revision, ...]:
        known = self._revisions.get(article)
        return self._in_order(known.chain) if known else ()

    def _in_order(self, chain: ArticleId) -> tuple[Revision, ...]:
        return tuple(sorted((self._revisions[one] for one in self._chains[chain]), key=lambda one: one.at))

    def forerunner(self, article: ArticleId) -> Forerunner | None:
        for one in self.revisions(article):
            decision = self._decisions.get(one.article)
            if one.article != article and decision and one.article not in self._newer:
                return Forerunner(article=one.article, story=decision.story)
        return None

    def _put_revisions(self, revisions: Iterable[Revision]) -> None:
        """Keep places in chains; of each chain only the newest version waits to be grouped."""
        for one in revisions:
            self._revisions[one.article] = one
            self._chains[one.chain].setdefault(one.article)
            self._chains_at[one.outlet, one.address].setdefault(one.chain)
            newest = self._in_order(one.chain)[-1].article
            self._stand_for(newest, one.chain, but=self._decisions)

    def _take_place(self, article: ArticleId) -> None:
        """Let a version that was placed stand for all others of its chain."""
        if article in self._revisions:
            self._stand_for(article, self._revisions[article].chain, but={})

    def _stand_for(self, newest: ArticleId, chain: ArticleId, *, but: Mapping[ArticleId, object]) -> None:
        self._newer |= {one: newest for one in self._chains[chain] if one != newest and one not in but}
