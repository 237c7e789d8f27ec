"""Pictures as nouns: what became of a report's picture, and a picture as a story shows it. Frozen values; times are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawatur.ids import ArticleId, OutletKey, PictureId


class PictureState(StrEnum):
    """What became of a picture."""

    WAITING = "waiting"  # to be fetched, as long as it is news
    KEPT = "kept"  # made small, and on the disk
    FAILED = "failed"  # not to be had: tried again, as long as ``next_at`` says when
    REFUSED = "refused"  # it is none that stands for a report, or none that we show
    GONE = "gone"  # was kept, and made room for others


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """A picture that reports name, by its address. ``outlet`` is that of the first of them.

    ``likeness`` tells copies (``stories.pictures``); it and the size are known where the picture is kept.
    """

    id: PictureId
    address: str
    outlet: OutletKey
    found: datetime
    state: PictureState = PictureState.WAITING
    next_at: datetime | None = None  # when it is fetched; None: never, or not again
    tries: int = 0
    reason: str = ""  # a message key: why it is not kept
    detail: str = ""
    width: int = 0  # of the original, in pixels
    height: int = 0
    likeness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPicture:
    """A picture as a story shows it: the best of those that are the same, with what the report says of it that has it.

    ``outlets`` are those whose reports show it, in the order of the story's reports.
    """

    id: PictureId
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    article: ArticleId
    outlet: OutletKey
    outlets: tuple[OutletKey, ...] = ()
