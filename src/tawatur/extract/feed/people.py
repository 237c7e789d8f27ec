"""The people that an entry names as its authors: "رنا البحري", "rana@barid.example (رنا البحري)", ``<name>``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.extract.feed.text import named

#: An author's line has no more characters than this.
LONGEST = 500
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}\w")
_EMPTY = re.compile(r"\(\s*\)|<\s*>|&lt;\s*&gt;|\bmailto:")


def authors_of(elements: Iterable[Element]) -> tuple[str, ...]:
    """Return the authors of author elements, each once. An address of mail counts only where no name stands beside it."""
    return tuple(dict.fromkeys(name for one in elements if (name := _author(one))))


def _author(element: Element) -> str:
    if len(element):
        return clean(named(element, "name", "itunes:name", "rdf:value") or named(element, "email") or _bare(element))
    return name_in(element.text or "")


def _bare(element: Element) -> str:
    return name_in("".join(str(part) for part in element.itertext()) if element.text and element.text.strip() else "")


def name_in(text: str) -> str:
    """Return the name in an author's line, without the address of mail beside it."""
    line = " ".join(clean(text[:LONGEST]).split())
    rest = _EMPTY.sub("", _MAIL.sub("", line)).strip()
    if rest != line and rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    return rest.strip(" -–,،") or line
