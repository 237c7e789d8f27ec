"""Who speaks: the noun phrase of a reporting word, resolved inside the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.model import Span
from tawatur.understand.features import strip_clitics
from tawatur.understand.names import nationality, place, word_set
from tawatur.understand.people import Draft
from tawatur.understand.reporting import cue_of
from tawatur.understand.roles import role_head
from tawatur.understand.units import Unit

_COMMAS = ("،", ",", "؛")
LONGEST = 14


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the name or phrase as published, its grammatical gender, and whether a person is known."""

    name: str
    feminine: bool = False
    person: bool = False
    via: tuple[str, ...] = ()


@dataclass
class Cast:
    """The people of an article with where each is named or called by a role, and who spoke so far."""

    text: str
    people: Sequence[Draft]
    past: list[Speaker] = field(default_factory=list)

    def name_of(self, draft: Draft) -> str:
        fullest = max(draft.mentions, key=lambda mention: len(mention.units))
        return self.text[fullest.span.start : fullest.span.end]

    def named_in(self, start: int, end: int) -> tuple[Draft, Span] | None:
        """Return the first person who is named between two offsets, and where."""
        found = [(m.span, d) for d in self.people for m in d.mentions if start <= m.span.start and m.span.end <= end]
        return (min(found, key=lambda pair: pair[0])[1], min(span for span, _ in found)) if found else None

    def called_at(self, start: int) -> Draft | None:
        """Return the person whose role phrase starts at an offset (or up to two letters before)."""
        for draft in self.people:
            if any(0 <= span.start - start <= 2 for span in draft.roles):
                return draft
        return None

    def spoke(self, speaker: Speaker | None) -> None:
        if speaker:
            self.past.append(speaker)

    def last(self, *, feminine: bool | None = None) -> Speaker | None:
        """Return who spoke last, of the given grammatical gender where it is known."""
        for speaker in reversed(self.past):
            if feminine is None or speaker.feminine == feminine:
                return speaker
        return None


def subject(unit: Unit, start: int, end: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return who is the subject between two tokens: a person, else the noun phrase there; None where there is none."""
    start = skip_openers(unit, start, end)
    stop = end_of_phrase(unit, start, end)
    if stop <= start:
        return None
    return _person(unit, start, stop, cast, feminine=feminine) or _phrase(unit, start, stop, cast, feminine=feminine)


def skip_openers(unit: Unit, at: int, end: int) -> int:
    """Skip adverbs, commas and time words before the noun phrase of a speaker."""
    while at < end:
        length = _opener_length(unit, at)
        if length:
            at += length
        elif unit.tokens[at].text in _COMMAS or unit.tokens[at].folded in _skipped():
            at += 1
        else:
            break
    return at


@cache
def _skipped() -> frozenset[str]:
    """Time words and pronouns before the subject; they end a noun phrase as well."""
    keep = ("الي", "علي", "مع", "عن", "خلال", "عبر", "بعد", "قبل", "قوله", "قولها", "قولهم", "تاكيده", "تاكيدها")
    return word_set("subject_stops.txt") - frozenset(fold(word) for word in keep)


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
    while at < min(end, start + LONGEST):
        token = unit.tokens[at]
        if token.text in _COMMAS:
            if at + 1 >= end or not _continues(unit, at + 1):
                break
        elif token.folded in word_set("subject_stops.txt") or (at > start and _is_verb(unit, at)):
            break
        elif token.text in ("(", ")") and token.text == "(" and at + 2 < end and unit.tokens[at + 2].text == ")":
            at += 2
        elif (
            (not token.is_word and unit.quotes[at] < 0 and not token.text[0].isdigit() and token.text not in "-.…")
            or (token.folded in ("في", "وفي") and not _inner_place(unit, at, end))
            or (at > start and _is_addressee(unit, at))
        ):
            break
        at += 1
    while at > start and (unit.tokens[at - 1].text in _COMMAS or unit.tokens[at - 1].folded in ("في", "من", "و")):
        at -= 1
    return at


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
        folded.startswith("ال") or place(folded) is not None or _is_organization(folded)
    )


def _is_organization(folded: str) -> bool:
    return folded in word_set("organization_heads.txt") or folded in word_set("organizations.txt")


def _is_addressee(unit: Unit, at: int) -> bool:
    """Say whether a token opens whom the words were said to: "لوكالة رويترز", "لقناة …", "لـCNN"."""
    folded = unit.tokens[at].folded
    media = word_set("media_heads.txt")
    return folded[:1] == "ل" and (folded[1:] in media or not folded[1:2].strip("ـ") or folded[1:2].isascii())


def _person(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person that a noun phrase names or calls by a role."""
    tokens = unit.tokens
    called = cast.called_at(tokens[start].start)
    if called:
        return Speaker(cast.name_of(called), feminine, person=True)
    named = cast.named_in(tokens[start].start, tokens[stop - 1].end)
    if not named:
        return _by_role(unit, start, cast, feminine=feminine)
    draft, span = named
    before = [token for token in tokens[start:stop] if token.start < span.start]
    related = any(token.folded in ("من", "في", "عن", "ضد", "مع") for token in before)
    if related or (before and not _leads_to_name(before[0].folded)):
        return None
    return Speaker(cast.name_of(draft), feminine, person=True)


def _leads_to_name(folded: str) -> bool:
    bare = strip_clitics(folded)
    return (
        bool(nationality(bare))
        or bare in word_set("courtesies.txt")
        or bare.removeprefix("ال") in word_set("role_heads.txt")
        or bare.startswith("ال")
    )


def _by_role(unit: Unit, start: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person who was given the role that a definite phrase repeats: "الوزير", "الرئيس الروسي"."""
    head = role_head(unit.tokens[start])
    if not head or not unit.tokens[start].folded.startswith("ال"):
        return None
    at = unit.tokens[start].start
    land = nationality(unit.tokens[start + 1].folded) if start + 1 < len(unit) else ""
    fitting = []
    for draft in cast.people:
        roles = [fold(cast.text[span.start : span.end]) for span in draft.roles if span.start < at]
        if any(_same_role(role, head, land) for role in roles):
            fitting.append(
                (max(m.span.start for m in draft.mentions if m.span.start < at or m is draft.mentions[0]), draft)
            )
    if not fitting:
        return None
    return Speaker(cast.name_of(max(fitting, key=lambda pair: pair[0])[1]), feminine, person=True)


def _same_role(role: str, head: str, land: str) -> bool:
    words = role.split()
    lands = {nationality(word) for word in words} - {""}
    return words[0].removeprefix("ال") == head and (not land or not lands or land in lands)


def _phrase(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the noun phrase itself, or the fuller phrase of which it repeats the head."""
    tokens = unit.tokens
    if not tokens[start].is_word or tokens[start].folded in ("في", "من", "عن", "علي", "الي", "ان", "ما", "لا", "لم"):
        return None
    if (
        tokens[start].folded[:1] == "ل"
        and not _is_organization(tokens[start].folded)
        and tokens[start].folded[:2] == "لل"
    ):
        return None
    last = tokens[stop - 1].end
    closing = cast.text[last : last + 1]
    name = cast.text[
        tokens[start].start : last
        + (closing in ('"', "»", "”") and unit_has_mark(cast.text, tokens[start].start, last))
    ]
    return Speaker(_fuller(name, cast) or name, feminine)


def unit_has_mark(text: str, start: int, end: int) -> bool:
    """Say whether a stretch opens a quotation mark that it does not close."""
    inner = text[start:end]
    return inner.count('"') % 2 == 1 or inner.count("«") > inner.count("»") or inner.count("“") > inner.count("”")


def _fuller(name: str, cast: Cast) -> str:
    """Return an earlier speaker's phrase that a definite word repeats: "الصحيفة" after "صحيفة كذا"."""
    words = fold(name).split()
    if not words[0].startswith("ال") or len(words) > 2:
        return ""
    for speaker in reversed(cast.past):
        earlier = fold(speaker.name).split()
        if speaker.person or len(earlier) <= len(words):
            continue
        if [word.removeprefix("ال") for word in earlier[: len(words)]] == [word.removeprefix("ال") for word in words]:
            return speaker.name
    return ""
