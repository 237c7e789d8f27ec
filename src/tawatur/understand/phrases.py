"""The noun phrase of a speaker: where it starts and ends in a unit."""

from __future__ import annotations

from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines, rows
from tawatur.understand.features import is_common
from tawatur.understand.names import PACKAGE, nationality, place, word_set, word_sets
from tawatur.understand.reporting import cue_of
from tawatur.understand.roles import role_head
from tawatur.understand.units import Unit

COMMAS = ("،", ",", "؛")
LONGEST = 14
BRACKETED = 6  # tokens of the name of a medium in brackets
#: What led to something behind the phrase that is no part of it.
_LEFT_OVER = ("في", "من", "و", "فيما", "والذي", "والتي")


def skip_openers(unit: Unit, at: int, end: int) -> int:
    """Skip adverbs, commas and time words before the noun phrase of a speaker."""
    while at < end:
        length = _opener_length(unit, at)
        if length:
            at += length
        elif unit.tokens[at].text in COMMAS or unit.tokens[at].folded in _skipped():
            at += 1
        else:
            break
    return at


@cache
def _skipped() -> frozenset[str]:
    """Time words and pronouns before the subject; they end a noun phrase as well."""
    return word_set("subject_stops.txt") - word_set("never_skipped.txt")


@cache
def _describing() -> frozenset[str]:
    """Return the verbs that describe who speaks, in all their forms, folded: "ممرضة | تعمل في المستشفى"."""
    return frozenset(fold(form) for line in lines(PACKAGE, "describing_verbs.txt") for form in _forms(line))


def _forms(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb: of the present those of a woman and of several people too."""
    if verb[0] != "ي":
        return (verb,)
    return verb, f"ت{verb[1:]}", f"{verb.removesuffix('ى').removesuffix('ي')}ون"


def _opener_length(unit: Unit, at: int) -> int:
    """Return how many tokens the opener at a token has (0: none)."""
    openers = word_set("openers.txt")
    for length in (3, 2, 1):
        if " ".join(token.folded for token in unit.tokens[at : at + length]) in openers:
            return length
    return 0


def end_of_phrase(unit: Unit, start: int, end: int) -> int:
    """Return the token behind the noun phrase that starts at a token: at a stop word, an occasion, a verb or a comma.

    One comma apposition may follow where a role or name continues ("المتحدث باسم الجيش، العقيد فلان").
    """
    at = start
    document = any(token.folded.removeprefix("ال") in documents() for token in unit.tokens[start : min(start + 2, end)])
    while at < min(end, start + LONGEST):
        token = unit.tokens[at]
        if token.text in COMMAS:
            if at + 1 >= end or not _continues(unit, at + 1):
                break
        elif document and at > start and _issues(unit, at):
            pass
        elif _is_stop(unit, at) or _is_verb(unit, at) or (at > start and _is_described(unit, at)):
            break
        elif token.text == "(" and _bracketed(unit, at, end):
            at = _bracketed(unit, at, end)
        elif (
            (not token.is_word and unit.quotes[at] < 0 and not token.text[0].isdigit() and token.text not in "-.…")
            or (token.folded in ("في", "وفي") and not _inner_place(unit, at, end))
            or (at > start and (_is_issued(token.folded) or behind_li(unit, at) in word_set("correspondents.txt")))
            or (token.folded in ("التابعه", "التابع") and unit.tokens[start].folded in word_set("media_heads.txt"))
            or (at > start and (is_addressee(unit, at) or _is_object(unit, at) or is_told(unit, start, at)))
            or (at > start + 1 and (_is_reported(unit, at) or _follows_name(unit, start, at)))
            or (at == start + 1 and _follows_place(unit, at))
        ):
            break
        at += 1
    while at > start and (unit.tokens[at - 1].text in "،,؛.-…" or unit.tokens[at - 1].folded in _LEFT_OVER):
        at -= 1
    return at


@cache
def documents() -> dict[str, str]:
    """Return the documents that say something, folded and without article: "issuer" where whoever issued them speaks."""
    return {fold(word): (rest[0] if rest else "") for word, *rest in rows(PACKAGE, "documents.tsv")}


def _is_issued(folded: str) -> bool:
    """Say whether a word is a document that the subject issues: "أصدرت الوزارة | بيانا قالت فيه"."""
    noun = folded[:-1] if folded[-1:] == "ا" and folded[-2:] != "ها" else ""
    return noun in documents() or noun in word_set("speech_occasions.txt")


def _issues(unit: Unit, at: int) -> bool:
    """Say whether a token behind a document leads to who issued it: "لوكالة كذا", "صادر عن المركز"."""
    folded, before = unit.tokens[at].folded, unit.tokens[at - 1].folded
    return is_addressee(unit, at) or folded in word_set("issued.txt") or before in word_set("issued.txt")


def _is_described(unit: Unit, at: int) -> bool:
    """Say whether a clause stands at a token that tells of who speaks: "ممرضة | تعمل في المستشفى", "مسؤول | طلب عدم ذكر اسمه"."""
    return unit.tokens[at].folded in _describing() or at in unit.passed


def _is_stop(unit: Unit, at: int) -> bool:
    token = unit.tokens[at]
    if len(token.folded) == 1 and token.is_word:
        return True  # a clitic before a mark: "بـ«"
    if token.folded == "علي":
        return token.text.endswith("ى")  # "علي" is a name
    when = at + 1 < len(unit) and f"{token.folded} {unit.tokens[at + 1].folded}" in word_set("when_phrases.txt")
    return when or token.folded in word_set("subject_stops.txt") or unit.complements(at)


def _is_verb(unit: Unit, at: int) -> bool:
    cue = cue_of(unit.tokens[at].folded)
    return cue is not None and not role_head(unit.tokens[at])


def _continues(unit: Unit, at: int) -> bool:
    return bool(role_head(unit.tokens[at])) or unit.tokens[at].folded in word_set("titles.txt")


def _inner_place(unit: Unit, at: int, end: int) -> bool:
    """Say whether "في" belongs to the phrase: "الشرطة في إندونيسيا", not "في بيان"."""
    if at + 1 >= end:
        return False
    folded = unit.tokens[at + 1].folded
    return folded not in word_set("occasions.txt") and (
        folded.startswith("ال") or place(folded) is not None or is_organization(folded)
    )


def is_organization(folded: str) -> bool:
    """Say whether a word is or opens the name of an organisation."""
    return folded in word_set("organization_heads.txt") or folded in word_set("organizations.txt")


def _is_object(unit: Unit, at: int) -> bool:
    """Say whether a token is what the verb is about: "بفتح تحقيق"; "بوزارة الدفاع" belongs to the phrase."""
    token = unit.tokens[at]
    bare, text = token.folded[1:], token.text[1:]
    if (
        token.folded[0] != "ب"
        or len(bare) < 3
        or token.folded[-1] == "ي"
        or not is_common(text)
        or is_common(token.text)
    ):
        return False
    return not is_organization(bare) and place(bare) is None and bare not in word_set("place_heads.txt")


def _bracketed(unit: Unit, at: int, end: int) -> int:
    """Return the token of the bracket that closes a short name in brackets, or 0: "مجلة (كذا وكذا) الفرنسية"."""
    named = at and unit.tokens[at - 1].folded in word_set("media_heads.txt")
    reach = BRACKETED if named else 2
    return next((n for n in range(at + 2, min(at + reach + 1, end)) if unit.tokens[n].text == ")"), 0)


def _follows_name(unit: Unit, start: int, at: int) -> bool:
    """Say whether an indefinite noun stands behind a name in marks, of which it can be no part: "صحيفة «كذا» | تفاصيل الصفقة"."""
    if not unit.marked_off(at) or not any(unit.marked_off(near) for near in range(start + 1, at)):
        return False
    token = unit.tokens[at]
    return token.is_word and token.folded[:2] != "ال" and len(token.folded) > 2 and is_common(token.text)


def _follows_place(unit: Unit, at: int) -> bool:
    """Say whether an indefinite noun stands behind a place, of whose name it is no part: "طلبت موسكو | عقد اجتماع"."""
    token = unit.tokens[at]
    if place(unit.tokens[at - 1].folded) is None or not token.is_word or token.folded[:2] == "ال":
        return False
    return len(token.folded) > 2 and is_common(token.text) and not (nationality(token.folded) or place(token.folded))


def _is_reported(unit: Unit, at: int) -> bool:
    """Say whether a token is a verbal noun that cannot belong to the word before it: "قررت محكمة مصرية | منع فلان"."""
    before = unit.tokens[at - 1].folded
    return (before[:2] == "ال" or before[-2:] == "يه") and unit.tokens[at].folded in word_set("report_nouns.txt")


def is_addressee(unit: Unit, at: int) -> bool:
    """Say whether a token opens whom the words were said to: "لوكالة رويترز", "للجزيرة", "لـCNN"."""
    folded = unit.tokens[at].folded
    heard = behind_li(unit, at) in word_set("media_heads.txt")
    return folded[:1] == "ل" and (heard or not folded[1:2].strip("ـ") or folded[1:2].isascii())


def behind_li(unit: Unit, at: int) -> str:
    """Return the word onto which "ل" is written: "قناة" of "لقناة", "الجزيرة" of "للجزيرة"; "" where none is."""
    folded = unit.tokens[at].folded
    whole = f"ال{folded[2:]}" if folded[:2] == "لل" else ""
    named = at + 1 < len(unit) and unit.tokens[at + 1].folded[:2] == "ال" and not _is_stop(unit, at + 1)
    body = named and whole in word_set("heard_or_bodies.txt")  # "للوكالة الدولية"
    bare = folded[1:] if folded[:1] == "ل" else ""
    return whole if whole in word_set("heard_with_article.txt") and not body else bare


def is_told(unit: Unit, start: int, at: int) -> bool:
    """Say whether a token is whom the subject tells: "أبلغ فلان | رويترز", "أبلغ الوزير | الصحفيين"."""
    if start == 0 or unit.tokens[start - 1].folded.removeprefix("و") not in word_set("telling.txt"):
        return False
    if unit.tokens[at].folded.removeprefix("ال") in word_set("hearers.txt"):
        return True
    medium = unit.tokens[at].folded in word_sets("media_names.txt", "media_heads.txt")
    return medium and unit.tokens[at - 1].folded not in word_set("media_heads.txt")
