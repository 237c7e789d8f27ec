"""Profiles of made-up words: happenings told by several reports each, for tests that need many."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random

from tests.unit.stories.building import START

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.stories.profile import Member, Profile


def made(article: str, words: str, *, hours: float = 0, outlet: str = "one", dated: bool = True) -> Profile:
    """Return a profile whose first four words are its headline and the next six its lead."""
    keys = tuple(words.split())
    return Profile(
        article=ArticleId(article),
        outlet=OutletKey(outlet),
        time=START + timedelta(hours=hours),
        dated=dated,
        keys=keys,
        words=keys,
        title=min(4, len(keys)),
        lead=max(0, min(6, len(keys) - 4)),
    )


def many(count: int, *, seed: int = 7, days: float = 12) -> list[Profile]:
    """Return reports of happenings that last a day or so, in the order of time."""
    chance = Random(seed)
    common = [f"common{number}" for number in range(200)]
    happenings = [(chance.random() * days, [f"h{number}w{word}" for word in range(14)]) for number in range(count // 3)]
    found = []
    for number in range(count):
        day, own = chance.choice(happenings)
        telling = chance.sample(own, 8)
        words = [*telling[:3], *chance.sample(common, 3), *telling[3:], *chance.sample(common, 25)]
        hours = 24 * day + chance.random() * 20
        found.append(made(f"a{number}", " ".join(words), hours=hours, outlet=f"o{number % 5}"))
    return sorted(found, key=lambda one: (one.time, one.article))


class Shelf:
    """Placed members, recalled by time range: what a store does for a Grouper."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self.asked = 0

    def put(self, profile: Profile, story: StoryId) -> None:
        self.members.append(Member(profile=profile, story=story))

    def carry(self, articles: Iterable[ArticleId], story: StoryId) -> None:
        moved = set(articles)
        self.members = [replace(one, story=story) if one.profile.article in moved else one for one in self.members]

    def recall(self, start: object, end: object) -> list[Member]:
        found = [one for one in self.members if start <= one.profile.time < end]  # type: ignore[operator]
        self.asked += len(found)
        return sorted(found, key=lambda one: (one.profile.time, one.profile.article))
