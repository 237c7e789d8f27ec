"""Words of reporting in a unit: which words like them report, in which clause, and whether they are negated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from tawatur.model import Claim
from tawatur.understand.names import word_set
from tawatur.understand.reporting import Cue, Tier, cue_of
from tawatur.understand.traits import REPORT, STOOD
from tawatur.understand.units import Unit

PASSING_REACH = 20  # words between a verb of passing on and whose words they are
WEAK_REACH = 14  # words between a verb that is not sure to report and its "that"
LEAST_MARKED = 3  # words in marks that are somebody's wording, not a label
COMMAS = ("،", ",", "؛")
SHADDA = "\u0651"
_STILL_SAID = (Claim.DENIED, Claim.DOUBTED)  # what is not denied is still told
_PASSED_ON = ("عن", "عنه", "عنها", "عنهم", "لسان", "قول", "قوله", "قولها", "ان", "انه", "انها", "تاكيد", "تصريحات", ":")
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن")


@dataclass(frozen=True, slots=True)
class Found:
    """A reporting word at a token."""

    at: int
    cue: Cue
    clitic: str
    relative: bool  # "الذي قال", "ما قالت": inside a clause about something else
    negated: bool = False  # "لم ينف أن"


def cues(unit: Unit, names: Collection[int]) -> list[Found]:
    """Return the reporting words of a unit outside quotations and names, in order. ``names``: where words of names start."""
    found: list[Found] = []
    for at, token in enumerate(unit.tokens):
        if not token.traits & REPORT or unit.quotes[at] >= 0 or token.start in names:
            continue
        match = _cue_at(unit, at)
        if match is None or not _reports(unit, at, match, first=not found):
            continue
        negated = _negated(unit, at)
        if not negated or (match[0].claim in _STILL_SAID and _is_verb_negation(unit, at)):
            found.append(Found(at, match[0], match[1], _is_relative(unit, at), negated))
    return found


def _reports(unit: Unit, at: int, match: tuple[Cue, str], *, first: bool) -> bool:
    """Say whether a word like a reporting one is one where it stands; ``first``: none stands before it in the unit."""
    cue, clitic = match
    if clitic == "س" or _is_noun(unit, at) or _is_published(unit, at) or is_impersonal(unit, at, cue):
        return False
    adjective = first and cue.participle and cue.feminine and cue.tier is Tier.ACT  # "والمرأة متهمة بالسرقة"
    if adjective and (not at or unit.tokens[at - 1].text not in COMMAS):
        return False
    return has_what_it_needs(unit, at, cue)


def _cue_at(unit: Unit, at: int) -> tuple[Cue, str] | None:
    """Return the reporting word at a token; "وردت" is "stood in" before "في", else "and replied"."""
    folded = unit.tokens[at].folded
    if folded in STOOD:
        after = unit.tokens[at + 1].folded if at + 1 < len(unit) else ""
        if after not in ("في", "فيه", "فيها"):
            replied = cue_of(folded[1:])
            return (replied[0], "و") if replied else None
    return cue_of(folded)


def _is_published(unit: Unit, at: int) -> bool:
    """Say whether a verb of publishing says only where something stood: "في مقال نشر في صحيفة كذا"."""
    if unit.tokens[at].folded not in ("نشر", "نشرت") or not at:
        return False
    before = unit.tokens[at - 1].folded
    return before in word_set("publishing.txt") or before in word_set("occasions.txt")


def _is_noun(unit: Unit, at: int) -> bool:
    """Say whether a word like a reporting verb is a noun or an aside: "بعد نفي الوزير", "في إطار رد الحكومة", "كما يقولون،"."""
    before = unit.tokens[at - 1].folded if at else ""
    if before in word_set("before_nouns.txt"):
        cue = cue_of(unit.tokens[at].folded)
        return cue is None or not (cue[0].participle or cue[0].present)
    return before == "كما" and at > 1 and at + 1 < len(unit) and unit.tokens[at + 1].text in COMMAS


def _is_verb_negation(unit: Unit, at: int) -> bool:
    return at > 0 and unit.tokens[at - 1].folded in word_set("verb_negations.txt")


def has_what_it_needs(unit: Unit, at: int, cue: Cue) -> bool:
    """Say whether a verb has what it needs: a colon or a mark right behind it ("وزاد: «…»"), or words that it passes on."""
    if cue.tier is Tier.RELAY:
        return _passes_on(unit, at)
    if cue.tier is not Tier.MARK:
        return True
    return at + 1 < len(unit) and (unit.tokens[at + 1].text == ":" or unit.opens_quote(at + 1))


def _passes_on(unit: Unit, at: int) -> bool:
    """Say whether words that somebody passes on follow a verb: "نقلت الوكالة عن فلان", not "وصف فلان نقل العناصر بأنه"."""
    for near in range(at + 1, min(at + PASSING_REACH, len(unit))):
        if unit.tokens[near].folded in _PASSED_ON:
            return True
        cue = cue_of(unit.tokens[near].folded) if unit.tokens[near].is_word else None
        worded = unit.quotes[near] >= 0 and unit.words_in_quote(near) >= LEAST_MARKED
        if worded or (cue and not (cue[0].participle or _is_published(unit, near))):
            return False
    return False


def _is_relative(unit: Unit, at: int) -> bool:
    """Say whether a verb stands in a relative clause; "كما قال" at the start of a sentence, and "، كما قال إن", goes on."""
    before = unit.tokens[at - 1].folded if at else ""
    if before != "كما":
        return before in relatives()
    goes_on = at > 1 and unit.tokens[at - 2].text in COMMAS and complement_near(unit, at)
    return at > 1 and not goes_on


def complement_near(unit: Unit, at: int) -> bool:
    """Say whether "that" follows a verb closely."""
    return any(unit.complements(near) for near in range(at + 1, min(at + WEAK_REACH, len(unit))))


@cache
def relatives() -> frozenset[str]:
    """Return the words behind which a verb stands in a relative clause, folded."""
    return word_set("relatives.txt")


def is_impersonal(unit: Unit, at: int, cue: Cue) -> bool:
    """Say whether a verb has no speaker: "يذكر أن", "يشار إلى أن", "يعتقد أن"; or is a word before a noun ("بين", "عبر")."""
    after = [token.folded for token in unit.tokens[at + 1 : at + 3]]
    folded = unit.tokens[at].folded
    if folded in ("يدعي", "تدعي") and unit.tokens[at].text[-1] == "ى":
        return True  # "يُدعى فلان"
    bare = folded.removeprefix("و") if cue.participle else folded
    if bare in word_set("prepositions_like_verbs.txt"):
        return not (after and unit.complements(at + 1)) and not _opens_report(unit, at, cue)  # "وبين أنه" is a verb
    present = folded.removeprefix("و")[:1] == "ي" and not cue.plural
    return (
        present
        and folded.removeprefix("و") in word_set("impersonal.txt")
        and bool(after)
        and (after[0] in ("ان", "الي", "انه", "انها") or is_source(after[0]) or is_report_noun(after[0]))
    )


def _opens_report(unit: Unit, at: int, cue: Cue) -> bool:
    """Say whether a word that can be a preposition is the verb of its clause: "وبين المدير أن", "وبيّن"."""
    text = unit.tokens[at].text
    if cue.form.startswith("عبر"):  # "وقد عبر المدير عن سعادته", not "عبر البلاد"
        behind = [token.folded for token in unit.tokens[at + 1 : at + WEAK_REACH]]
        return "عن" in behind and "،" not in behind[: behind.index("عن")]
    if cue.participle or text[0] != "و":
        return SHADDA in text
    if at and unit.tokens[at - 1].text not in (*COMMAS, "."):
        return SHADDA in text
    near = range(at + 1, min(at + WEAK_REACH, len(unit)))
    return any(unit.complements(n) and unit.tokens[n].folded not in ("وان", "فان") for n in near)


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


@cache
def is_report_noun(folded: str) -> bool:
    """Say whether a folded word is a verbal noun that can be reported ("مقتل", "بمقتل", "مقتله")."""
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


def is_source(folded: str) -> bool:
    """Say whether a word opens the source of a statement ("بحسب", "وفقا")."""
    return folded in word_set("source_words.txt")


def is_basis(word: str) -> bool:
    """Say whether a word is what something goes by, not who says it: "وفق الأنظمة", "وفقا للقانون", "حسب نوعها"."""
    return word not in ("ما", "لما") and not bare_forms(word).isdisjoint(word_set("source_never.txt"))


def bare_forms(word: str) -> set[str]:
    """Return a word as it is, and without ل and article."""
    return {word, word.removeprefix("ال"), word.removeprefix("لل"), word.removeprefix("ل")}
