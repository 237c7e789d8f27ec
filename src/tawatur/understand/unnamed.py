"""Clauses by which a source stays unnamed: "مسؤول طلب عدم الكشف عن هويته". They tell how it spoke, not who and not what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.understand.names import PACKAGE, word_set
from tawatur.understand.tokens import Token

#: A letter for each place in a clause, as the data file names them.
_LETTERS = {
    "speaks": "v",
    "asks": "a",
    "refuses": "r",
    "not": "l",
    "wishes": "w",
    "without": "x",
    "act": "t",
    "link": "k",
    "name": "n",
    "names": "s",
}
_COMMA, _OTHER = "،", "."
#: A clause, with the relative before it, and with the commas around it where it stands between two.
_CLAUSE = re.compile(r"(?P<comma>,)?q?v?(?:(?:ax|rx?|lwk?x?|l)tk?n|ls)(?(comma),?)")


def unnamed(tokens: Sequence[Token]) -> Iterator[range]:
    """Yield which tokens are such a clause."""
    known = _letters()
    if not any(known.get(token.folded) in ("n", "s") for token in tokens):
        return
    letters = "".join(known.get(token.folded, _OTHER) for token in tokens)
    for found in _CLAUSE.finditer(letters):
        yield range(*found.span())


@cache
def _letters() -> dict[str, str]:
    known = {_COMMA: ",", ",": ","} | dict.fromkeys(word_set("relative_pronouns.txt"), "q")
    return known | {fold(word): _LETTERS[place] for place, *words in rows(PACKAGE, "unnamed.tsv") for word in words}
