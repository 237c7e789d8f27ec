"""What a store keeps of reports' pictures: where each stands, what became of it, and which reports name it. The pictures
themselves lie on the disk (``pictures.album``).

A picture comes with the first report that names it, in the same transaction. It is fetched as long as it is news; those of
archives are not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from tawatur.ids import ArticleId, OutletKey, PictureId, StoryId, picture_id
from tawatur.model import Article
from tawatur.picture import KeptPicture, PictureState, StoryPicture

#: Only pictures of reports that appeared this lately before they were read are fetched.
NEWS = timedelta(days=7)


class Pictures(Protocol):
    """The part of the store's contract that concerns pictures."""

    def claim_pictures(
        self, now: datetime, until: datetime, *, since: datetime, limit: int, without: Collection[OutletKey] = ()
    ) -> tuple[KeptPicture, ...]:
        """Lend the latest picture that is due of each outlet, but of none in ``without``; each counts as one try more.

        Those found before ``since`` are passed over. Whoever is killed over one loses nothing: it falls due again at ``until``.
        """

    def next_picture(self, *, since: datetime) -> datetime | None:
        """Return when the next picture falls due of those found at ``since`` or later; None where there is none."""

    def put_picture(self, picture: KeptPicture) -> None:
        """Keep the new state of a picture, which ends its loan."""

    def lapse_pictures(self, *, before: datetime) -> None:
        """Fetch none any more that was found before a time."""

    def picture(self, id: PictureId) -> KeptPicture | None:
        """Return one picture, or None where no report names it."""

    def picture_of(self, article: ArticleId) -> KeptPicture | None:
        """Return the picture that an article names, whatever became of it; None where it names none."""

    def pictures_of(self, story: StoryId) -> Mapping[ArticleId, KeptPicture]:
        """Return the pictures of a story's reports that are kept."""

    def stories_with(self, picture: PictureId, *, most: int) -> tuple[StoryId, ...]:
        """Return at most so many of the stories in which a picture stands, in no order."""

    def put_leading(self, story: StoryId, picture: StoryPicture | None) -> None:
        """Let lists show a story with another picture, or none. Nothing happens where the story has no head."""

    def count_pictures(self) -> Mapping[PictureState, int]:
        """Return how many pictures there are in each state."""


def named_by(article: Article, time: datetime) -> KeptPicture | None:
    """Return the picture that an article names, as it is when nothing is known of it; None where it names none.

    ``time`` is when the article appeared: an old one's picture waits for nothing.
    """
    if article.picture is None:
        return None
    return KeptPicture(
        id=picture_id(article.picture.address),
        address=article.picture.address,
        outlet=article.outlet,
        found=article.collected,
        next_at=article.collected if article.collected - time < NEWS else None,
    )
