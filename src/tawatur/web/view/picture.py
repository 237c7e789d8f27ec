"""A picture as pages show it: where its sizes stand, what it shows, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import Outlets
from tawatur.picture import StoryPicture
from tawatur.pictures import WIDTHS, widths_of
from tawatur.web.view.parts import OutletView, outlet_view
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture. ``src`` is the middle one of its sizes, which all stand in ``srcset``; ``width`` and ``height`` are of its shape.

    ``outlet`` is the one whose report, ``article``, it is taken from; ``outlets`` are all that show it.
    """

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    outlet: OutletView
    article: str
    outlets: tuple[OutletView, ...]


def picture_view(picture: StoryPicture, *, outlets: Outlets, words: Words) -> PictureView:
    """Return a picture in one language. What shows nothing new beside its caption says whose it is instead."""
    outlet = outlet_view(picture.outlet, outlets, words)
    sizes = [(width, min(width, picture.width)) for width in widths_of(picture.width)]
    shown = min(picture.width, WIDTHS[-1])
    caption = picture.caption
    return PictureView(
        src=_address(picture.id, sizes[min(1, len(sizes) - 1)][0]),
        srcset=", ".join(f"{_address(picture.id, name)} {wide}w" for name, wide in sizes),
        width=shown,
        height=max(1, round(shown * picture.height / picture.width)),
        alt=picture.alt if picture.alt and picture.alt != caption else words.text("pictures.of", outlet=outlet.name),
        caption=caption,
        credit=picture.credit if picture.credit and picture.credit not in caption else "",
        outlet=outlet,
        article=picture.article,
        outlets=tuple(outlet_view(one, outlets, words) for one in picture.outlets),
    )


def _address(id: str, width: int) -> str:
    return f"/picture/{id}/{width}"
