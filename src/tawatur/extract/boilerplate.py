"""Known residue of pages: prompts, share bars, comment rules and the like, by patterns that a journalist can edit.

``data/residue.tsv`` holds reason and pattern. A pattern is words, with ``*`` for any words (or, inside a word, any
letters) and ``(a|b)`` for a choice (``(a|b)+``: any number of them); it must cover the whole line. Spelling variants and
punctuation do not matter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.extract.lines import Line, Role

#: A longer line is running text even if it begins like a prompt; a pattern may allow more.
MOST_WORDS = 25
_SEPARATOR = re.compile(r"[\W_]+|[xX×oO]{3,}")
# The initials of who wrote and who edited it: "س ع / م ب", "=== ر.ا"; and a machine's mark: "aXA6IDE5NS4xNzg".
_INITIALS = re.compile(r"[\W_]*[\u0621-\u064a]{1,2}(?:[\W_]+[\u0621-\u064a]{1,2}){1,7}[\W_]*")
_MACHINE = re.compile(r"[A-Za-z0-9+/=_-]{14,}|\d{2,8}")
# "ع ع ع", "A- A+": buttons for the size of letters.
_LETTERS = re.compile(r"[\W_]*([\u0621-\u064aA-Za-z])(?:[\W_]+\1){1,3}[\W_]*")
_JOINT = re.compile(r"[/.=]")
# "الأولى » الاقتصاد": where a page stands on its site.
_PATH = re.compile(r"[^»›>|.\n]{2,40}(?:\s[»›>]\s[^»›>|.\n]{2,60})+")


@lru_cache(maxsize=4096)
def reason(text: str) -> str:
    """Return why a line is no part of an article (a key under ``removed.``), or ""."""
    if _SEPARATOR.fullmatch(text):
        return "separator"
    if _PATH.fullmatch(text):
        return "navigation"
    if _INITIALS.fullmatch(text) and _JOINT.search(text):
        return "byline"
    if _MACHINE.fullmatch(text):
        return "leftover"
    if _LETTERS.fullmatch(text):
        return "share_bar"
    folded = fold(text)
    for why, pattern in _patterns_for(len(folded.split())):
        if pattern.fullmatch(folded):
            return why
    return ""


def mark(line: Line) -> Line:
    """Return the line as removed if it is known residue."""
    found = reason(line.text)
    return line.is_(Role.REMOVED, reason=found) if found else line


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the expression of a pattern of ``residue.tsv``; it is to match folded text."""
    found = ""
    pending = r"\W*"
    for token in fold(pattern).split():
        if token == "*":
            pending = r"(?:.*\W)?" if not found else r"\W(?:.*\W)?"
        else:
            found += pending + _word(token)
            pending = r"\W+"
    tail = r"\W*" if pending == r"\W+" else r"(?:\W.*)?"
    return re.compile(found + tail, re.DOTALL)


def compiled_words(words: str) -> str:
    """Return the expression of plain words, for folded text: any punctuation may stand between them."""
    return r"\W+".join(re.escape(word) for word in fold(words).split())


def _word(token: str) -> str:
    """The expression of one word of a pattern; letters only stand for themselves."""
    signs = {"*": r"\w*", "(": "(?:", ")": ")", "|": "|", "_": r"\W+"}
    found = "".join(signs.get(char, re.escape(char)) for char in token.removesuffix("+"))
    return rf"{found}(?:\W+{found})*" if token.endswith("+") else found


@cache
def _patterns_for(words: int) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns that a line of so many words may match, each with its reason."""
    return tuple((why, pattern) for why, pattern, most in _patterns() if words <= most)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    found = rows("tawatur.extract", "residue.tsv")
    return tuple((row[0], compiled(row[1]), int(row[2]) if len(row) > 2 else MOST_WORDS) for row in found)
