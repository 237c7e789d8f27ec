"""An analysis that somebody else made of a text, as the record of ``record`` has it: what does not stand in the text is dropped.

A language model may answer with anything. Of what it gives only strings count that stand verbatim in the text; each is looked up
there, so that every span is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from tawatur.decoding import converted
from tawatur.model import DateMention, Person, Span, Statement, StatementKind

#: The forms of a value that the record allows: a year, month, day or minute, or two of them.
_POINT = r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}Z?)?)?)?"
_T = TypeVar("_T", bound=msgspec.Struct)
_VALUE = re.compile(rf"{_POINT}(?:/{_POINT})?")


class RawPerson(msgspec.Struct):
    """A person as given."""

    name: str
    aliases: list[str] = []
    roles: list[str] = []


class RawQuote(msgspec.Struct):
    """A statement as given."""

    kind: StatementKind
    text: str
    speaker: str
    via: list[str] = []
    cue: str = ""


class RawDate(msgspec.Struct):
    """An expression of time as given."""

    text: str
    value: str


def people(text: str, given: object) -> tuple[Person, ...]:
    """Return those of the given people whose name stands in the text, with the aliases and roles that do."""
    found = []
    for raw in _typed(given, RawPerson):
        names = [name for name in dict.fromkeys([raw.name, *raw.aliases]) if name.strip() and name in text]
        if not names or names[0] != raw.name:
            continue
        roles = tuple(role for role in dict.fromkeys(raw.roles) if role.strip() and role in text)
        found.append(Person(name=raw.name, aliases=tuple(names[1:]), roles=roles, spans=_all(text, names)))
    return tuple(sorted(found, key=lambda person: person.spans))


def statements(text: str, given: object) -> tuple[Statement, ...]:
    """Return those of the given statements whose words and speaker stand in the text."""
    found = []
    for raw in _typed(given, RawQuote):
        start = text.find(raw.text) if raw.text.strip() else -1
        if start < 0 or not raw.speaker.strip() or raw.speaker not in text:
            continue
        statement = Statement(
            kind=raw.kind,
            text=raw.text,
            speaker=raw.speaker,
            via=tuple(via for via in raw.via if via.strip() and via in text),
            cue=raw.cue if raw.cue in text else "",
            span=Span(start, start + len(raw.text)),
        )
        found.append(statement)
    return tuple(sorted(found, key=lambda one: (one.span.start, -one.span.end)))


def dates(text: str, given: object) -> tuple[DateMention, ...]:
    """Return those of the given expressions that stand in the text with a value of the right form, in its order.

    An expression that is given twice is looked for behind where it was found before.
    """
    found: list[DateMention] = []
    behind: dict[str, int] = {}
    for raw in _typed(given, RawDate):
        start = text.find(raw.text, behind.get(raw.text, 0)) if raw.text.strip() else -1
        if start < 0 or not _VALUE.fullmatch(raw.value):
            continue
        behind[raw.text] = start + len(raw.text)
        found.append(DateMention(text=raw.text, value=raw.value, span=Span(start, start + len(raw.text))))
    return tuple(sorted(found, key=lambda date: date.span))


def _typed(given: object, kind: type[_T]) -> Iterable[_T]:
    """Yield the entries of a list that have the right form; others are dropped one by one."""
    for entry in given if isinstance(given, list) else ():
        try:
            yield converted(entry, kind)
        except msgspec.ValidationError:
            continue


def _all(text: str, names: Iterable[str]) -> tuple[Span, ...]:
    """Return where any of some names stand, the longest first, none inside a longer one."""
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text))
