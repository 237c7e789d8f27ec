"""Build regular expressions over folded text from the words of data files."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tawatur.arabic.fold import fold

#: One or more blanks within a line, and none or more.
BLANK = r"[^\S\n]+"
MAYBE = r"[^\S\n]*"


def words_pattern(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words or phrases, folded, the longest first; blanks match any blank."""
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", BLANK) for word in folded) + ")"


def squeezed(text: str) -> str:
    """Return a match as the data files spell it: one blank between words."""
    return " ".join(text.split())
