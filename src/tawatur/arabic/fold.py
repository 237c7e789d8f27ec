"""Fold letters for matching, clean text for storing.

``clean`` takes out what nobody sees or means (direction marks, presentation forms, soft hyphens) and is applied to text before it
becomes an article. ``fold`` makes spellings equal that readers take for the same word; it is for comparing, never for storing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Direction and joining controls, soft hyphen, byte-order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Arabic presentation forms A and B, which old systems store in place of letters.
_PRESENTATION = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdfc\ufe70-\ufefc]+")
_SPACES = re.compile(r"[^\S\n]+")

# Harakat and the other marks, superscript alef, tatweel, and the invisible characters.
_MARKS = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي",
        "گ": "ك", "ک": "ك", "ی": "ي", "ہ": "ه", "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز",
        **{chr(0x660 + d): str(d) for d in range(10)},
        **{chr(0x6F0 + d): str(d) for d in range(10)},
    }
)  # fmt: skip


def clean(text: str) -> str:
    """Return text for storing: without invisible controls, presentation forms as letters, runs of blanks as one blank.

    Line breaks stay. Words, marks and punctuation stay as published.
    """
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return text for matching: no marks, one alef, ya and ha, Western digits, lower case. Punctuation stays.

    Characters are only dropped or replaced one by one, so ``fold_map`` can lead every folded character back.
    """
    return _MARKS.sub("", text).translate(_LETTERS).lower()


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """``fold`` for single words, remembered."""
    return fold(word)


def fold_map(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters and its end, the offset in ``text``.

    ``text[offsets[i]:offsets[j]]`` is what stands behind ``folded[i:j]`` (with marks that follow its letters).
    """
    folded: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        for out in fold(char):
            folded.append(out)
            offsets.append(at)
    offsets.append(len(text))
    return "".join(folded), offsets
