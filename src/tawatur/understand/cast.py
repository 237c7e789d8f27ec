"""The people and bodies of an article as possible speakers: where each is named or called, and who spoke so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

from tawatur.arabic.fold import fold
from tawatur.model import Name, Span
from tawatur.understand.names import nationality
from tawatur.understand.people import Draft
from tawatur.understand.tokens import tokenize

BACK = 60  # speakers, and names with one head, that are looked back at


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
    _bodies: dict[str, list[str]] = field(default_factory=dict)  # who spoke and is no person, by the stem of the head
    _media: dict[str, list[str]] = field(default_factory=dict)

    # --- Where people stand

    @cached_property
    def name_starts(self) -> frozenset[int]:
        """Where the words of people's names start."""
        spans = [mention.span for draft in self.people for mention in draft.mentions]
        return frozenset(token.start for span in spans for token in tokenize(self.text, span.start, span.end))

    @cached_property
    def _mentions(self) -> tuple[list[int], list[tuple[Span, Draft]]]:
        found = sorted(
            ((mention.span, draft) for draft in self.people for mention in draft.mentions), key=lambda pair: pair[0]
        )
        return [span.start for span, _ in found], found

    @cached_property
    def _callings(self) -> dict[int, Draft]:
        return {span.start: draft for draft in reversed(self.people) for span in draft.roles}

    @cached_property
    def _by_role(self) -> dict[str, Draft]:
        spans = [(span, draft) for draft in reversed(self.people) for span in draft.roles]
        return {_bare(self.text[span.start : span.end]): draft for span, draft in spans}

    @cached_property
    def _by_last_word(self) -> dict[str, Draft]:
        names = [(fold(self.name_of(draft)).split(), draft) for draft in reversed(self.people)]
        return {words[-1]: draft for words, draft in names if len(words) > 1}

    def name_of(self, draft: Draft) -> str:
        fullest = max(draft.mentions, key=lambda mention: len(mention.units))
        return self.text[fullest.span.start : fullest.span.end]

    def named_in(self, start: int, end: int) -> tuple[Draft, Span] | None:
        """Return the first person who is named between two offsets, and where."""
        starts, found = self._mentions
        for span, draft in islice(found, bisect_left(starts, start), None):
            if span.start >= end:
                return None
            if span.end <= end:
                return draft, span
        return None

    def named_until(self, start: int, end: int) -> Draft | None:
        """Return the person whose naming starts behind an offset and ends at another."""
        starts, found = self._mentions
        inside = islice(found, bisect_left(starts, start), bisect_left(starts, end))
        return next((draft for span, draft in inside if span.end == end), None)

    def called_at(self, start: int) -> Draft | None:
        """Return the person whose role phrase starts at an offset (or up to two letters behind it)."""
        return next((self._callings[at] for at in (start, start + 1, start + 2) if at in self._callings), None)

    def of_role(self, phrase: str) -> Draft | None:
        """Return the person whose role a phrase repeats, with or without the article ("متحدثة باسم الجيش")."""
        return self._by_role.get(_bare(phrase))

    def of_last_word(self, word: str) -> Draft | None:
        """Return the person of whose name a word is the last part."""
        return self._by_last_word.get(fold(word))

    # --- Who spoke

    def spoke(self, speaker: Speaker | None) -> None:
        """Remember who spoke."""
        if speaker:
            self.past.append(speaker)
            if not speaker.person:
                self._bodies.setdefault(_head(speaker.name), []).append(speaker.name)

    def through(self, name: str, via: tuple[str, ...]) -> None:
        """Remember the chain through which a speaker is heard, until he or she speaks elsewhere."""
        self.chains[name] = via
        for medium in via:
            self._media.setdefault(_head(medium), []).append(medium)

    def last(self, *, feminine: bool | None = None) -> Speaker | None:
        """Return who spoke last, of the given grammatical gender where it is known."""
        return next((one for one in self._back() if feminine is None or one.feminine == feminine), None)

    def last_body(self) -> Speaker | None:
        """Return who spoke last that is no person."""
        return next((speaker for speaker in self._back() if not speaker.person), None)

    def _back(self) -> Iterator[Speaker]:
        return islice(reversed(self.past), BACK)

    @cached_property
    def _organizations(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for organization in self.organizations:
            found.setdefault(_head(organization.name), []).append(organization)
        return found

    def fuller(self, name: str, at: int) -> str:
        """Return the fuller phrase, of who spoke or of an organisation named before, that a phrase repeats.

        "الصحيفة" is "صحيفة كذا", "الوكالة السورية" is "وكالة الأنباء السورية", "المصدر" is "مصدر".
        """
        words = fold(name).split()
        if not words or len(words) > 3 or (len(words) < 2 and not words[0].startswith("ال")):
            return ""
        head = _stem(words[0])
        named = (one.name for one in reversed(self._organizations.get(head, [])) if one.spans[0].start < at)
        spoken, media = reversed(self._bodies.get(head, [])), reversed(self._media.get(head, []))
        known = islice(chain(spoken, media, named), BACK)
        return next((earlier for earlier in known if _repeats(words, fold(earlier).split())), "")


def _head(name: str) -> str:
    words = fold(name).split()
    return _stem(words[0]) if words else ""


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


def _bare(text: str) -> str:
    return " ".join(word.removeprefix("ال") for word in fold(text).split())
