"""Words of reporting: verbs with their tier and forms, participles, sources behind prepositions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import REMEMBERED, lines, rows
from tawatur.model import Claim

PACKAGE = "tawatur.understand"


class Tier(StrEnum):
    """How sure a verb reports.

    With a subject, only close before its report, only words in marks, what others said, or right before a colon or a mark.
    """

    STRONG = "strong"
    WEAK = "weak"
    ACT = "act"
    RELAY = "relay"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word: its form without conjunction, who can be its subject, and how sure it is."""

    form: str
    tier: Tier
    feminine: bool
    participle: bool
    noun: str  # which nouns can be its report: "" none, "noun" those of report_nouns.txt, "any" all
    plural: bool = False
    present: bool = False
    about: bool = False  # it carries whom or what it is about as a pronoun: "وصفته بأنه"
    claim: Claim = Claim.SAID


@lru_cache(maxsize=REMEMBERED)
def cue_of(folded: str) -> tuple[Cue, str] | None:
    """Return the reporting word of a token and the clitics before it ("و", "ف", "ل", "س"), or None."""
    known = _cues()
    if folded in known:
        return known[folded], ""
    if folded[:1] in ("و", "ف", "ل", "س") and folded[1:] in known and folded not in _never():
        # "ليقول" is a verb, "لنقل" a noun
        return (known[folded[1:]], folded[0]) if folded[0] in "وف" or folded[1] in "يت" else None
    return None


def is_reporting_verb(folded: str) -> bool:
    """Say whether a word is a reporting verb or participle, with or without conjunction."""
    return cue_of(folded) is not None


@cache
def _never() -> frozenset[str]:
    # و + رد is the verb "to be mentioned"; ف + كتب and ل + قال do not occur as other words.
    return frozenset(("ورد", "وردت", "وعد", "وجد", "فرد", "لعلق"))


def _stem(verb: str) -> str:
    """Return a verb, folded, without the weak letter that the plural drops: "يرى" is "يرون"."""
    return fold(verb[:-1]) if verb[-1] in "ىيو" else fold(verb)


@cache
def _with_object() -> frozenset[str]:
    return frozenset(lines(PACKAGE, "verbs_with_object.txt"))


def _noun_and_claim(rest: list[str]) -> tuple[str, Claim]:
    """Return the nouns that a word can report and what it claims, of the fields from its tier on."""
    return (rest[1] if len(rest) > 1 else ""), Claim(rest[2]) if len(rest) > 2 else Claim.SAID


def _forms(past: str, past_f: str, present: str, present_f: str) -> tuple[tuple[str, bool, bool], ...]:
    """Return the forms of a verb with whether they are feminine and present."""
    return ((past, False, False), (present, False, True), (past_f, True, False), (present_f, True, True))


@cache
def _cues() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for form, feminine, *rest in rows(PACKAGE, "participles.tsv"):
        noun, claim = _noun_and_claim(rest)
        for word, is_feminine in ((form, False), (feminine, True)):
            found[fold(word)] = Cue(word, Tier(rest[0]), is_feminine, participle=True, noun=noun, claim=claim)
    for past, past_f, present, present_f, *rest in rows(PACKAGE, "reporting_verbs.tsv"):
        noun, claim = _noun_and_claim(rest)
        known = Cue("", Tier(rest[0]), False, participle=False, noun=noun, claim=claim)
        for word, is_feminine, now in _forms(past, past_f, present, present_f):
            found[fold(word)] = replace(known, form=word, feminine=is_feminine, present=now)
        plural = {_stem(past) + "وا", _stem(present) + "ون", fold(past_f) + "ا", fold(present_f) + "ان"}
        if rest[0] == Tier.STRONG:
            plural.add(fold(past) + "ا")
        if past in _with_object():
            for form, is_feminine, now in _forms(past, past_f, present, present_f):
                about = replace(known, feminine=is_feminine, present=now, about=True)
                found |= {fold(form) + end: replace(about, form=form + end) for end in ("ه", "ها", "هم")}
        for word in plural:
            found.setdefault(word, replace(known, form=word, plural=True))
    return found
