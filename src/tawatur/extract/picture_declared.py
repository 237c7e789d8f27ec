"""The pictures that a page declares for its article: OpenGraph, JSON-LD, Twitter's cards, and older links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml.etree import _Element as Element

from tawatur.extract.picture import made
from tawatur.model import Picture

_Node = Mapping[str, object]
_OG = ("og:image", "og:image:url", "og:image:secure_url")
_TWITTER = ("twitter:image", "twitter:image:src", "twitter:image0")
#: What a page asks of those who show it elsewhere: no pictures at all.
_NONE = re.compile(r"(?:^|[\s,])(?:noimageindex|max-image-preview\s*:\s*none)(?:[\s,]|$)", re.IGNORECASE)


def declared(root: Element, nodes: Sequence[_Node], objects: Iterable[_Node], base: str | None) -> tuple[Picture, ...]:
    """Return the pictures that a page declares, in order of trust; none where it asks that none be shown.

    Args:
        root: the page.
        nodes: the JSON-LD objects that are its article.
        objects: all its JSON-LD objects, which those may point at.
        base: what its addresses are relative to.
    """
    if asks_for_none(root):
        return ()
    said = list(_said(root))
    found = (*_open_graph(said, base), *_linked(nodes, objects, base), *_cards(said, base), *_older(root, said, base))
    return tuple(dict.fromkeys(one for one in found if one))


def asks_for_none(root: Element) -> bool:
    """Say whether a page asks that its pictures be shown nowhere else ("noimageindex", "max-image-preview:none")."""
    names = ("robots", "googlebot", "tawatur")
    return any(
        (one.get("name") or "").lower() in names and _NONE.search(one.get("content") or "") for one in root.iter("meta")
    )


def _said(root: Element) -> Iterator[tuple[str, str]]:
    """The meta elements in page order, by any of the names that they go by."""
    for one in root.iter("meta"):
        content = (one.get("content") or one.get("value") or "").strip()
        name = (one.get("property") or one.get("name") or one.get("itemprop") or "").lower().strip()
        if name and content:
            yield name, content


def _open_graph(said: Sequence[tuple[str, str]], base: str | None) -> Iterator[Picture | None]:
    """OpenGraph may name several; what stands behind one, up to the next, is said of that one."""
    groups: list[dict[str, str]] = []
    for name, content in said:
        if name in _OG:
            if name == "og:image" or not groups:
                groups.append({"url": content})
        elif name.startswith("og:image:") and groups:
            groups[-1].setdefault(name.removeprefix("og:image:"), content)
    for one in groups:
        yield made(one["url"], base, alt=one.get("alt", ""), width=one.get("width", 0), height=one.get("height", 0))


def _cards(said: Sequence[tuple[str, str]], base: str | None) -> Iterator[Picture | None]:
    first = dict(reversed(said))
    alt, wide, high = (first.get(f"twitter:image:{part}", "") for part in ("alt", "width", "height"))
    for name in _TWITTER:
        yield made(first.get(name), base, alt=alt, width=wide, height=high)


def _older(root: Element, said: Sequence[tuple[str, str]], base: str | None) -> Iterator[Picture | None]:
    for link in root.iter("link"):
        if (link.get("rel") or link.get("itemprop") or "").lower() in ("image_src", "image", "thumbnailurl"):
            yield made(link.get("href"), base)
    for name, content in said:
        if name in ("image", "thumbnailurl", "thumbnail", "sailthru.image.full", "parsely-image-url"):
            yield made(content, base)


def _linked(nodes: Sequence[_Node], objects: Iterable[_Node], base: str | None) -> Iterator[Picture | None]:
    """The pictures of JSON-LD: addresses, objects, or names of objects that stand elsewhere on the page."""
    named = {one["@id"]: one for one in objects if isinstance(one.get("@id"), str) and _is_picture(one)}
    for node in nodes:
        for name in ("image", "primaryImageOfPage", "thumbnailUrl"):
            for value in _each(node.get(name)):
                yield _of_value(value, named, base)


def _each(value: object) -> Iterator[object]:
    if isinstance(value, list):
        yield from value[:4]
    elif value:
        yield value


def _is_picture(node: _Node) -> bool:
    return "imageobject" in str(node.get("@type")).lower()


def _of_value(value: object, named: Mapping[object, _Node], base: str | None) -> Picture | None:
    if not isinstance(value, dict):
        return made(value, base)
    node = value if value.get("url") or value.get("contentUrl") else named.get(value.get("@id"), value)
    return made(
        node.get("url") or node.get("contentUrl"),
        base,
        alt=node.get("name"),
        caption=node.get("caption") or node.get("description"),
        credit=node.get("creditText") or _name(node.get("creator") or node.get("author")),
        width=_name(node.get("width"), "value"),
        height=_name(node.get("height"), "value"),
    )


def _name(value: object, key: str = "name") -> object:
    return value.get(key) if isinstance(value, dict) else value
