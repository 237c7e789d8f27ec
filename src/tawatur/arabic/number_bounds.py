"""Numbers with what makes them more or less exact: "نحو 40", "ما لا يقل عن 12", "بين 3 و5", "خمسون على الأقل".

As in ``arabic.numbers``, positions count the folded words of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.numbers import Number, bare_words, glue, read, scale_of, split, starts

_PACKAGE = "tawatur.arabic"


@cache
def openers() -> frozenset[str]:
    """Return the folded words that can open a number with its bounds or range, without clitics."""
    bounding = {words[0] for phrases in _bounds("before").values() for words, _ in phrases}
    return bare_words() | bounding | glue("between") | glue("from")


@cache
def _bounds(side: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Bounding phrases by the word next to the number, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for bound, where, phrase in rows(_PACKAGE, "bounds.tsv"):
        if where == side:
            words = tuple(split(fold(phrase)))
            found.setdefault(words[-1 if side == "before" else 0], []).append((words, bound))
    for phrases in found.values():
        phrases.sort(key=lambda one: -len(one[0]))
    return found


_CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")


def bound_before(words: Sequence[str], at: int) -> tuple[int, str]:
    """Return where the bounding words before a number start, and their kind; (at, "") for none."""
    for near in _unclitic(words[at - 1]) if at else ():
        for phrase, bound in _bounds("before").get(near, ()):
            start = at - len(phrase)
            if start >= 0 and tuple(words[start + 1 : at - 1]) == phrase[1:-1] and _opens(words[start], phrase[0]):
                return start, bound
    return at, ""


def _opens(word: str, opener: str) -> bool:
    """Say whether a word is the first of a bounding phrase; "ليصل إلى" is an aim and bounds nothing."""
    return opener in _unclitic(word) and not (word.endswith("ل" + opener) and opener[0] in "يت")


def _unclitic(word: str) -> Iterator[str]:
    yield word
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) > len(clitic) + 1:
            yield word[len(clitic) :]


def bound_behind(words: Sequence[str], at: int) -> tuple[int, str]:
    """Return where the bounding words that start at a word end, and their kind; (at, "") for none."""
    for phrase, bound in _bounds("behind").get(words[at], ()) if at < len(words) else ():
        if tuple(words[at : at + len(phrase)]) == phrase:
            return at + len(phrase), bound
    return at, ""


def read_range(words: Sequence[str], at: int) -> Number | None:
    """Return the number that starts at a word with the bounds before it, and the other end where it opens a range.

    A range is "3 إلى 5", "3-5", "3 أو 4" or "بين 3 و5". The scale behind the second number counts for the first ("3 إلى 5 ملايين").
    """
    low = read(words, at)
    if low is None:
        return None
    article = at > 0 and words[at - 1] == "ال"  # "بين الـ10 والـ17"
    start, bound = bound_before(words, at - article)
    way = _way(words, start)
    start = start if bound or way else at
    high = _high(words, low, way)
    if way and high:
        start -= 1
    low = low._replace(start=start, bound=low.bound or bound, way=way)
    return _ranged(words, low, high) if high else low


def _way(words: Sequence[str], at: int) -> str:
    """Return "between" or "from" where such a word stands before a number."""
    near = words[at - 1] if at else ""
    return "between" if near in glue("between") else "from" if near in glue("from") else ""


def _high(words: Sequence[str], low: Number, way: str) -> Number | None:
    at = low.end
    if at >= len(words) or low.upper is not None:
        return None
    if way == "between" and words[at] in ("و", "وال") and at + 1 < len(words):
        return read(words, at + 1)
    if way == "between" and words[at][0] == "و" and words[at] in starts():
        return read(words, at)
    if words[at] in glue("to") and at + 1 < len(words):
        high = read(words, at + 1)
        return high if high and high.upper is None and (words[at].isalpha() or _is_span(words, low, high)) else None
    return None


def _is_span(words: Sequence[str], low: Number, high: Number) -> bool:
    """Say whether a dash joins two numbers to a range: digits, and the second the larger ("1979- أربعون قتيلا" is none)."""
    return words[low.end - 1][0].isdigit() and words[high.start][0].isdigit() and low.value < high.value


def _ranged(words: Sequence[str], low: Number, high: Number) -> Number:
    value = low.value
    scale = scale_of(words[high.end - 1])
    if scale > 1 and value < 1000 and high.value >= 1000 and value * scale < high.value:
        value *= scale
    return low._replace(value=value, upper=high.value, end=high.end)
