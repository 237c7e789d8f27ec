"""Who speaks: the noun phrase of a reporting word, resolved inside the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tawatur.arabic.fold import fold
from tawatur.model import Name, Span
from tawatur.understand.features import is_common, is_everyday, strip_clitics
from tawatur.understand.names import nationality, place, word_set
from tawatur.understand.people import Draft
from tawatur.understand.phrases import COMMAS, LONGEST, documents, end_of_phrase, is_organization, skip_openers
from tawatur.understand.roles import role_head
from tawatur.understand.tokens import Token, tokenize
from tawatur.understand.units import Unit

#: How many speakers, media or organisations back a short phrase may go ("الوكالة"): so far that time stays linear.
FAR = 200


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
    organizations: Sequence[Name] = ()
    past: list[Speaker] = field(default_factory=list)
    own: Sequence[str] = ()  # what the outlet calls itself, folded
    chains: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by speaker: the medium to which he or she speaks
    _names: dict[int, str] = field(default_factory=dict, init=False, repr=False)  # by the identity of a draft

    @cached_property
    def name_starts(self) -> frozenset[int]:
        """Where the words of people's names start."""
        spans = [mention.span for draft in self.people for mention in draft.mentions]
        return frozenset(token.start for span in spans for token in tokenize(self.text, span.start, span.end))

    def name_of(self, draft: Draft) -> str:
        known = self._names.get(id(draft))
        if known is None:
            span = max(draft.mentions, key=lambda mention: len(mention.units)).span
            known = self._names[id(draft)] = self.text[span.start : span.end]
        return known

    def named_in(self, start: int, end: int) -> tuple[Draft, Span] | None:
        """Return the first person who is named between two offsets, and where."""
        for at in range(bisect_left(self._named_starts, start), len(self._named)):
            span, number = self._named[at]
            if span.start >= end:
                break
            if span.end <= end:
                return self.people[number], span
        return None

    def called_at(self, start: int) -> Draft | None:
        """Return the person whose role phrase starts at an offset (or up to two letters before)."""
        called = [self._called[near] for near in range(start, start + 3) if near in self._called]
        return self.people[min(called)] if called else None

    def with_role(self, bare: str) -> Draft | None:
        """Return the first person who has a role, given without articles (``bare_words``)."""
        return self._by_role.get(bare)

    @cached_property
    def _named(self) -> list[tuple[Span, int]]:
        """Where people are named, in order, each with the number of the person."""
        return sorted((m.span, number) for number, draft in enumerate(self.people) for m in draft.mentions)

    @cached_property
    def _named_starts(self) -> list[int]:
        return [span.start for span, _ in self._named]

    @cached_property
    def _called(self) -> dict[int, int]:
        """Where roles start, each with the number of the first person who has it."""
        found: dict[int, int] = {}
        for number, draft in enumerate(self.people):
            for span in draft.roles:
                found.setdefault(span.start, number)
        return found

    @cached_property
    def _by_role(self) -> dict[str, Draft]:
        found: dict[str, Draft] = {}
        for draft in self.people:
            for span in draft.roles:
                found.setdefault(bare_words(self.text[span.start : span.end]), draft)
        return found

    @cached_property
    def by_last_name(self) -> dict[str, Draft]:
        """The first person by the last part of a name of two or more."""
        found: dict[str, Draft] = {}
        for draft in self.people:
            if len(draft.units) > 1:
                found.setdefault(draft.units[-1], draft)
        return found

    def fuller(self, name: str, at: int) -> str:
        """Return the fuller phrase, of who spoke or of an organisation named before, that a phrase repeats.

        "الصحيفة" is "صحيفة كذا", "الوكالة السورية" is "وكالة الأنباء السورية", "المصدر" is "مصدر".
        """
        words = fold(name).split()
        if len(words) > 3 or (len(words) < 2 and not words[0].startswith("ال")):
            return ""
        named = [org.name for org in self.organizations if org.spans[0].start < at][-FAR:]
        media = [name for via in reversed(list(self.chains.values())[-FAR:]) for name in via]
        for earlier in [*(s.name for s in reversed(self.past[-FAR:]) if not s.person), *media, *reversed(named)]:
            if _repeats(words, fold(earlier).split()):
                return earlier
        return ""

    def last_body(self) -> Speaker | None:
        """Return who spoke last that is no person."""
        return next((speaker for speaker in reversed(self.past[-FAR:]) if not speaker.person), None)

    def spoke(self, speaker: Speaker | None) -> None:
        if speaker:
            self.past.append(speaker)

    def last(self, *, feminine: bool | None = None) -> Speaker | None:
        """Return who spoke last, of the given grammatical gender where it is known."""
        for speaker in reversed(self.past[-FAR:]):
            if feminine is None or speaker.feminine == feminine:
                return speaker
        return None


def _repeats(words: list[str], earlier: list[str]) -> bool:
    """Say whether the words of a phrase are some of a fuller one that has the same head, its nationality apart."""
    whole = [_stem(word) for word in earlier]
    named = any(nationality(word) for word in earlier[1:])
    bare = [_stem(word) for at, word in enumerate(words) if named or not at or not nationality(word)]
    defined = words[0].startswith("ال") and not earlier[0].startswith("ال")
    if len(whole) < len(words) + (not defined) or whole[:1] != bare[:1]:
        return False
    return all(word in whole for word in bare)


def _stem(word: str) -> str:
    """Take the article off a word, and ل with it: "للأنباء" goes with "الأنباء"."""
    return word.removeprefix("لل") if word.startswith("لل") else word.removeprefix("ال")


def subject(unit: Unit, start: int, end: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return who is the subject between two tokens: a person, else the noun phrase there; None where there is none."""
    start = skip_openers(unit, start, end)
    stop = end_of_phrase(unit, start, end)
    if stop <= start:
        return None
    return (
        _apposed(unit, start, stop, cast, feminine=feminine)
        or _person(unit, start, stop, cast, feminine=feminine)
        or _named_last(unit, start, stop, end, cast, feminine=feminine)
        or _phrase(unit, start, stop, cast, feminine=feminine)
    )


def _named_last(unit: Unit, start: int, stop: int, end: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person who is named at the end of a long role: "المشرف العام على برامج القناة فلان"."""
    if stop + 1 >= end or unit.tokens[stop].folded not in ("علي", "في", "لدي"):
        return None
    if is_organization(_stem(unit.tokens[start].folded)) or unit.tokens[stop + 1].folded in word_set("occasions.txt"):
        return None
    last = end - 1 if unit.tokens[end - 1].text in COMMAS else end
    for draft in cast.people:
        for mention in draft.mentions:
            if mention.span.end == unit.tokens[last - 1].end and mention.span.start > unit.tokens[stop].start:
                return Speaker(cast.name_of(draft), feminine, person=True)
    return None


def _person(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person that a noun phrase names or calls by a role."""
    tokens = unit.tokens
    called = cast.called_at(tokens[start].start)
    if called:
        return Speaker(cast.name_of(called), feminine, person=True)
    named = cast.named_in(tokens[start].start, tokens[stop - 1].end)
    if not named:
        return _by_same_role(cast, tokens[start].start, tokens[stop - 1].end, feminine=feminine)
    draft, span = named
    before = [token for token in tokens[start:stop] if token.start < span.start]
    if before and _is_body(before[0].folded):
        return None
    related = any(token.folded in ("من", "في", "عن", "ضد", "مع") for token in before)
    related = related or (
        len(before) > 2 and any(t.folded.startswith("لل") for t in before) and before[-1].text not in COMMAS
    )
    if related or (before and not _leads_to_name(before[0].folded)):
        return None
    return Speaker(cast.name_of(draft), feminine, person=True)


def _apposed(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person who is named behind a short phrase and a comma: "نجله، فلان"."""
    longest = LONGEST if unit.tokens[start].folded[:2] == "ال" else 3
    if stop - start > longest or stop + 1 >= len(unit) or unit.tokens[stop].text not in COMMAS:
        return None
    named = cast.named_in(unit.tokens[stop + 1].start, unit.tokens[min(stop + 6, len(unit) - 1)].end)
    if not named or named[1].start != unit.tokens[stop + 1].start or not _can_speak(unit.tokens[start]):
        return None
    behind = next((token for token in unit.tokens[stop + 2 :] if token.start >= named[1].end), None)
    ends = behind is None or behind.text in (*COMMAS, ":") or behind.folded in word_set("complementizers.txt")
    if stop - start <= 3 or ends:
        return Speaker(cast.name_of(named[0]), feminine, person=True)
    return None


def _leads_to_name(folded: str) -> bool:
    bare = strip_clitics(folded)
    return (
        bool(nationality(bare))
        or bare in word_set("courtesies.txt")
        or bare.removeprefix("ال") in word_set("role_heads.txt")
        or bare.startswith("ال")
    )


def _by_same_role(cast: Cast, start: int, end: int, *, feminine: bool) -> Speaker | None:
    """Return the person whose role a phrase repeats, with or without the article ("متحدثة باسم الجيش")."""
    draft = cast.with_role(bare_words(cast.text[start:end]))
    return Speaker(cast.name_of(draft), feminine, person=True) if draft else None


def bare_words(text: str) -> str:
    """Return the folded words of a phrase, each without its article."""
    return " ".join(word.removeprefix("ال") for word in fold(text).split())


def _is_body(folded: str) -> bool:
    """Say whether a word is a definite body, no title: in "وصف المركز فلانا" the name behind is no part of it."""
    bare = folded.removeprefix("ال")
    return bare != folded and bare in word_set("organization_heads.txt") and bare not in word_set("role_heads.txt")


def _phrase(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the noun phrase itself, or the fuller phrase of which it repeats the head."""
    if not _can_speak(unit.tokens[start]):
        return None
    first, last = unit.tokens[start].start, unit.tokens[stop - 1].end
    named = cast.named_in(first, last) if _is_body(unit.tokens[start].folded) else None
    if named:
        last = max(token.end for token in unit.tokens[start:stop] if token.end < named[1].start)
    called = _by_part(cast, cast.text[first:last])
    if called:
        return Speaker(cast.name_of(called), feminine, person=True)
    again = _again(unit, start, stop, cast, feminine=feminine)
    if again:
        return again
    bare = _unknown_name(unit, start, stop)
    if bare:
        return Speaker(cast.text[unit.tokens[bare[0]].start : unit.tokens[bare[1] - 1].end], feminine, person=True)
    issued = _issuer(unit, start, stop, cast)
    if issued:
        return issued
    if cast.text[last : last + 1] in ('"', "»", "”") and _opens_mark(cast.text[first:last]):
        last += 1
    name = cast.text[first:last]
    return Speaker(cast.fuller(name, first) or name, feminine)


def _by_part(cast: Cast, phrase: str) -> Draft | None:
    """Return the person of whose name a word is the last part, where no other part of the analysis knew it."""
    folded = fold(phrase)
    if " " in folded or len(folded) < 2:
        return None
    return cast.by_last_name.get(folded)


def _again(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person who spoke last where a definite role without complement calls him or her: "الضابط الأميركي"."""
    last = cast.past[-1] if cast.past else None
    words = unit.tokens[start:stop]
    if (
        not last
        or not last.person
        or last.feminine != feminine
        or len(words) > 2
        or not role_head(words[0])
        or words[0].folded[:2] != "ال"
    ):
        return None
    return last if len(words) == 1 or nationality(words[1].folded) else None


def _unknown_name(unit: Unit, start: int, stop: int) -> tuple[int, int] | None:
    """Return where in a role phrase, or behind its comma, the name of a person stands that nobody else found."""
    tokens = unit.tokens
    if role_head(tokens[start]) and stop + 2 < len(tokens) and tokens[stop].text in COMMAS:
        last = stop + 1
        while last < len(tokens) and _is_foreign(tokens[last]):
            last += 1
        if 2 <= last - stop - 1 <= 4 and last < len(tokens) and tokens[last].text in (*COMMAS, ":"):
            return stop + 1, last
    if role_head(tokens[start]):
        first = stop
        while first > start + 1 and _is_foreign(tokens[first - 1]):
            first -= 1
        return (first, stop) if 2 <= stop - first <= 4 else None
    last = start
    while last < stop and _is_foreign(tokens[last]):
        last += 1
    definite = last < stop and role_head(tokens[last]) and tokens[last].folded[:2] == "ال"
    return (start, last) if definite and last - start >= 2 else None


def _is_foreign(token: Token) -> bool:
    """Say whether a word can only be a name: no everyday word, no nationality, no place."""
    folded = token.folded
    known = (
        is_everyday(token.text) or nationality(folded) or place(folded) or role_head(token) or is_organization(folded)
    )
    return token.is_word and folded[:2] != "ال" and not token.text[0].isascii() and not known


def _issuer(unit: Unit, start: int, stop: int, cast: Cast) -> Speaker | None:
    """Return who speaks in a document: "بيان للوزارة" is the ministry, "البيان" whoever spoke last."""
    head = unit.tokens[start].folded.removeprefix("ال")
    if documents().get(head) != "issuer":
        return None
    for at in range(start + 1, min(stop + 1, len(unit) - 1)):
        if unit.tokens[at].folded in word_set("published_by.txt"):
            marked = (later for later in range(at + 1, len(unit)) if unit.quotes[later] >= 0)
            end = next(marked, len(unit))
            return subject(unit, at + 1, end, cast, feminine="ت" in unit.tokens[at].folded[-3:])
    at = start + 1
    if at == stop:
        return cast.last_body()
    while at < stop and unit.tokens[at].folded in (*word_set("issued.txt"), "عن", "من"):
        at += 1
    if at == stop or nationality(unit.tokens[at].folded):
        return None
    text = cast.text[unit.tokens[at].start : unit.tokens[stop - 1].end]
    if text.startswith("لل"):
        text = "ا" + text[1:]
    elif text.startswith("ل") and is_organization(unit.tokens[at].folded[1:]):
        text = text[1:]
    feminine = text.split()[0].endswith("ة")
    return Speaker(cast.fuller(text, unit.tokens[at].start) or text, feminine)


def _can_speak(token: Token) -> bool:
    """Say whether a noun phrase that starts with a token can be a subject: no preposition, no particle."""
    folded = token.folded
    if not token.is_word or len(folded) < 2 or folded in word_set("no_subjects.txt") or token.text == "على":
        return False
    if folded[:2] == "لل" or folded in word_set("role_barriers.txt"):
        return False
    preposition = folded[0] in "بل" and is_common(token.text[1:].lstrip("ـ")) and not is_common(token.text)
    return not preposition or is_organization(folded)


def _opens_mark(inner: str) -> bool:
    """Say whether a stretch opens a quotation mark that it does not close."""
    return inner.count('"') % 2 == 1 or inner.count("«") > inner.count("»") or inner.count("“") > inner.count("”")
