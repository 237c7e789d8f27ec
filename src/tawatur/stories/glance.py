"""A story at a glance: what a list says of it beyond its head, kept with the head so that no list composes a story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tawatur.model import Agreement, Point, Story
from tawatur.picture import StoryPicture
from tawatur.stories.profile import Profile

#: How many of the values that differ are told.
TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a list says of a story.

    ``section`` is a topic's key, "" where none is clear. ``lent`` is the time of a story of which no report tells when it appeared:
    that of the news read with it; None of all others. The counts are of points that its independent sources agree on, differ in, or
    one of them says alone; ``split`` are the values of the weightiest difference, as published, and ``about`` is the category of
    what was counted ("" where none is known).
    """

    section: str = ""
    lent: datetime | None = None
    agreed: int = 0
    differ: int = 0
    alone: int = 0
    split: tuple[str, ...] = ()
    about: str = ""
    picture: StoryPicture | None = None  # the one that leads


def glance(
    story: Story,
    members: Sequence[Profile],
    found: Agreement,
    *,
    section: str = "",
    picture: StoryPicture | None = None,
) -> Glance:
    """Return a story at a glance, with what its sources agree on and differ in."""
    lent = None if any(profile.dated for profile in members) else max(profile.time for profile in members)
    if story.independent < 2:
        return Glance(section=section, lent=lent, picture=picture)
    split = next((point for point in found.differ if len(_values(point)) > 1), None)
    return Glance(
        section=section,
        lent=lent,
        agreed=len(found.agreed),
        differ=len(found.differ),
        alone=len(found.alone),
        split=_values(split)[:TOLD] if split else (),
        about=split.category if split else "",
        picture=picture,
    )


def _values(point: Point) -> tuple[str, ...]:
    """Return the values that stand against each other, the latest first."""
    return tuple(dict.fromkeys(one.value for one in point.versions if one.value and not one.superseded))
