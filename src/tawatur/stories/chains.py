"""Chains of stories: an affair followed from story to story, over weeks.

A link says that two stories are of one affair; a chain of links may drift from one affair into the next. So each further story must
share, with the one that leads to it, something of what the first link was about: a thread runs through the whole chain.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tawatur.model import Related, Relation, StoryId, Why
from tawatur.stories.keys import keys_of

#: How many stories a chain has at most beside its own, and how many of them may come after it where as many are before it.
MOST, AFTER = 12, 4
#: How many of the worthiest terms of the first link are the thread.
THREAD = 3

Links = Callable[[StoryId], Sequence[Related]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A story of the chain: how it stands to the one that the chain is of, and why it is linked to ``through``."""

    story: StoryId
    relation: Relation
    why: Why
    through: StoryId


def chain(story: StoryId, links: Links) -> tuple[Link, ...]:
    """Return the stories before and after one in the same affair: the nearest by links first, each once, never itself.

    ``links`` are what is related to a story, best first; cycles in them do no harm.
    """
    before, after = (_followed(story, links, way) for way in (Relation.BEFORE, Relation.AFTER))
    after = after[: max(AFTER, MOST - len(before))]
    seen = {one.story for one in after}
    return (*[one for one in before if one.story not in seen][: MOST - len(after)], *after)


def _followed(story: StoryId, links: Links, way: Relation) -> list[Link]:
    found: list[Link] = []
    seen = {story}
    waiting: deque[tuple[StoryId, frozenset[str] | None]] = deque([(story, None)])
    while waiting and len(found) < MOST:
        here, thread = waiting.popleft()
        for one in links(here):
            if one.relation is not way or one.story in seen:
                continue
            left = _keys(one.why.terms[:THREAD]) if thread is None else thread & _keys(one.why.terms)
            if left:
                seen.add(one.story)
                found.append(Link(story=one.story, relation=way, why=one.why, through=here))
                waiting.append((one.story, left))
    return found[:MOST]


def _keys(terms: Sequence[str]) -> frozenset[str]:
    return frozenset(key for term in terms for key in keys_of(term))
