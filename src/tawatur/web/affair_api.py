"""The affair of a story in the JSON interface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tawatur.web.agreement_api import WhyItem
from tawatur.web.reading import ChainedStory


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainItem:
    """A story of the same affair. ``relation`` is "before" or "after"; ``through`` is the story whose link leads to it."""

    id: str
    title: str
    relation: str
    first: datetime
    outlets: int
    independent: int
    through: str
    why: WhyItem


def chain_items(affair: Iterable[ChainedStory]) -> tuple[ChainItem, ...]:
    """Return the stories of an affair, in the order of time."""
    return tuple(
        ChainItem(
            id=one.head.id,
            title=one.head.title,
            relation=one.link.relation.value,
            first=one.head.first,
            outlets=len(one.head.outlets),
            independent=one.head.independent,
            through=one.link.through,
            why=WhyItem(key=one.link.why.key, score=one.link.why.score, terms=one.link.why.terms),
        )
        for one in affair
    )
