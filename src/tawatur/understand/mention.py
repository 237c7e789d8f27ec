"""One naming of a person: where it stands, without the clitics written onto it, and the units of the name."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import Span
from tawatur.understand.names import JOINED, SONS, first_name_count, later_name_count, word_set
from tawatur.understand.tokens import Sentence

CLITICS = "وفبلك"

_LISTED = 20  # how often a word must be attested as a first name to go on with a list
_PAUSES = ("،", ",", "؛", ":", "-")


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of a person: sentence, first and last token (inclusive), span, and folded units of the name.

    ``fathers`` are the numbers of units that name a father ("محمد بن سلمان": 1): nobody is called by them alone.
    """

    sentence: int
    first: int
    last: int
    span: Span
    units: tuple[str, ...]
    tagged: bool = True
    fathers: frozenset[int] = frozenset()


def mention_of(
    at: int, tokens: Sentence, first: int, last: int, *, tagged: bool = True, cut: int | None = None
) -> Mention:
    """Return the mention of tokens ``first`` to ``last``; ``cut`` letters of the first are clitics (None: find out)."""
    if cut is None:
        cut = 1 if _has_clitic(tokens, first) else 0
    span = Span(tokens[first].start + cut, tokens[last].end)
    words = [tokens[first].folded[cut:], *(token.folded for token in tokens[first + 1 : last + 1] if token.is_word)]
    units, fathers = name_units(words)
    return Mention(at, first, last, span, units, tagged, fathers)


def name_units(words: list[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return folded words as units of a name, and which of them name fathers.

    What opens a unit ("عبد", "أبو", "آل") is written together with it.
    """
    units: list[str] = []
    fathers: set[int] = set()
    opened = ""
    for word in words:
        if word in SONS[:3]:
            fathers.add(len(units))
        elif word in JOINED:
            opened += word
        else:
            units.append(opened + word)
            opened = ""
    return tuple([*units, opened] if opened else units), frozenset(fathers)


def _has_clitic(tokens: Sentence, first: int) -> bool:
    folded = tokens[first].folded
    before = tokens[first - 1] if first else None
    listed = before is not None and (before.text in ("،", ",") or before.text.isdigit())
    if folded[:1] not in CLITICS or len(folded) < 4 - listed or folded in word_set("everyday_words.txt"):
        return False
    if folded[0] in "فك" and first and tokens[first - 1].text not in _PAUSES:
        return False  # "فلورانس", "كايلين"
    bare, whole = _weight(folded[1:]), _weight(folded)
    if folded[0] == "و" and before is not None and before.text == ")" and first_name_count(folded[1:]) >= _LISTED:
        return True  # "فلان (الأهلي) وسام كذا (الزمالك)"
    if folded[0] == "و" and not whole and before is not None and (listed or _weight(before.folded)):
        return True  # "فلان، وفينس كذا"
    return bare > 8 * whole and (folded[0] in "ولبف" or bare > 5)


def _weight(folded: str) -> int:
    return first_name_count(folded) + later_name_count(folded)
