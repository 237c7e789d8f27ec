"""Which picture stands for a report: of those that a page or a feed names, the best that is no logo, no filler and no counter.

What an outlet declares (og:image and the like) goes before what stands in the text, since it says which one is meant; what the
text says of the same picture, its caption and its size, goes with it. A picture that an outlet puts over many reports betrays
itself only by that, which whoever keeps them counts (``stories.pictures``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from urllib.parse import unquote, urldefrag, urlsplit

from tawatur.arabic.fold import clean
from tawatur.arabic.lexicon import rows
from tawatur.extract import credits
from tawatur.extract.address import address
from tawatur.model import Outlets, Picture

#: Smaller ones are signs, buttons and counters; feeds' thumbnails begin at about this.
LEAST_WIDTH, LEAST_HEIGHT = 120, 80
#: Wider, or higher, ones are banners and rules.
WIDEST, HIGHEST = 4.0, 3.0
#: No address of a picture is longer; signed ones of content networks have some hundred characters.
LONGEST = 2000
#: A caption that is longer is a paragraph.
MOST_CAPTION = 600
_WORD = re.compile(r"[^\W\d_]+")
_FOLDERS = 3
#: What a rendition of the same file has in its name: "-1024x768", "_640", "@2x", "-scaled".
_RENDITION = re.compile(
    r"(?:[-_.]?\d{2,4}x\d{2,4}|@\dx|[-_](?:scaled|\d{3,4}|large|medium|small|thumb|original|full))+$"
)
_TAG = re.compile(r"<[^>]*>")
_LAST_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]\s*\.?\s*$")
_LAST_PART = re.compile(r"(?:[|©]|\s[-–—/]\s|\bCopyright\b)\s*([^|©/]{2,40}?)\s*\.?$", re.IGNORECASE)


def made(
    value: object, base: str | None, *, alt: object = "", caption: object = "", credit: object = "",
    width: object = 0, height: object = 0,
) -> Picture | None:  # fmt: skip
    """Return a picture of what a page says; None where its address is none, or one that stands for no report.

    ``base`` is what the address is relative to. Sizes may be texts ("640", "640px"); those that are none count as unknown.
    """
    found = address(value, base) if isinstance(value, str) and 0 < len(value) <= LONGEST else None
    if found is None or not stands_for_report(found):
        return None
    wide, high = _size(width), _size(height)
    if not (wide and high):
        wide = high = 0
    elif wide < LEAST_WIDTH or high < LEAST_HEIGHT or not 1 / HIGHEST <= wide / high <= WIDEST:
        return None
    return Picture(
        address=urldefrag(found).url,
        alt=_text(alt),
        caption=_text(caption),
        credit=_text(credit),
        width=wide,
        height=high,
    )


def _size(value: object) -> int:
    digits = re.match(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", str(value))
    return int(digits[1]) if digits else 0


def _text(value: object) -> str:
    text = " ".join(clean(_TAG.sub(" ", value)).split()) if isinstance(value, str) else ""
    return text if len(text) <= MOST_CAPTION else ""


def stands_for_report(url: str) -> bool:
    """Say whether an address can be a report's picture: its words name no logo, filler, counter, or another kind of file."""
    parts = urlsplit(url)
    host, path = (parts.hostname or ""), unquote(parts.path).lower()
    if path.strip("/") == "" or path.endswith(tuple(_marks("ending"))):
        return False
    if any(host == one or host.endswith(f".{one}") for one in _marks("host")):
        return False
    *folders, name = path.split("/")
    stem = _words(name.rpartition(".")[0] or name)
    if stem.strip() in _marks("name") and not re.search(r"\d{4}", name):
        return False
    said = " ".join((*(_words(folder) for folder in folders[-_FOLDERS:]), stem))
    return not any(f" {word} " in f" {said} " for word in _marks("word"))


def _words(name: str) -> str:
    return " ".join(_WORD.findall(name.replace("_", " ")))


@cache
def _marks(kind: str) -> frozenset[str]:
    return frozenset(row[1] for row in rows("tawatur.extract", "picture_marks.tsv") if row[0] == kind)


def best(declared: Iterable[Picture | None], shown: Iterable[Picture | None], outlets: Outlets) -> Picture | None:
    """Return the picture that stands for a report: the first declared one, else the first that is shown in its text.

    What any of them says of the same picture goes with it.
    """
    named, seen = [one for one in declared if one], [one for one in shown if one]
    chosen = next(iter((*named, *seen)), None)
    if chosen is None:
        return None
    same = [one for one in (*seen, *named) if key(one.address) == key(chosen.address)]
    whole = replace(
        chosen,
        alt=_first(one.alt for one in (chosen, *same)),
        caption=_first(one.caption for one in (chosen, *same)),
        credit=_first(one.credit for one in (chosen, *same)),
        width=chosen.width or _first_of([one.width for one in same]),
        height=chosen.height or _first_of([one.height for one in same]),
    )
    return replace(whole, credit=whole.credit or credit_of(whole.caption, outlets))


def key(url: str) -> str:
    """Return what renditions of one file have in common: its name without size and ending; the path where that says little."""
    path = unquote(urlsplit(url).path).lower()
    name = path.rpartition("/")[2].rpartition(".")[0] or path.rpartition("/")[2]
    stem = _RENDITION.sub("", name)
    return stem if len(stem) >= 8 else path


def credit_of(caption: str, outlets: Outlets) -> str:
    """Return whose a picture is as its caption ends ("… (رويترز)", "… | أ ف ب"), where that is an agency; else ""."""
    for pattern in (_LAST_BRACKET, _LAST_PART):
        if found := pattern.search(caption):
            said = found[1].strip(" :،.-")
            if credits.agency_of(said, outlets):
                return said
    return ""


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _first_of(sizes: Sequence[int]) -> int:
    return next((size for size in sizes if size), 0)
