"""Invented affairs, as signatures in a store's memory."""

import tomllib
from datetime import timedelta
from typing import Any

from tests.unit.stories.building import DATA, START, stated

from tawatur.model import Analysis, Article, ArticleId, Block, BlockKind, Name, OutletKey, Person, StoryId
from tawatur.store.memory_affairs import MemoryAffairs
from tawatur.stories.profile import Member, profile
from tawatur.stories.signature import Signature, signature

AFFAIRS: dict[str, dict[str, Any]] = tomllib.loads((DATA / "affairs.toml").read_text(encoding="utf-8"))


def member(name: str, *, id: str = "") -> Member:
    """Return the report of an invented story."""
    told = AFFAIRS[name]
    paragraphs = told["text"].strip().split("\n")
    article = Article(
        id=ArticleId(id or name),
        outlet=OutletKey("one"),
        origin=name,
        collected=START,
        title=told["title"],
        published=stated(24 * told["day"]),
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs),
    )
    analysis = Analysis(
        article=article.id,
        version="test",
        people=tuple(Person(name=one) for one in told["people"]),
        places=tuple(Name(name=one) for one in told["places"]),
        organizations=tuple(Name(name=one) for one in told["organizations"]),
    )
    return Member(profile=profile(article, analysis), story=StoryId(name))


def signed(name: str, *, days: float = 0) -> Signature:
    """Return the signature of an invented story, some days later than it says."""
    time = START + timedelta(days=AFFAIRS[name]["day"] + days)
    return signature(StoryId(name), [member(name)], time=time)


class Shelf(MemoryAffairs):
    """A store's memory of affairs that holds some invented stories."""

    def __init__(self, *signatures: Signature) -> None:
        super().__init__()
        for one in signatures:
            self._put_signature(one.story, one)
