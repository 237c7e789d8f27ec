"""A member of the window made ready for comparing: its words counted, its headline and lead as sets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.stories.profile import Member, Profile


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """What ``similarity`` compares."""

    article: ArticleId
    story: StoryId
    outlet: OutletKey
    time: datetime
    dated: bool
    counts: dict[str, int]  # matching key → how often, headline and body
    title: frozenset[str]
    lead: frozenset[str]
    profile: Profile


def entry(member: Member) -> Entry:
    """Return a member made ready for comparing."""
    profile = member.profile
    lead_end = profile.title + profile.lead
    return Entry(
        article=profile.article,
        story=member.story,
        outlet=profile.outlet,
        time=profile.time,
        dated=profile.dated,
        counts=dict(Counter(key for key in profile.keys if key)),
        title=frozenset(key for key in profile.keys[: profile.title] if key),
        lead=frozenset(key for key in profile.keys[profile.title : lead_end] if key),
        profile=profile,
    )
