"""The words by which a rewriting is held to its sources: lists of ``data/faithful_words.tsv``, and what a word is as a fault."""

from __future__ import annotations

from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines, rows
from tawatur.understand.reporting import Cue, Tier, cue_of

_CONJUNCTIONS = ("و", "ف")
#: What may stand before the stem of a common word.
_LEADS = ("", "و", "ف", "ال", "وال", "ب", "بال", "ل", "لل", "ول", "وب", "وبال", "ك")


@cache
def of_kind(kind: str) -> frozenset[tuple[str, ...]]:
    """Return the folded words and phrases of one kind."""
    table = rows("tawatur.stories", "faithful_words.tsv")
    return frozenset(tuple(fold(form).split("_")) for what, forms in table if what == kind for form in forms.split())


def is_any(word: str, *kinds: str) -> bool:
    """Say whether a folded word is of one of some kinds, with a conjunction before it or without."""
    forms = [(word,), (word[1:],)] if word[:1] in _CONJUNCTIONS else [(word,)]
    return any(form in of_kind(kind) for kind in kinds for form in forms)


def phrase(words: list[str], at: int, kind: str) -> bool:
    """Say whether a word or phrase of one kind stands at a place of some folded words."""
    if is_any(words[at], kind):
        return True
    pair = tuple(words[at : at + 2])
    return pair in of_kind(kind) or (pair[0][1:], *pair[1:]) in of_kind(kind)


@cache
def canon(word: str) -> str:
    """Return the word that stands for all that say the same and for all spellings of a folded word."""
    return _same().get(word, word)


@cache
def _same() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines("tawatur.stories", "faithful_synonyms.txt"):
        first, *others = (fold(form) for form in line.split())
        for lead in ("", *_CONJUNCTIONS):
            found |= {lead + other: lead + first for other in others}
    for first, *others in rows("tawatur.stories", "spellings.tsv"):
        found |= {fold(other): fold(first) for other in others if other}
    return found


def reports(word: str) -> Cue | None:
    """Return the reporting word that a folded word is, None where it needs a colon to be one."""
    found = cue_of(word)
    return found[0] if found and found[0].tier is not Tier.MARK else None


@cache
def is_time(word: str) -> bool:
    """Say whether a folded word names a day, a month or a time."""
    bare = _without(word)
    return any(form in _times() for form in (word, *bare))


@cache
def _times() -> frozenset[str]:
    days = (name for _, name, _ in rows("tawatur.arabic", "weekdays.tsv"))
    months = (part for row in rows("tawatur.arabic", "months.tsv") for field in row for part in field.split("|"))
    told = (one for form in of_kind("time") for one in form)
    return frozenset(word for name in (*days, *months) for word in fold(name).split() if not word.isdigit()) | set(told)


@cache
def is_common(word: str) -> bool:
    """Say whether a folded word is an everyday one, no name: what no list knows is taken for a name."""
    return any(form in _common() for form in (word, *_without(word)))


def _without(word: str) -> tuple[str, ...]:
    return tuple(word[len(lead) :] for lead in _LEADS if word.startswith(lead) and len(word) - len(lead) > 1)


@cache
def _common() -> frozenset[str]:
    table = rows("tawatur.understand", "word_classes.tsv.gz")
    known = {word for word, classes, likely in table if classes.startswith("O") and likely == "0000"}
    return frozenset(known | {fold(word) for word in lines("tawatur.arabic", "stopwords.txt")})
