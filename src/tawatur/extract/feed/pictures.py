"""The pictures of an entry: ``media:content`` with what is said of it, thumbnails, enclosures, members of JSON Feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml.etree import _Element as Element

from tawatur.extract.feed.names import name_of
from tawatur.extract.feed.text import own_base
from tawatur.extract.picture import made
from tawatur.model import Picture

_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_MEDIA = ("media:content", "media:thumbnail", "enclosure")


def pictures_of(entry: Element, fields: Mapping[str, list[Element]], base: str) -> tuple[Picture, ...]:
    """Return the pictures of an entry: whole ones before thumbnails, the widest first among those that say how wide they are."""
    grouped = [one for group in fields.get("group", ()) for one in group if isinstance(one.tag, str)]
    linked = [one for one in fields.get("link", ()) if (one.get("rel") or "").lower() == "enclosure"]
    media = [*fields.get("enclosure", ()), *(one for one in grouped if name_of(one.tag) in _MEDIA), *linked]
    around = _said(one for one in (*entry, *grouped) if isinstance(one.tag, str))
    found = [(name_of(one.tag) == "media:thumbnail", _of_media(one, around, base)) for one in media if _is_picture(one)]
    ordered = sorted(((thumb, one) for thumb, one in found if one), key=lambda pair: (pair[0], -pair[1].width))
    return tuple(dict.fromkeys(one for _, one in ordered))


def _is_picture(media: Element) -> bool:
    stated, medium = (media.get("type") or "").lower(), (media.get("medium") or "").lower()
    if stated or medium:
        return stated.startswith("image/") or medium == "image"
    url = (media.get("url") or media.get("href") or "").lower().partition("?")[0]
    return name_of(media.tag) == "media:thumbnail" or url.endswith(_ENDINGS)


def _of_media(media: Element, around: Mapping[str, str], base: str) -> Picture | None:
    own = _said(one for one in media if isinstance(one.tag, str))
    url = (media.get("url") or media.get("href") or "").strip()
    return made(
        url,
        None if "://" in url else own_base(media, base),
        alt=own.get("media:title"),
        caption=own.get("media:description") or own.get("media:text"),
        credit=own.get("media:credit") or around.get("media:credit"),
        width=media.get("width") or 0,
        height=media.get("height") or 0,
    )


def _said(elements: Iterable[Element]) -> dict[str, str]:
    """What is said of a picture, by the element's name, the first of each."""
    names = ("media:title", "media:description", "media:text", "media:credit")
    found: dict[str, str] = {}
    for one in elements:
        if name_of(one.tag) in names and (text := "".join(map(str, one.itertext())).strip()):
            found.setdefault(name_of(one.tag), text)
    return found


def pictures_in_json(item: Mapping[str, Any], base: str) -> Iterator[Picture]:
    """Yield the pictures of an item of JSON Feed."""
    attached = item.get("attachments")
    files = [one for one in attached if isinstance(one, dict)] if isinstance(attached, list) else []
    images = [one for one in files if str(one.get("mime_type", "")).lower().startswith("image/")]
    for value in (item.get("image"), item.get("banner_image"), *(one.get("url") for one in images)):
        if found := made(value, base):
            yield found
