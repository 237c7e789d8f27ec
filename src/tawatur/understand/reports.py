"""Where the report of a reporting word starts and ends: behind إن/أن, a colon, a mark, or as a verbal noun."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.model import Claim
from tawatur.understand.clauses import end_of_clause, end_of_colon
from tawatur.understand.cues import COMMAS, LEAST_MARKED, WEAK_REACH, Found, is_report_noun, relatives
from tawatur.understand.features import is_common, owned
from tawatur.understand.names import PACKAGE, place, word_set, word_sets
from tawatur.understand.phrases import is_organization, skip_openers
from tawatur.understand.reporting import Tier, cue_of
from tawatur.understand.tokens import Token
from tawatur.understand.units import Unit

STRONG_REACH, PASSIVE_REACH, NOUN_REACH = 30, 6, 22
_CONSIDERED = ("يعتبر", "تعتبر")
_WAS = ("كان", "كانت", "وكان", "وكانت")


@dataclass(frozen=True, slots=True)
class Report:
    """A report: where the subject's stretch ends, and tokens ``start`` to ``end`` (exclusive)."""

    subject_end: int
    start: int
    end: int


def report_of(unit: Unit, found: Found, limit: int) -> Report | None:
    """Return the report of a reporting word before token ``limit``, or None."""
    if found.cue.tier is Tier.ACT:
        return withheld(unit, found, limit)[0] if found.cue.claim is Claim.REFUSED else _held(unit, found, limit)
    reach = WEAK_REACH if found.cue.tier is Tier.WEAK and not found.cue.form.startswith("وصف") else STRONG_REACH
    if unit.tokens[found.at].folded.removeprefix("و") in _CONSIDERED:
        reach = PASSIVE_REACH  # mostly "is considered"
    stop = min(limit, found.at + reach, len(unit))
    for at in range(found.at + 1, stop):
        token = unit.tokens[at]
        if unit.opens_quote(at) and unit.words_in_quote(at) >= (2 if _direct_mark(unit, at) else LEAST_MARKED):
            return _noun_report(unit, found, at) or Report(at, at, end_of_clause(unit, at))
        if unit.quotes[at] >= 0:
            continue
        if token.text == ":" and not unit.tokens[at - 1].text[0].isdigit():
            start = _behind_colon(unit, at)
            return Report(at, start, end_of_colon(unit, start)) if start < len(unit) else None
        if found.cue.noun and _is_noun_behind_preposition(unit, at):
            break
        if unit.complements(at) and not _opens_other(unit, at):
            return Report(at, at + 1, end_of_clause(unit, at + 1)) if at + 1 < len(unit) else None
        if token.text in ".؟!":
            break
    return _noun_report(unit, found, stop)


def _opens_other(unit: Unit, at: int) -> bool:
    """Say whether a "that" opens no report: "بعد أن", and "، على أن يبدأ العمل غدا", which is a condition."""
    before = unit.tokens[at - 1].folded
    condition = before == "علي" and unit.tokens[at - 2].text in COMMAS and unit.tokens[at].folded == "ان"
    return condition or before in word_set("other_that.txt")


def _behind_colon(unit: Unit, at: int) -> int:
    """Return where the words behind a colon start: behind "إن", and behind "قوله:"."""
    words = [token.folded for token in unit.tokens[at + 1 : at + 3]]
    if len(words) < 2:
        return at + 1
    if words[0] in ("قوله", "قولها", "قولهم") and words[1] == ":":
        return at + 3
    return at + 2 if words[0] in ("ان", "بان") and unit.quotes[at + 1] < 0 else at + 1


def _held(unit: Unit, found: Found, limit: int) -> Report | None:
    """Return what somebody is said to hold: "أعرب عن اعتقاده أن", "عبر عن قناعته بأن"."""
    for at in range(found.at + 2, min(limit, found.at + WEAK_REACH, len(unit) - 1)):
        if unit.complements(at) and unit.tokens[at - 2].folded == "عن" and owned(unit.tokens[at - 1].text):
            return Report(at - 2, at + 1, end_of_clause(unit, at + 1))
    return None


def withheld(unit: Unit, found: Found, limit: int) -> tuple[Report | None, Claim]:
    """Return what somebody refuses to say, with the claim that is not made: "رفض تأكيد أن …"."""
    for at in range(found.at + 1, min(limit, found.at + WEAK_REACH, len(unit) - 2)):
        claim = _withheld().get(unit.tokens[at].folded)
        if claim and unit.tokens[at + 1].folded in word_set("complementizers.txt"):
            return Report(at, at + 2, end_of_clause(unit, at + 2)), claim
    return None, found.cue.claim


@cache
def _withheld() -> dict[str, Claim]:
    return {fold(word): Claim(claim) for word, claim in rows(PACKAGE, "withheld.tsv")}


def _is_noun_behind_preposition(unit: Unit, at: int) -> bool:
    folded, before = unit.tokens[at].folded, unit.tokens[at - 1].folded
    return is_report_noun(folded) and (before == "عن" or (folded[0] == "ب" and is_report_noun(folded[1:])))


def _direct_mark(unit: Unit, at: int) -> bool:
    """Say whether the mark follows a colon or a verb of saying directly."""
    before = unit.tokens[at - 1]
    cue = cue_of(before.folded)
    return before.text == ":" or (cue is not None and before.folded.removeprefix("و") not in _CONSIDERED)


def _noun_report(unit: Unit, found: Found, stop: int) -> Report | None:
    """Return a verbal noun that is the report: "أعلن … مقتل …", "نفت … وقوع …"."""
    if not found.cue.noun or (found.cue.present and found.at and unit.tokens[found.at - 1].folded == "ان"):
        return None  # "من المتوقع أن تعلن رفع …" is not said yet
    for at in range(found.at + 1, min(stop, found.at + NOUN_REACH)):
        if unit.tokens[at].text in ".؟!" or (unit.quotes[at] >= 0 and unit.words_in_quote(at) >= LEAST_MARKED):
            return None
        if at == found.at + 2 and is_organization(unit.tokens[at - 1].folded):
            continue  # "أعلن فريق تطوير كذا": the noun belongs to who speaks
        if (_is_report(unit, at, found) or _follows_verb(unit, at, found)) and at + 1 < len(unit):
            before = unit.tokens[at - 1].folded
            end = at - 1 if before in ("عن", "علي", "الي") else at
            return Report(end, at, end_of_clause(unit, at))
        if unit.tokens[at - 1].folded == "عن" and found.cue.noun != "any":
            return None  # "أعلن عن خطة بشأن وقوع …" is an act
    return None


def _follows_verb(unit: Unit, at: int, found: Found) -> bool:
    """Say whether a noun follows a verb whose subject stands before it: "وكانت الوزارة قد أكدت أمس شن حملة"."""
    if unit.tokens[found.at - 1].folded != "قد" or unit.tokens[0].folded not in _WAS:
        return False
    folded = unit.tokens[at].folded
    return (
        at == skip_openers(unit, found.at + 1, len(unit)) and folded[:2] != "ال" and len(folded) > 1 and folded != "ان"
    )


def _is_report(unit: Unit, at: int, found: Found) -> bool:
    """Say whether a token is a noun that the verb can report; a denial takes any noun with a pronoun, or "أي …"."""
    token, before, kind = unit.tokens[at], unit.tokens[at - 1].folded, found.cue.noun
    if kind == "عن" and before == "عن":
        return token.is_word and len(token.folded) > 2 and token.folded not in relatives()
    if kind == "ب" and token.folded[0] == "ب":
        return len(token.folded) > 3 and not is_common(token.text) and is_common(token.text[1:])
    if kind == "على" and before != "علي":
        return False
    if is_report_noun(token.folded):
        return True
    if kind == "own":
        return _is_own_noun(token) and before not in relatives() and before not in word_set("object_prepositions.txt")
    if kind == "any" and at == found.at + 1 and found.at and not (found.clitic or found.negated):
        plain = not token.folded.startswith("ال") and place(token.folded) is None and not is_organization(token.folded)
        return plain and unit.tokens[at - 2].is_word and not found.relative
    return kind == "any" and (token.folded == "اي" or owned(token.text))


def _is_own_noun(token: Token) -> bool:
    """Say whether a word is a noun with a pronoun that can be said, not who says it: "دعمه", not "مكتبه"."""
    if not owned(token.text):
        return False
    stem = next(token.folded.removesuffix(end) for end in ("ها", "هم", "ه") if token.folded.endswith(end))
    stem = stem[:-1] + "ه" if stem.endswith("ت") else stem
    return not {stem, stem.removesuffix("ه")} & (word_sets("organization_heads.txt", "role_heads.txt"))
