"""Related stories: another happening with the same people or places in the same days; context, not the same story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tawatur.model import Related, StoryId, Why
from tawatur.stories.background import background
from tawatur.stories.entry import Entry, entry, family_key
from tawatur.stories.profile import Member, Profile
from tawatur.stories.similarity import Idf, likeness
from tawatur.stories.why import shared_terms
from tawatur.stories.window import frequencies

#: How many related stories one story names.
MOST = 5
#: From which likeness of its nearest two reports on another story is context: where both name a person, where both name a place,
#: and where they share words only.
NEAR, NEAR_BY_PLACE, NEAR_BY_WORDS = 0.07, 0.12, 0.22


def related(story: StoryId, members: Iterable[Member]) -> tuple[Related, ...]:
    """Return the stories related to one, nearest first.

    ``members`` are the grouped articles of the days around it, its own among them, as the store recalls them.
    """
    entries = sorted((entry(member) for member in members), key=lambda held: (held.time, held.article))
    idf = background().idf_over(frequencies(entries), len(entries))
    by_story: dict[StoryId, list[Entry]] = defaultdict(list)
    for held in entries:
        by_story[held.story].append(held)
    own = by_story.pop(story, [])
    found = [near for other, held in by_story.items() if (near := _nearness(own, other, held, idf)) is not None]
    return tuple(sorted(found, key=lambda near: (-near.why.score, near.story))[:MOST])


def is_context(one: Profile, other: Profile, likeness: float) -> bool:
    """Say whether two reports of different happenings are so near that one is context of the other."""
    if {family_key(name) for name in one.people} & {family_key(name) for name in other.people}:
        return likeness >= NEAR
    return likeness >= (NEAR_BY_PLACE if set(one.places) & set(other.places) else NEAR_BY_WORDS)


def _nearness(own: Sequence[Entry], story: StoryId, other: Sequence[Entry], idf: Idf) -> Related | None:
    pairs = [(likeness(one, two, idf), two.article, one, two) for one in own for two in other]
    if not pairs:
        return None
    score, _, one, two = max(pairs, key=lambda pair: pair[:2])
    terms = shared_terms(one, [two], idf)
    if not terms or not is_context(one.profile, two.profile, score):
        return None
    return Related(story=story, why=Why(key="same_context", score=score, terms=terms, like=two.article))
