"""What a role phrase says, apart from how it is written: "وزير خارجية مصر" and "وزير الخارجية المصري" say the same."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tawatur.understand.features import strip_clitics
from tawatur.understand.names import nationality, place, word_set
from tawatur.understand.reporting import cue_of
from tawatur.understand.role_words import role_word
from tawatur.understand.tokens import Sentence, tokenize

_NO_LANDS = frozenset(("الماليه", "ماليه"))  # "وزير المالية" is not of Mali
_FORMER = frozenset(("سابق", "سابقه", "اسبق", "راحل", "راحله", "مخلوع", "معزول"))


class Role(NamedTuple):
    """What a role phrase says: its head word, its countries, its other words without article and clitics, whether it is over."""

    head: str
    lands: frozenset[str]
    words: frozenset[str]
    former: bool = False


def role_of(tokens: Sentence) -> Role:
    """Return what a role phrase says."""
    if not tokens:
        return Role("", frozenset(), frozenset())
    lands: set[str] = set()
    words: set[str] = set()
    at = 1
    while at < len(tokens):
        pair = place(" ".join(token.folded for token in tokens[at : at + 2])) if at + 1 < len(tokens) else None
        if pair and pair.kind == "country":
            lands.add(pair.country)
            at += 2
            continue
        folded = tokens[at].folded
        land = land_of(folded)
        if land == "KR" and at + 1 < len(tokens) and tokens[at + 1].folded == "الشمالي":
            land = "KP"
        elif land == "KR" and nationality(folded) and "الجنوبي" not in (t.folded for t in tokens[at + 1 : at + 2]):
            lands.add("KP")  # "الزعيم الكوري" may be of either
        if land:
            lands.add(land)
        elif tokens[at].is_word and _bare(folded) not in word_set("role_empty.txt"):
            words.add(_bare(folded))
        at += 1
    words -= {"شمالي", "جنوبي"} if lands else set()
    former = bool(words & _FORMER)
    return Role(role_word(tokens[0].folded), frozenset(lands), frozenset(words - _FORMER), former)


@lru_cache(maxsize=20_000)
def role_told(text: str) -> Role:
    """Return what a role phrase says, as published."""
    return role_of(tuple(tokenize(text)))


@lru_cache(maxsize=20_000)
def land_of(folded: str) -> str:
    """Return the country code of a word in a role: an adjective or the name of a country, or ""."""
    found = place(folded)
    if folded in _NO_LANDS:
        return ""
    return nationality(folded) or (found.country if found and found.kind == "country" else "")


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    bare = strip_clitics(word).removeprefix("ال")
    if bare[:1] in "لب" and len(bare) > 4 and cue_of(bare) is None and bare[1:] in word_set("role_complements.txt"):
        bare = bare[1:]
    return bare.removesuffix("ا") if len(bare) > 4 else bare
