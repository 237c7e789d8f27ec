"""Whom a verb without a subject goes on with: who spoke last, or whom the sentence, or the one before, is about."""

from __future__ import annotations

from dataclasses import replace

from tawatur.understand.cast import Cast, Speaker
from tawatur.understand.cues import Found
from tawatur.understand.names import place, word_set
from tawatur.understand.phrases import is_organization
from tawatur.understand.roles import role_head
from tawatur.understand.speakers import subject
from tawatur.understand.units import Unit


def opened(unit: Unit, found: Found, cast: Cast) -> Speaker | None:
    """Return the person or body with which the sentence of a later verb starts: "أما فلان، فندد …، وأكد أن"."""
    if found.at < 3:
        return None
    start = 2 if unit.tokens[0].folded in word_set("negations.txt") else 1
    first = unit.tokens[start]
    topic = unit.tokens[0].folded in ("اما", "واما")
    if not topic and (unit.tokens[0].folded in word_set("role_barriers.txt") or unit.tokens[0].folded[:2] == "ال"):
        return None
    named = cast.named_in(first.start, unit.tokens[found.at - 1].end)
    body = found.cue.feminine and (place(first.folded) or is_organization(first.folded.removeprefix("ال")))
    if topic or body or cast.called_at(first.start) or (named and named[1].start == first.start):
        return subject(unit, start, found.at, cast, feminine=found.cue.feminine)
    return None


def carried(unit: Unit, found: Found, cast: Cast, main: Speaker | None) -> Speaker | None:
    """Return who spoke last, for a verb without a subject."""
    if main and main.feminine == found.cue.feminine:
        return main
    if found.clitic == "ف" or (found.at and unit.tokens[found.at - 1].folded == "حيث"):
        draft = cast.named_last(unit.tokens[0].start, unit.tokens[found.at].start)  # "وسألت الصحيفة فلانا …، فأجاب"
        if draft:
            return Speaker(cast.name_of(draft), found.cue.feminine, person=True)
    if cast.silent and not main and found.clitic and not found.cue.plural:
        actor = _acting(cast.silent, cast)
        if actor and actor.feminine == found.cue.feminine:
            return actor
    found_last = cast.last(feminine=found.cue.feminine)
    if found_last or found.cue.plural or cast.past:
        return found_last or cast.last()
    return cast.body_before(unit.tokens[found.at].start, feminine=found.cue.feminine) or cast.last()


def _acting(unit: Unit, cast: Cast) -> Speaker | None:
    """Return the person with whose act a sentence opens: "ووضع الرئيس فلان نصب عينيه …"; a verb behind it goes on with him."""
    if len(unit) < 3 or unit.tokens[0].folded in word_set("role_barriers.txt") or unit.tokens[1].folded[:1] in "بل":
        return None
    first = unit.tokens[1]
    called = cast.called_at(first.start)
    named = None if called else cast.named_in(first.start, unit.tokens[min(4, len(unit) - 1)].end)
    draft = called or (named[0] if named and named[1].start == first.start else None)
    feminine = unit.tokens[0].folded.endswith("ت")
    return Speaker(cast.name_of(draft), feminine, person=True) if draft and unit.tokens[0].is_word else None


def _plain_role(unit: Unit, at: int) -> bool:
    """Say whether a token is a definite role: "اللاعب"."""
    return unit.tokens[at].folded[:2] == "ال" and bool(role_head(unit.tokens[at]))


def topic(unit: Unit, before: int, cast: Cast) -> Speaker | None:
    """Return what a sentence is about: its first person, else the place or phrase behind its verb."""
    called = before > 1 and (cast.called_at(unit.tokens[1].start) or _plain_role(unit, 1))
    if called:
        return subject(unit, 1, before, cast, feminine=False)  # "وتحدث اللاعب الإسباني عن فلان قائلا"
    named = cast.named_in(unit.tokens[0].start, unit.tokens[before].start)
    if named:
        return Speaker(cast.name_of(named[0]), person=True)
    if before < 2 or unit.tokens[0].folded in word_set("role_barriers.txt"):
        return None
    if place(unit.tokens[1].folded):
        return Speaker(unit.tokens[1].text, feminine=True)
    return subject(unit, 1, before, cast, feminine=True) if unit.tokens[1].folded.startswith("ال") else None


def agreeing(speaker: Speaker | None, found: Found) -> Speaker | None:
    """Return a person with the gender of the word with which he or she speaks."""
    if speaker and speaker.person and not found.cue.plural:
        return replace(speaker, feminine=found.cue.feminine)
    return speaker
