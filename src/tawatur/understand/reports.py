"""Where the report of a reporting word starts and ends: behind إن/أن, a colon, a mark, or as a verbal noun."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.model import Claim
from tawatur.understand.features import owned
from tawatur.understand.names import PACKAGE, word_set
from tawatur.understand.phrases import skip_openers
from tawatur.understand.reporting import Cue, Tier, cue_of
from tawatur.understand.tokens import Token
from tawatur.understand.units import Unit

STRONG_REACH, WEAK_REACH, PASSIVE_REACH, NOUN_REACH = 30, 14, 6, 22
_STILL_SAID = (Claim.DENIED, Claim.DOUBTED)  # what is not denied is still told
LEAST_SENTENCE = 7  # words in marks that stand for themselves behind a clause
LEAST_MARKED = 3  # words in marks that are somebody's wording, not a label
_COMMAS = ("،", ",", "؛")
_EXCEPT = ("الا", "غير", "بيد")  # "إلا أن" opens no report
_TRAILING = ("كما", "فيما", "بينما", "و", "وذلك", "وفيما")
_WAS = ("كان", "كانت", "وكان", "وكانت")
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن")
_STOOD = ("ورد", "وردت")


@dataclass(frozen=True, slots=True)
class Found:
    """A reporting word at a token."""

    at: int
    cue: Cue
    clitic: str
    relative: bool  # "الذي قال", "ما قالت": inside a clause about something else
    negated: bool = False  # "لم ينف أن"


@dataclass(frozen=True, slots=True)
class Report:
    """A report: where the subject's stretch ends, and tokens ``start`` to ``end`` (exclusive)."""

    subject_end: int
    start: int
    end: int


def cues(unit: Unit, names: Collection[int]) -> list[Found]:
    """Return the reporting words of a unit outside quotations and names, in order. ``names``: where words of names start."""
    found: list[Found] = []
    for at, token in enumerate(unit.tokens):
        if not _may_report(token.folded) or unit.quotes[at] >= 0 or not token.is_word or token.start in names:
            continue
        match = _cue_at(unit, at)
        if not match or _impersonal(unit, at, match[0]) or not _marks(unit, at, match[0]):
            continue
        negated = _negated(unit, at)
        if not negated or (match[0].claim in _STILL_SAID and _is_verb_negation(unit, at)):
            found.append(Found(at, match[0], match[1], _is_relative(unit, at), negated))
    return found


@lru_cache(maxsize=50_000)
def _may_report(folded: str) -> bool:
    """Say whether a word reports by itself or before another: most do not."""
    return folded in _STOOD or cue_of(folded) is not None


def _cue_at(unit: Unit, at: int) -> tuple[Cue, str] | None:
    """Return the reporting word at a token; "وردت" is "stood in" before "في", else "and replied"."""
    folded = unit.tokens[at].folded
    after = unit.tokens[at + 1].folded if at + 1 < len(unit) else ""
    if folded in _STOOD and after not in ("في", "فيه", "فيها"):
        replied = cue_of(folded[1:])
        return (replied[0], "و") if replied else None
    return cue_of(folded)


def _is_verb_negation(unit: Unit, at: int) -> bool:
    return at > 0 and unit.tokens[at - 1].folded in word_set("verb_negations.txt")


def _marks(unit: Unit, at: int, cue: Cue) -> bool:
    """Say whether a verb that must stand right before a colon or a mark does so: "وزاد: «…»"."""
    if cue.tier is not Tier.MARK:
        return True
    return at + 1 < len(unit) and (unit.tokens[at + 1].text == ":" or unit.opens_quote(at + 1))


def _is_relative(unit: Unit, at: int) -> bool:
    """Say whether a verb stands in a relative clause; "كما قال" at the start of a sentence goes on with the report."""
    before = unit.tokens[at - 1].folded if at else ""
    return before in _relatives() and not (before == "كما" and at == 1)


@cache
def _relatives() -> frozenset[str]:
    return word_set("relatives.txt")


def _impersonal(unit: Unit, at: int, cue: Cue) -> bool:
    """Say whether a verb has no speaker: "يذكر أن", "يشار إلى أن", "يعتقد أن"; or is a word before a noun ("بين", "عبر")."""
    after = [token.folded for token in unit.tokens[at + 1 : at + 3]]
    folded = unit.tokens[at].folded
    if folded in word_set("prepositions_like_verbs.txt"):
        return not (after and unit.complements(at + 1))  # "وبين أنه" is a verb
    present = folded.removeprefix("و")[:1] == "ي" and not cue.plural
    return (
        present
        and folded.removeprefix("و") in word_set("impersonal.txt")
        and bool(after)
        and after[0] in ("ان", "الي", "انه", "انها")
    )


def _negated(unit: Unit, at: int) -> bool:
    """Say whether nothing is said: "لم يذكر", "دون أن يوضح"; or the word is no verb ("تابع لفلان")."""
    token, before = unit.tokens[at], [near.folded for near in unit.tokens[max(0, at - 2) : at]]
    if before and (
        before[-1] in word_set("negations.txt") or (before[-1] == "ان" and before[0] in word_set("negations.txt"))
    ):
        return True
    after = unit.tokens[at + 1].folded if at + 1 < len(unit) else ""
    if token.folded in ("تابع", "تابعه"):
        return after.startswith("ل") and unit.quotes[at + 1] < 0  # "تابع لفلان" is an adjective
    return token.folded.removeprefix("و").startswith("جاء") and after not in ("في", "فيه", "فيها")


def report_of(unit: Unit, found: Found, limit: int) -> Report | None:
    """Return the report of a reporting word before token ``limit``, or None."""
    if found.cue.tier is Tier.ACT:
        return withheld(unit, found, limit)[0] if found.cue.claim is Claim.REFUSED else None
    reach = WEAK_REACH if found.cue.tier is Tier.WEAK and not found.cue.form.startswith("وصف") else STRONG_REACH
    if unit.tokens[found.at].folded.removeprefix("و") in ("يعتبر", "تعتبر"):
        reach = PASSIVE_REACH  # mostly "is considered"
    stop = min(limit, found.at + reach, len(unit))
    for at in range(found.at + 1, stop):
        token = unit.tokens[at]
        if unit.opens_quote(at) and unit.words_in_quote(at) >= (2 if _direct_mark(unit, at) else LEAST_MARKED):
            return _noun_report(unit, found, at) or Report(at, at, end_of_clause(unit, at))
        if unit.quotes[at] >= 0:
            continue
        if token.text == ":" and not unit.tokens[at - 1].text[0].isdigit():
            start = at + 2 if at + 2 < len(unit) and unit.tokens[at + 1].folded in ("ان", "بان") else at + 1
            return Report(at, start, end_of_colon(unit, start)) if start < len(unit) else None
        if found.cue.noun and _is_noun_behind_preposition(unit, at):
            break
        if unit.complements(at) and unit.tokens[at - 1].folded not in _EXCEPT:
            return Report(at, at + 1, end_of_clause(unit, at + 1)) if at + 1 < len(unit) else None
        if token.text in ".؟!":
            break
    return _noun_report(unit, found, stop)


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
    return _is_report_noun(folded) and (before == "عن" or (folded[0] == "ب" and _is_report_noun(folded[1:])))


def _direct_mark(unit: Unit, at: int) -> bool:
    """Say whether the mark follows a colon or a verb of saying directly."""
    before = unit.tokens[at - 1]
    return before.text == ":" or cue_of(before.folded) is not None


def _noun_report(unit: Unit, found: Found, stop: int) -> Report | None:
    """Return a verbal noun that is the report: "أعلن … مقتل …", "نفت … وقوع …"."""
    if not found.cue.noun or (found.cue.present and found.at and unit.tokens[found.at - 1].folded == "ان"):
        return None  # "من المتوقع أن تعلن رفع …" is not said yet
    for at in range(found.at + 1, min(stop, found.at + NOUN_REACH)):
        if unit.tokens[at].text in ".؟!" or (unit.quotes[at] >= 0 and unit.words_in_quote(at) >= LEAST_MARKED):
            return None
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
        return token.is_word and len(token.folded) > 2 and token.folded not in _relatives()
    if kind == "على" and before != "علي":
        return False
    if _is_report_noun(token.folded):
        return True
    if kind == "own":
        return _is_own_noun(token) and before not in _relatives() and before not in word_set("object_prepositions.txt")
    if kind == "any" and at == found.at + 1 and found.at and not (found.clitic or found.negated):
        return not token.folded.startswith("ال") and unit.tokens[at - 2].is_word and not found.relative
    return kind == "any" and (token.folded == "اي" or owned(token.text))


def _is_own_noun(token: Token) -> bool:
    """Say whether a word is a noun with a pronoun that can be said, not who says it: "دعمه", not "مكتبه"."""
    if not owned(token.text):
        return False
    stem = next(token.folded.removesuffix(end) for end in ("ها", "هم", "ه") if token.folded.endswith(end))
    stem = stem[:-1] + "ه" if stem.endswith("ت") else stem
    return not {stem, stem.removesuffix("ه")} & (word_set("organization_heads.txt") | word_set("role_heads.txt"))


@cache
def _is_report_noun(folded: str) -> bool:
    nouns = word_set("report_nouns.txt")
    for bare in (folded, folded[1:] if folded[:1] == "ب" else folded):
        if bare in nouns:
            return True
        if any(bare.endswith(end) and bare.removesuffix(end) in nouns for end in _PRONOUNS):
            return True
        # "مسؤوليته": the ending "ة" is written "ت" before a pronoun
        if any(bare.endswith("ت" + end) and bare.removesuffix("ت" + end) + "ه" in nouns for end in _PRONOUNS):
            return True
    return False


def end_of_colon(unit: Unit, start: int) -> int:
    """Return the token behind what follows a colon: its quotation, else the rest of the unit."""
    return unit.end_of_quote(start) if unit.quotes[start] >= 0 else end_of_clause(unit, start)


def end_of_clause(unit: Unit, start: int) -> int:
    """Return the token behind a reported clause: at a full stop, a new report, a source, or the outlet's own addition."""
    at = start + 1
    while at < len(unit):
        if unit.quotes[at] < 0 and (unit.tokens[at].text in ".؟!" or _starts_other(unit, at, start)):
            break
        if unit.opens_quote(at) and unit.tokens[at - 1].text in _COMMAS and unit.words_in_quote(at) >= LEAST_SENTENCE:
            break  # "أنه كان هناك، «كنت وحدي …»": own words go on behind the clause
        at += 1
    while at > start + 1 and (unit.tokens[at - 1].text in _COMMAS or unit.tokens[at - 1].folded in _TRAILING):
        at -= 1
    return at


def _starts_other(unit: Unit, at: int, start: int) -> bool:
    token = unit.tokens[at]
    comma = unit.tokens[at - 1].text in _COMMAS or unit.quotes[at - 1] >= 0
    if comma and _opens_addition(unit, at):
        return True
    if is_source(token.folded) and at > start + 1:
        return True
    if _opens_aside(unit, at, comma=comma):
        return True
    match = cue_of(token.folded) if token.is_word else None
    if not match or at < start + 2:
        return False
    cue, clitic = match
    if _impersonal(unit, at, cue) or not _marks(unit, at, cue) or (cue.tier is Tier.WEAK and not _leads(unit, at)):
        return False
    if cue.participle:
        return cue.tier is Tier.STRONG or comma
    if cue.tier is Tier.ACT:
        return comma and clitic == "و" and unit.quotes[at - 2] >= 0  # "إن الأمر «…»، ودعا إلى"
    return clitic in ("و", "ف", "ل") or unit.tokens[at - 1].folded in ("كما", "فيما", "بينما")


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
    leads = folded in word_set("contrasts.txt") or (comma and folded in _relatives())
    return leads and cue_of(unit.tokens[at + 1].folded) is not None


def is_source(folded: str) -> bool:
    """Say whether a word opens the source of a statement ("بحسب", "وفقا")."""
    return folded in word_set("source_words.txt")


def _opens_addition(unit: Unit, at: int) -> bool:
    ends = word_set("clause_ends.txt")
    words = [token.folded for token in unit.tokens[at : at + 4]]
    return any(" ".join(words[:length]) in ends for length in (1, 2, 3, 4))
