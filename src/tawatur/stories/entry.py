"""A member of the window made ready for comparing: its words counted, its headline and lead apart, its occasion."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from math import log

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.stories.occasion import occasion
from tawatur.stories.profile import Member, Profile


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """What ``similarity`` compares. Both tables give 1 + log(how often) by key, the usual damping of repeated words."""

    article: ArticleId
    story: StoryId
    outlet: OutletKey
    time: datetime
    dated: bool
    counts: dict[str, float]  # headline and body
    top: dict[str, float]  # headline and lead
    title: tuple[str, ...]  # each key once
    occasion: str
    profile: Profile


def entry(member: Member) -> Entry:
    """Return a member made ready for comparing."""
    profile = member.profile
    keys, lead_end = profile.keys, profile.title + profile.lead
    return Entry(
        article=profile.article,
        story=member.story,
        outlet=profile.outlet,
        time=profile.time,
        dated=profile.dated,
        counts=_damped(keys),
        top=_damped(keys[:lead_end]),
        title=tuple(dict.fromkeys(key for key in keys[: profile.title] if key)),
        occasion=occasion(keys, title=profile.title, lead=profile.lead, time=profile.time),
        profile=profile,
    )


def _damped(keys: tuple[str, ...]) -> dict[str, float]:
    return {key: 1 + log(count) for key, count in Counter(keys).items() if key}
