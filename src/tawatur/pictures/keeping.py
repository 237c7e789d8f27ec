"""Keeping a picture that was made small, and those whose files are at hand without fetching."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tawatur.ids import ArticleId
from tawatur.leading import show_anew
from tawatur.model import Rejected
from tawatur.picture import KeptPicture, PictureState
from tawatur.pictures.album import Album
from tawatur.store import Store
from tawatur.stories.pictures import COMMON

if TYPE_CHECKING:
    from tawatur.pictures.rendering import Rendered


def keep(store: Store, album: Album, one: KeptPicture, made: Rendered) -> None:
    """Keep the files, then the row, then let lists show it: killed between any two, it is fetched again.

    Raises:
        OSError: the disk does not take the files.
    """
    album.put(one.id, made.files)
    kept = replace(
        one,
        state=PictureState.KEPT,
        next_at=None,
        reason="",
        detail="",
        width=made.width,
        height=made.height,
        likeness=made.likeness,
    )
    with store.together():
        store.put_picture(kept)
        for story in store.stories_with(one.id, most=COMMON):
            show_anew(store, story)


def keep_at_hand(
    store: Store, album: Album, articles: Iterable[ArticleId], file_of: Callable[[str], bytes | None]
) -> int:
    """Keep the pictures of articles whose files are at hand by their addresses, and return how many those were.

    They are taken apart in this process: they are ours.
    """
    from tawatur.pictures.rendering import render

    count = 0
    for article in articles:
        one = store.picture_of(article)
        content = file_of(one.address) if one and one.state is not PictureState.KEPT else None
        made = render(content, one.address) if one and content else None
        if one and made and not isinstance(made, Rejected):
            keep(store, album, one, made)
            count += 1
    return count
