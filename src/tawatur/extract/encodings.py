"""Single-byte encodings of Arabic, and how well a text reads as Arabic in one of them.

All of them decode almost any bytes, so only the language tells them apart: which letter follows which (``data/letter_pairs.tsv``).
What another encoding makes of a text is letters in impossible company, or accented Latin letters among Arabic ones.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from tawatur.arabic.lexicon import rows

#: The encodings in which Arabic news is found, the likelier first: of equals the first is taken.
COMMON = ("cp1256", "iso8859_6", "mac_arabic")
#: Those of DOS, tried only where the text is no good Arabic in the common ones: cp864 has most letters where ISO-8859-6 has them.
DOS = ("cp720", "cp864")
ARABIC = COMMON + DOS
#: From here on a text is surely Arabic in its encoding, and below the second it is not: mean logarithms of probabilities of pairs.
#: Articles stand between -3.2 and -2.4 where they are right and below -3.3 where they are not, titles between -3.7 and -2.2; a name
#: may stand lower. Russian read as Arabic stands at -4.8.
SURE, POSSIBLE = -3.4, -4.6
#: By so much a rare encoding must be better.
MUCH = 0.5
#: How much of a text is looked at.
LOOKED_AT = 20_000

_ALIASES = {
    "arabic": "iso8859_6", "csisolatinarabic": "iso8859_6", "asmo-708": "iso8859_6", "ecma-114": "iso8859_6",
    "iso-8859-6-e": "iso8859_6", "iso-8859-6-i": "iso8859_6", "x-mac-arabic": "mac_arabic", "macarabic": "mac_arabic",
    "dos-720": "cp720", "ibm864": "cp864", "cp-1256": "cp1256", "windows1256": "cp1256", "x-cp1256": "cp1256", "utf8": "utf-8",
}  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|<\?xml[^>]*encoding\s*=\s*)["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
# What says nothing: pages in other encodings declare it out of habit.
_WESTERN = ("latin-1", "iso-8859-1", "windows-1252", "cp1252")
_HABIT = ("utf-8", *_WESTERN, "us-ascii", "ascii")
_TOKEN = re.compile(r"[^\W\d_]+|[^\x00-\x7f\s]")
_MARKS = re.compile("[\u0640\u064b-\u0655\u0670]")
_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00ff\u0152\u0153]+")
_SIGNS = frozenset("،؛؟«»“”‘’‹›–—…•·©®°٪٫٬٠١٢٣٤٥٦٧٨٩\u00a0\u00ad\u200c\u200d\u200e\u200f")
_UPPER = bytes(range(0x80, 0x100))
_MAC_SIGNS = bytes((*range(0xDB, 0xE0), *range(0xFB, 0x100)))
_SIGN, _ODD = -4.0, -9.0


class Reading(NamedTuple):
    """A text in one encoding, and how well it reads as Arabic there."""

    name: str
    text: str
    score: float


def best_reading(content: bytes, first: Iterable[str] = ()) -> Reading | None:
    """Return the best reading of bytes in an Arabic encoding, those of ``first`` winning a tie; None where none decodes them."""
    told = [name for name in first if name in ARABIC]
    best = _best(content, dict.fromkeys((*(name for name in told if name in COMMON), *COMMON)))
    if best and best.score >= SURE and not any(name in DOS for name in told):
        return best
    rare = _best(content, DOS)
    return rare if rare and (best is None or rare.score > best.score + MUCH) else best


def _best(content: bytes, names: Iterable[str]) -> Reading | None:
    best: Reading | None = None
    for name in names:
        text = strict(content, name)
        if text is None:
            continue
        text = unicodedata.normalize("NFKC", text) if name == "cp864" else text
        score = arabic(text) - (_signs_share(content) if name == "mac_arabic" else 0)
        if best is None or score > best.score:
            best = Reading(name, text, score)
    return best


def _signs_share(content: bytes) -> float:
    """How much of the upper half is what ``mac_arabic`` has brackets and lines for, and windows-1256 letters: 0 to 9."""
    upper = len(content) - len(content.translate(None, _UPPER))
    return -_ODD * (len(content) - len(content.translate(None, _MAC_SIGNS))) / max(1, upper)


def strict(content: bytes, encoding: str) -> str | None:
    """Return the text of bytes in an encoding, None where it is unknown or they are none in it."""
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def declared(content: bytes, outside: str | None) -> Iterator[str]:
    """Yield the encodings that are declared outside (an HTTP header) and inside, wherever on a page that stands.

    Python's names for the Arabic ones; a declaration in a comment counts for nothing, nor one that is made out of habit.
    """
    for low in _told(content, outside):
        known = _ALIASES.get(low, "cp1256" if "1256" in low else "iso8859_6" if "8859-6" in low else low)
        if known and known not in _HABIT:
            yield known


def is_western(content: bytes, outside: str | None) -> bool:
    """Say whether windows-1252 or the encoding that it is meant by is declared, if only out of habit."""
    return any(name in _WESTERN for name in _told(content, outside))


def _told(content: bytes, outside: str | None) -> Iterator[str]:
    inside = (found.decode("ascii") for found in _DECLARED.findall(_COMMENT.sub(b"", content)))
    return (name.strip().lower().replace("_", "-") for name in (outside or "", *inside))


def arabic(text: str) -> float:
    """Return how well a text reads as Arabic: the mean logarithm of the probability of its pairs of letters, -9 at worst.

    Only what lies beyond ASCII counts; a text without that is at the worst.
    """
    total, count = 0.0, 0
    for token in _TOKEN.findall(text[:LOOKED_AT]):
        if token.isascii():
            continue
        value, weight = _token(token)
        total += value
        count += weight
    return total / count if count else _ODD


@lru_cache(maxsize=20_000)
def _token(token: str) -> tuple[float, int]:
    word = _MARKS.sub("", token)
    if _WORD.fullmatch(word):
        return _word(word), len(word) + 1
    if _LATIN.fullmatch(word) and word[0].isascii():
        return 0.0, 0  # a French word says nothing
    if token in _SIGNS:
        return _SIGN, 1
    return _ODD * len(token), len(token)


def _word(word: str) -> float:
    table, unseen = _pairs()
    return sum(table.get(pair, unseen) for pair in zip(f"_{word}", f"{word}_", strict=True))


@cache
def _pairs() -> tuple[dict[tuple[str, str], float], float]:
    """The logarithms of the probabilities of pairs, and that of a pair never seen."""
    counts = {
        (row[0], cell[0]): int(cell[1:]) for row in rows("tawatur.extract", "letter_pairs.tsv") for cell in row[1:]
    }
    totals: dict[str, int] = {}
    for (first, _), count in counts.items():
        totals[first] = totals.get(first, 0) + count
    return {pair: math.log(count / totals[pair[0]]) for pair, count in counts.items()}, math.log(1e-3)
