"""Fold letters for matching.

``fold`` makes spellings equal that readers take for the same word; it is for comparing, never for storing. ``clean`` (of
``cleaning``, given on here) is for text before it becomes an article.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tawatur.arabic.cleaning import clean as clean
from tawatur.arabic.lexicon import REMEMBERED

# Harakat and the other marks, superscript alef, tatweel, and the invisible characters.
_MARK = "\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARKS = re.compile(f"[{_MARK}]")
_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي",
    "گ": "ك", "ک": "ك", "ی": "ي", "ہ": "ه", "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز",
    "İ": "i",  # the one letter whose lower case is two
    **{chr(0x660 + d): str(d) for d in range(10)},
    **{chr(0x6F0 + d): str(d) for d in range(10)},
}  # fmt: skip
# One letter in eight changes: a pattern that finds those is ten times as fast as ``str.translate``, which asks after each letter.
_CHANGED = re.compile(f"[{_MARK}{''.join(_LETTERS)}]")
# In a text of many words the usual ones of them are replaced first, each everywhere at once.
_LONG, _USUAL = 24, tuple((letter, _LETTERS[letter]) for letter in "أإآىةؤئ")


def fold(text: str) -> str:
    """Return text for matching: no marks, one alef, ya and ha, Western digits, lower case. Punctuation stays.

    Characters are only dropped or replaced one by one, so ``fold_map`` can lead every folded character back.
    """
    if len(text) > _LONG:
        for letter, plain in _USUAL:
            text = text.replace(letter, plain)
    return _CHANGED.sub(_folded, text).lower()


def _folded(found: re.Match[str]) -> str:
    return _LETTERS.get(found[0], "")  # what is no letter is a mark


def bare(text: str) -> str:
    """Return text without vowel signs, tatweel and invisible characters, its letters as published."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=REMEMBERED)
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
