"""A member of the window made ready for comparing: its words counted, its headline and lead apart, its names, its occasion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import NamedTuple

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.stories.keys import keys_of
from tawatur.stories.occasion import occasion
from tawatur.stories.profile import Member, Profile


class Named(NamedTuple):
    """People or places that a report names, by their keys."""

    all: frozenset[str]
    leading: frozenset[str]  # those that the headline or the lead names

    def part(self, other: Named) -> bool:
        """Say whether two reports name others first: neither names any that stands at the other's beginning."""
        both = bool(self.leading and other.leading)
        return both and self.leading.isdisjoint(other.all) and other.leading.isdisjoint(self.all)


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
    people: Named
    places: Named
    profile: Profile


def entry(member: Member) -> Entry:
    """Return a member made ready for comparing."""
    profile = member.profile
    keys, lead_end = profile.keys, profile.title + profile.lead
    top = _damped(keys[:lead_end])
    return Entry(
        article=profile.article,
        story=member.story,
        outlet=profile.outlet,
        time=profile.time,
        dated=profile.dated,
        counts=_damped(keys),
        top=top,
        title=tuple(dict.fromkeys(key for key in keys[: profile.title] if key)),
        occasion=occasion(keys, title=profile.title, lead=profile.lead, time=profile.time),
        people=_named((family_key(name) for name in profile.people), top),
        places=_named((" ".join(keys_of(name)) for name in profile.places), top),
        profile=profile,
    )


def family_key(name: str) -> str:
    """Return the key of a person's last name, by which reports call people."""
    return keys_of(name)[-1] if name.split() else ""


def _named(names: Iterable[str], top: Mapping[str, float]) -> Named:
    known = frozenset(name for name in names if name)
    return Named(known, frozenset(name for name in known if all(key in top for key in name.split())))


def _damped(keys: tuple[str, ...]) -> dict[str, float]:
    return {key: 1 + log(count) for key, count in Counter(keys).items() if key}
