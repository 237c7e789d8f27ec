"""How a name stands in an address, and what all spellings of it share."""

from __future__ import annotations

import re
from functools import lru_cache

from tawatur.arabic.fold import bare, fold

_NOT_WORD = re.compile(r"[\W_]+")
#: The longest slug: a name of a dozen words says no more in an address.
LONGEST = 80
#: Letters that one outlet writes in a foreign name and another leaves out, and the endings that tell a name from no other.
_WEAK = re.compile("[اويه]")
#: Letters by which outlets write one foreign sound ("أنجيلا", "أنغيلا").
_SOUNDS = str.maketrans("غط", "جت")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=50_000)
def tidy(name: str) -> str:
    """Return a name to show: without the signs of a hashtag ("#بشار_الأسد"), marks and needless blanks."""
    return " ".join(bare(name).replace("#", " ").replace("_", " ").split()) or name


@lru_cache(maxsize=50_000)
def slug(name: str) -> str:
    """Return a name as it stands in an address: its words as published, without marks and signs, joined by hyphens."""
    return _joined(bare(name)) or "-"


@lru_cache(maxsize=50_000)
def form(name: str) -> str:
    """Return what spellings of a name share that readers take for the same, as a slug of folded letters."""
    return _joined(fold(name)) or "-"


def _joined(name: str) -> str:
    return _NOT_WORD.sub("-", name.replace("\u0640", "")).strip("-")[:LONGEST].rstrip("-")


@lru_cache(maxsize=50_000)
def skeleton(unit: str) -> str:
    """Return the firm letters of one unit of a folded name: "ترامب" and "ترمب", "نتنياهو" and "نتانياهو" share them."""
    firm = _DOUBLED.sub(r"\1", unit[:1] + _WEAK.sub("", unit[1:]).translate(_SOUNDS))
    return firm if len(firm) > 1 else unit
