"""Which picture leads a story, by what a store keeps; and letting lists show that.

Three things change it: a picture has been kept, a story's reports are others, or a picture turns out to stand over many stories.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tawatur.ids import ArticleId, StoryId
from tawatur.model import Report
from tawatur.picture import KeptPicture, PictureState, StoryPicture
from tawatur.store import Store
from tawatur.stories.pictures import COMMON, leading, pictures

#: Why a picture is refused that stands over so many stories: a message key.
TOO_COMMON = "picture.common"


def leading_of(store: Store, story: StoryId, reports: Sequence[Report]) -> StoryPicture | None:
    """Return the picture that leads a story of these reports; what stands over too many stories is refused for good."""
    kept = _uncommon(store, store.pictures_of(story), story)
    return leading(pictures(reports, kept)) if kept else None


def show_anew(store: Store, story: StoryId) -> None:
    """Let lists show a story with the picture that leads it now."""
    store.put_leading(story, leading_of(store, story, store.reports(story)))


def withdraw(store: Store, picture: KeptPicture, *, besides: StoryId | None = None) -> None:
    """Keep that a picture is shown no more, by the state that it has, and let lists show its stories without it."""
    store.put_picture(picture)
    for story in store.stories_with(picture.id, most=COMMON):
        if story != besides:
            show_anew(store, story)


def _uncommon(store: Store, kept: Mapping[ArticleId, KeptPicture], story: StoryId) -> dict[ArticleId, KeptPicture]:
    """The pictures that do not stand over many stories; each is looked up in an index, and no further than needed."""
    common = {id for id in {one.id for one in kept.values()} if len(store.stories_with(id, most=COMMON)) >= COMMON}
    refused = {one.id: one for one in kept.values() if one.id in common}
    for one in refused.values():
        gone = replace(one, state=PictureState.REFUSED, reason=TOO_COMMON, detail=str(COMMON))
        withdraw(store, gone, besides=story)
    return {article: one for article, one in kept.items() if one.id not in common}
