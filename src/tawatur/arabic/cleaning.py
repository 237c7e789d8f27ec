"""Clean text for storing: take out what nobody sees or means, leave what was published.

What may change: the letters' storage form (presentation forms, letters stored apart from their hamza), invisible controls, kinds of
blanks, what a wrong encoding made of quotation marks, entities that were escaped twice. What may not: words, marks, tatweel,
punctuation, digits.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

from tawatur.arabic.presentation import letters

# Direction and joining controls, soft hyphen, byte-order mark, fillers, icons of a page's own font, other controls. A zero-width
# non-joiner between two Arabic letters is seen ("نعمت‌الله"), a joiner in an emoji too: they stay.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffc\ue000-\uf8ff]+"
    "|(?<![\u0620-\u064a\u066e-\u06d3])\u200c+|\u200c+(?![\u0620-\u064a\u066e-\u06d3])"
    "|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d+"
)
_BREAKS = re.compile("\r\n?|[\u000b\u000c\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
# Marks that Unicode has letters with: hamza and madda over Arabic letters, accents over Latin ones.
_APART = re.compile("[\u0620-\u064a\u06c1\u06d5][\u0653-\u0655]|[A-Za-z][\u0300-\u036f]+")
# What windows-1252 has at 80 to 9F, where a page says it is Latin-1 or names it by number: "\u0093" is “.
_CONTROLS = re.compile("[\u0080-\u009f]")
_ENTITY = re.compile("&(?:#\\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_SUSPECT = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u0300-\u036f\u061c\u0653-\u0655\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufb50-\ufdff\ufe70-\ufeff\ufff9-\ufffc&]"
)


def clean(text: str) -> str:
    """Return text for storing; line breaks stay, runs of blanks become one, blanks at both ends go.

    Words, marks, tatweel, digits and punctuation stay as published.
    """
    if _SUSPECT.search(text):
        text = _cleaned(text)
    return _SPACES.sub(" ", text).strip()


def _cleaned(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    text = _CONTROLS.sub(_sign, _BREAKS.sub("\n", text))
    if _PRESENTATION.search(text):
        text = "\n".join(letters(line) for line in text.split("\n"))
    text = _INVISIBLE.sub("", text)
    return _APART.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)


def _sign(found: re.Match[str]) -> str:
    return _signs().get(found.group(), "")


@cache
def _signs() -> dict[str, str]:
    """The signs of windows-1252 by the control in whose place they stand."""
    found = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
    return {control: sign for control, sign in found.items() if sign}
