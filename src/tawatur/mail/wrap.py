"""Plain text in lines that can be read: as wide as they look, whatever letters they are of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

#: RFC 3676 and custom: lines that are quoted once or twice still fit.
WIDTH = 72
#: Letters that take two places in a mail program of fixed width.
_WIDE = ("W", "F")


def width(text: str) -> int:
    """Return how many places a text takes: none for marks that stand above or below a letter, and for invisible ones."""
    return sum(_width(letter) for letter in text)


def wrapped(text: str, *, first: str = "", rest: str = "", most: int = WIDTH) -> str:
    """Return a paragraph in lines; ``first`` stands before the first, ``rest`` before each other one.

    A word that is too long, such as an address, has a line of its own and is never broken.
    """
    return "\n".join(_lines(text, first, rest, most))


def _lines(text: str, first: str, rest: str, most: int) -> Iterator[str]:
    line, empty = first, True
    for word in text.split():
        if not empty and width(line) + 1 + width(word) > most:
            yield line
            line, empty = rest, True
        line = line + word if empty else f"{line} {word}"
        empty = False
    yield line


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in _WIDE else 1
