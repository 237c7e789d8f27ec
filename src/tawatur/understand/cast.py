"""The people and bodies of an article as possible speakers: where each is named or called, and who spoke so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, islice

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.model import Name, Span
from tawatur.understand.names import PACKAGE, nationality, word_set, word_sets
from tawatur.understand.people import Draft
from tawatur.understand.role_meaning import Role, role_of
from tawatur.understand.role_phrases import role_head
from tawatur.understand.tokens import tokenize
from tawatur.understand.units import Unit

NEAR_BODY = 900  # characters between the naming of a body and a verb that can still be its own
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
    silent: Unit | None = None  # the last unit, where nobody speaks in it
    quoting: bool = False  # whether the last unit ended with words in marks
    own: Sequence[str] = ()  # what the outlet calls itself, folded
    chains: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by speaker: the medium to which he or she speaks
    _bodies: dict[str, list[str]] = field(default_factory=dict)  # who spoke and is no person, by the stem of the head
    _media: dict[str, list[str]] = field(default_factory=dict)
    _by_word: dict[str, str] = field(default_factory=dict)

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
    def _by_meaning(self) -> dict[Role, Draft]:
        """People by what their roles say, with what "نظيره الأردني" means; a role without a country says too little."""
        said = [(meant, draft) for draft in reversed(self.people) for meant in draft.meant]
        said += [(self.text[span.start : span.end], draft) for draft in reversed(self.people) for span in draft.roles]
        found = {role_of(tuple(tokenize(role))): draft for role, draft in said}
        return {role: draft for role, draft in found.items() if role.lands}

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

    def named_last(self, start: int, end: int) -> Draft | None:
        """Return the last person who is named between two offsets."""
        starts, found = self._mentions
        inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
        return inside[-1][1] if inside else None

    def meant(self, draft: Draft, span: Span) -> Draft:
        """Return whom a family name means that several people of the article have: who spoke last of them."""
        last = fold(self.text[span.start : span.end])
        bearers = self._bearers.get(last, {})
        if len(bearers) < 2:
            return draft
        return next((bearers[one.name] for one in self._back() if one.name in bearers), draft)

    @cached_property
    def _bearers(self) -> dict[str, dict[str, Draft]]:
        """People by the last word of the name, then by the name."""
        found: dict[str, dict[str, Draft]] = {}
        for draft in self.people:
            name = self.name_of(draft)
            found.setdefault(fold(name).split()[-1], {})[name] = draft
        return found

    def named_until(self, start: int, end: int) -> Draft | None:
        """Return the person whose naming starts behind an offset and ends at another."""
        starts, found = self._mentions
        inside = islice(found, bisect_left(starts, start), bisect_left(starts, end))
        return next((draft for span, draft in inside if span.end == end), None)

    def called_at(self, start: int) -> Draft | None:
        """Return the person whose role phrase starts at an offset (or up to two letters behind it)."""
        return next((self._callings[at] for at in (start, start + 1, start + 2) if at in self._callings), None)

    def of_role(self, phrase: str) -> Draft | None:
        """Return the person whose role a phrase repeats, with or without the article ("متحدثة باسم الجيش"), or says otherwise."""
        said = self._by_role.get(_bare(phrase))
        if said or " " not in phrase:
            return said
        tokens = tuple(tokenize(phrase))
        return self._by_meaning.get(role_of(tokens)) if role_head(tokens[0]) else None

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
                self._remember(speaker.name)

    def through(self, name: str, via: tuple[str, ...]) -> None:
        """Remember the chain through which a speaker is heard, until he or she speaks elsewhere."""
        self.chains[name] = via
        for medium in via:
            self._media.setdefault(_head(medium), []).append(medium)
            self._remember(medium)

    def _remember(self, name: str) -> None:
        """Remember a longer phrase by the names of media in it: "شينخوا" is "وكالة أنباء شينخوا الرسمية"."""
        words = fold(name).split()
        for word in words[1:] if words and words[0] in word_set("media_heads.txt") else ():
            self._by_word.setdefault(word.strip('"«»'), name)

    def last(self, *, feminine: bool | None = None) -> Speaker | None:
        """Return who spoke last, of the given grammatical gender where it is known."""
        return next((one for one in self._back() if feminine is None or one.feminine == feminine), None)

    def last_body(self) -> Speaker | None:
        """Return who spoke last that is no person."""
        return next((speaker for speaker in self._back() if not speaker.person), None)

    def proper_body(self, *, feminine: bool) -> Speaker | None:
        """Return the body that "النادي" or "الشركة" means: who spoke last, where that is a proper name and no person."""
        last = next(self._back(), None)
        return last if last and not last.person and last.feminine == feminine and is_proper(last.name) else None

    def _back(self) -> Iterator[Speaker]:
        return islice(reversed(self.past), BACK)

    def nicknamed(self, phrase: str) -> str:
        """Return the body of the article that a nickname means: "النادي الملكي" is ريال مدريد where the text names it, else ""."""
        for name in _nicknames().get(fold(phrase), ()):
            whole = next((one.name for one in self.organizations if name in one.name), name)
            if whole in self.text:
                return whole
        return ""

    def body_until(self, end: int) -> str:
        """Return the organisation whose naming ends at an offset, or ""."""
        return self._ends.get(end, "")

    def body_before(self, end: int, *, feminine: bool) -> Speaker | None:
        """Return the feminine organisation that is named last before an offset; the masculine may be anybody."""
        if not feminine:
            return None
        starts, named = self._feminine_bodies
        at = bisect_left(starts, end) - 1
        return Speaker(named[at], feminine=True) if at >= 0 and end - starts[at] < NEAR_BODY else None

    @cached_property
    def _feminine_bodies(self) -> tuple[list[int], list[str]]:
        found = sorted(
            (span.start, one.name)
            for one in self.organizations
            if one.name.split()[0].endswith("ة")
            for span in one.spans
        )
        return [start for start, _ in found], [name for _, name in found]

    @cached_property
    def _ends(self) -> dict[int, str]:
        spans = [span for one in self.organizations for span in one.spans]
        return {span.end: self.text[span.start : span.end] for span in spans}

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
        if not words or len(words) > 3:
            return ""
        if len(words) < 2 and not words[0].startswith("ال"):
            return self._by_word.get(words[0], "")
        head = _stem(words[0])
        named = (one.name for one in reversed(self._organizations.get(head, [])) if one.spans[0].start < at)
        spoken, media = reversed(self._bodies.get(head, [])), reversed(self._media.get(head, []))
        known = islice(chain(spoken, media, named), BACK)
        return next((earlier for earlier in known if _repeats(words, fold(earlier).split())), "")


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for nickname, name in rows(PACKAGE, "nicknames.tsv"):
        found[fold(nickname)] = (*found.get(fold(nickname), ()), name)
    return found


def is_proper(name: str) -> bool:
    """Say whether a phrase is a bare name, not a body, a role or a description."""
    head = fold(name).split()[0]
    generic = head.startswith("ال") or head in word_sets("organization_heads.txt", "sayers.txt")
    return not (generic or head in word_set("role_heads.txt") or nationality(head))


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
