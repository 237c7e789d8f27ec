"""The text of an XML feed as a tree, whatever it is: broken, hostile, or larger than any feed.

A well-formed feed is parsed as it is; one that is not is repaired first (``repair``) and parsed as far as it goes. No entity
is ever expanded by the parser: the document type is cut off, and only entities that it defines as plain words are put in, so
neither a bomb of entities nor a reference to a file does anything.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from tawatur.extract.feed.repair import repaired

#: Characters of the largest feed that is read. The feeds of outlets have up to some megabytes.
LARGEST = 16_000_000
#: Elements of the largest feed that is read, and entries among them; each costs memory.
MOST_ELEMENTS = 500_000
MOST_ENTRIES = 50_000
#: References such as ``&amp;`` of the largest feed; each that is repaired costs time.
MOST_REFERENCES = 3_000_000
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_PROLOG = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,1000}(?:\[[^\]]{0,200000}\]\s{0,100})?>", re.IGNORECASE)


def refused(text: str, *, largest: int = LARGEST) -> str:
    """Return why a text of more than ``largest`` characters, or of too many parts, is not read at all ("too_large"), or ""."""
    large = len(text) > largest or text.count("<") > 2 * MOST_ELEMENTS or text.count("&") > MOST_REFERENCES
    return "too_large" if large or text.count("<item") + text.count("<entry") > MOST_ENTRIES else ""


def parse(text: str) -> Element | None:
    """Return the root of a feed, or None where there is none. A feed that is cut off or broken is read as far as it goes."""
    body = text[found.end() :] if (found := _DECLARATION.match(text)) else text
    start = body.find("<", 0, 1000)
    body = body[start:] if start >= 0 else ""
    prolog = _PROLOG.match(body)
    doctype = _DOCTYPE.match(body, prolog.end() if prolog else 0)
    root = None if doctype else _tree(body, recover=False)
    if root is not None:
        return root
    mended = repaired(body[doctype.end() :], doctype[0]) if doctype else repaired(body)
    return _tree(mended, recover=True)


def _tree(body: str, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        recover=recover, resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(body.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None
