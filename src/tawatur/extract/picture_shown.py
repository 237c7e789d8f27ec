"""The pictures that stand in an article's text: figures with their captions, and pictures that load late."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from lxml.etree import XPath
from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.extract.flow import hint_of, is_hidden
from tawatur.extract.picture import made
from tawatur.model import Picture

#: So many are looked at: those behind belong to galleries.
MOST = 12
#: A caption that no element calls so has no more words than this.
CAPTION_WORDS = 40
_TAGS = ("img", "amp-img")
_TEXT = XPath(".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
#: Where pictures that load late have their address, the best first; ``src`` then holds a filler.
_LATE = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-img",
    "data-url",
    "data-full-url",
    "data-srcset",
    "data-lazy-srcset",
)


def shown(root: Element, outside: Collection[Element], base: str | None) -> Iterator[Picture]:
    """Yield the pictures of an element in page order, without those in ``outside``: boxes that are no part of the article."""
    images = (one for one in root.iter(*_TAGS) if not any(above in outside for above in one.iterancestors()))
    for one in islice(images, MOST):
        if is_hidden(one) or (found := _picture(one, base)) is None:
            continue
        yield found


def _picture(image: Element, base: str | None) -> Picture | None:
    figure = next((above for above in islice(image.iterancestors(), 6) if above.tag == "figure"), None)
    sizes = {"width": image.get("width") or 0, "height": image.get("height") or 0}
    said = {"alt": image.get("alt") or "", "caption": _caption(image, figure)}
    return next((found for url in _addresses(image) if (found := made(url, base, **said, **sizes))), None)


def _addresses(image: Element) -> Iterator[str]:
    """The addresses of a picture, the one of the best rendition first."""
    for name in (*_LATE, "srcset"):
        if value := (image.get(name) or "").strip():
            yield from _of_set(value) if "srcset" in name else (value,)
    # The parser lets a picture stand inside of the sources before it.
    whole = next((above for above in islice(image.iterancestors(), 8) if above.tag == "picture"), None)
    for source in whole.iter("source") if whole is not None else ():
        yield from _of_set(source.get("srcset") or source.get("data-srcset") or "")
    yield (image.get("src") or "").strip()


def _of_set(text: str) -> Iterator[str]:
    """The addresses of a ``srcset``, the widest first. An address may hold commas, but no blank."""
    found = re.findall(r"(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)", text)
    yield from (url for url, _ in sorted(found, key=lambda one: -float(one[1] or 0)))


def _caption(image: Element, figure: Element | None) -> str:
    """What stands under a picture: the figure's caption, else what the markup around it calls one, or is all the text there."""
    if figure is not None:
        captions = [_words(one) for one in figure.iter("figcaption")]
        return next((text for text in captions if text), _words(figure))
    for above in islice(image.iterancestors(), 3):
        if above.tag in ("article", "main", "section", "body"):
            break
        named = next((one for one in above if isinstance(one.tag, str) and hint_of(one) == "caption"), None)
        if named is not None and (text := _words(named)):
            return text
        text = _words(above)
        if text:
            alone = sum(1 for _ in above.iter(*_TAGS)) == 1
            return (
                text
                if alone and above.tag in ("div", "p", "a", "span", "td") and len(text.split()) <= CAPTION_WORDS
                else ""
            )
    return ""


def _words(element: Element) -> str:
    return " ".join(clean(" ".join(map(str, _TEXT(element)))).split())  # type: ignore[arg-type]
