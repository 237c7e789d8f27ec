"""Where a reported clause ends: at a full stop, at the next report, at a source, or at what the outlet adds."""

from __future__ import annotations

from functools import cache

from tawatur.model import Claim
from tawatur.understand.cues import (
    COMMAS,
    WEAK_REACH,
    complement_near,
    has_what_it_needs,
    is_basis,
    is_impersonal,
    is_source,
    relatives,
)
from tawatur.understand.names import word_set
from tawatur.understand.reporting import Tier, cue_of
from tawatur.understand.units import Unit

LEAST_SENTENCE = 7  # words in marks that stand for themselves behind a clause
CONTRAST_REACH = 8  # words from "but" to the verb of who says otherwise
_TRAILING = ("كما", "فيما", "بينما", "و", "وذلك", "وفيما")
_ACTS = (Claim.DEMANDED, Claim.CONDEMNED, Claim.WELCOMED, Claim.ACCUSED)  # what whoever reports does besides


def end_of_colon(unit: Unit, start: int) -> int:
    """Return the token behind what follows a colon: its quotation, else the rest of the unit."""
    return unit.end_of_quote(start) if unit.quotes[start] >= 0 else end_of_clause(unit, start)


def end_of_clause(unit: Unit, start: int) -> int:
    """Return the token behind a reported clause: at a full stop, a new report, a source, or the outlet's own addition."""
    at = start + 1
    while at < len(unit):
        if unit.quotes[at] == -1 and (unit.tokens[at].text in ".؟!" or _starts_other(unit, at, start)):
            break
        if unit.opens_quote(at) and unit.tokens[at - 1].text in COMMAS and unit.words_in_quote(at) >= LEAST_SENTENCE:
            break  # "أنه كان هناك، «كنت وحدي …»": own words go on behind the clause
        at += 1
    while at > start + 1 and (unit.tokens[at - 1].text in COMMAS or unit.tokens[at - 1].folded in _TRAILING):
        at -= 1
    return at


def _starts_other(unit: Unit, at: int, start: int) -> bool:
    token = unit.tokens[at]
    if token.folded in ("دون", "بدون") and _leaves_out(unit, at):
        return True
    comma = unit.tokens[at - 1].text in COMMAS or unit.quotes[at - 1] >= 0
    if comma and (_opens_addition(unit, at) or _opens_contrast(unit, at)):
        return True
    if is_source(token.folded) and at > start + 1 and not (at + 1 < len(unit) and is_basis(unit.tokens[at + 1].folded)):
        return True
    if _opens_aside(unit, at, comma=comma):
        return True
    match = cue_of(token.folded) if token.is_word else None
    if not match or at < start + 2:
        return False
    cue, clitic = match
    if not (clitic or cue.participle) and comma:
        if cue.tier is Tier.STRONG and unit.quotes[at - 2] >= 0:
            return True  # "إذ حذر من أنه «…»، أكد أن"
        if _opens_with_while(unit):
            return True  # "وفيما قال فلان إن …، نفت المعارضة"
    if (
        is_impersonal(unit, at, cue)
        or not has_what_it_needs(unit, at, cue)
        or (cue.tier is Tier.WEAK and not _leads(unit, at))
    ):
        return False
    if cue.participle:
        return cue.tier is Tier.STRONG or comma
    if cue.tier is Tier.ACT:
        # "إن الأمر «…»، ودعا إلى", "إنه يرفض، ودعا إلى"
        return comma and clitic == "و" and (unit.quotes[at - 2] >= 0 or (not cue.present and cue.claim in _ACTS))
    return clitic in ("و", "ف", "ل") or unit.tokens[at - 1].folded in ("كما", "فيما", "بينما")


def _opens_with_while(unit: Unit) -> bool:
    """Say whether a unit opens with what was said while something else was: "بينما", "وفيما", "في حين"."""
    words = [token.folded for token in unit.tokens[:2]]
    words[0] = words[0].removeprefix("و")
    return not {words[0], " ".join(words)}.isdisjoint(word_set("whiles.txt"))


def _leaves_out(unit: Unit, at: int) -> bool:
    """Say whether the outlet adds what whoever speaks leaves out: "إن المهاجم توقف دون أن يذكر اسمه"."""
    if at + 2 >= len(unit) or unit.tokens[at + 1].folded != "ان":
        return False
    verb = cue_of(unit.tokens[at + 2].folded)
    return verb is not None and verb[0].present and verb[0].tier is Tier.STRONG


def _leads(unit: Unit, at: int) -> bool:
    """Say whether a verb that is not sure to report does so: "واعتبر أن", not "وتعهدت بتوكيل محام"."""
    near = range(at + 1, min(at + WEAK_REACH, len(unit)))
    return any(unit.complements(n) or unit.tokens[n].text == ":" or unit.opens_quote(n) for n in near)


def _opens_aside(unit: Unit, at: int, *, comma: bool) -> bool:
    """Say whether a token leads into another report: "ولكنها أكدت", "، التي تقول تقارير"; or leaves it: "في وقت"."""
    folded = unit.tokens[at].folded
    if at + 1 >= len(unit):
        return False
    if folded == "في" and unit.tokens[at + 1].folded == "وقت":
        return at + 2 < len(unit) and unit.tokens[at + 2].folded not in ("سابق", "لاحق", "متاخر", "مبكر")
    if comma and folded == "بعد" and unit.tokens[at + 1].folded == "ان":
        return at + 2 < len(unit) and cue_of(unit.tokens[at + 2].folded) is not None  # "…، بعد أن قال فلان"
    contrast = folded in word_set("contrasts.txt")
    if not contrast and not (comma and folded in relatives()):
        return False
    verb = at + 1 + (contrast and unit.tokens[at + 1].folded in word_set("verb_negations.txt"))  # "لكنه لم يوضح"
    if verb > at + 1 and unit.quotes[at - 1] >= 0:
        return True
    return verb < len(unit) and cue_of(unit.tokens[verb].folded) is not None


def _opens_contrast(unit: Unit, at: int) -> bool:
    """Say whether somebody else's report follows a "but": "…، لكن المتحدث قال إن"."""
    if unit.tokens[at].folded not in word_set("buts.txt"):
        return False
    for near in range(at + 1, min(at + CONTRAST_REACH, len(unit))):
        if unit.tokens[near].text in COMMAS or unit.quotes[near] >= 0 or unit.complements(near):
            if unit.tokens[near - 1].folded not in ("بيد", "غير", "الا"):
                return False
            continue
        cue = cue_of(unit.tokens[near].folded)
        if cue and not cue[1] and cue[0].tier is Tier.STRONG and not cue[0].participle:
            return complement_near(unit, near) or unit.opens_quote(min(near + 1, len(unit) - 1))
    return False


def _opens_addition(unit: Unit, at: int) -> bool:
    if unit.tokens[at].folded not in _first_of_additions():
        return False
    ends = word_set("clause_ends.txt")
    words = [token.folded for token in unit.tokens[at : at + 4]]
    return any(" ".join(words[:length]) in ends for length in (1, 2, 3, 4))


@cache
def _first_of_additions() -> frozenset[str]:
    """Return the first words of what an outlet adds behind a clause."""
    return frozenset(end.split()[0] for end in word_set("clause_ends.txt"))
