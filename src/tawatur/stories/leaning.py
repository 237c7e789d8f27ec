"""Which other medium a report leans on: the one through which its main content comes, not one that it merely mentions.

A report leans on a medium where that medium tells its lead, in the headline ("كذا: …") or in the first sentences, and at least half
of all that anybody is quoted with; or where it tells most of what the report holds at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawatur.arabic.sentences import sentences
from tawatur.arabic.words import words
from tawatur.model import Outlet, Outlets, Report, Span, Statement
from tawatur.stories.media import Medium, again, medium

#: Sentences of the text that are its lead.
LEAD = 2
#: The share of the quoted words that comes through a medium which also tells the lead, and the shares of the quoted words and of
#: the whole text that come through one which does not.
WITH_LEAD, MOST, MOST_OF_TEXT = 0.5, 0.75, 0.4
#: Words before the name of a medium that are shown with it ("وفق ما نقلته صحيفة كذا").
BEFORE = 4


@dataclass(frozen=True, slots=True)
class Leaning:
    """A report's main content comes through a medium: which share of its quoted words, and where it is credited."""

    medium: Medium
    share: float
    span: Span | None  # in the text; None where only the headline names it


@dataclass(frozen=True, slots=True)
class _Told:
    medium: Medium | None
    phrase: str
    span: Span


def leanings(report: Report, outlets: Outlets) -> tuple[Leaning, ...]:
    """Return the media that a report leans on, never its own outlet or one of its family; most come from none."""
    told = _told(report.analysis.statements, outlets)
    own = outlets.get(report.article.outlet)
    titled = _titled(report.article.title, outlets)
    named = dict.fromkeys(one for one in (titled, *(one.medium for one in told)) if one is not None)
    if not named:
        return ()
    text = report.article.text
    lead = [span.end for span in sentences(text)[:LEAD]][-1:] or [0]
    found = []
    for one in named:
        if one.key == report.article.outlet or _is_kin(own, outlets.get(one.key)):
            continue
        through = [statement for statement in told if statement.medium == one]
        leading = one == titled or any(statement.span.start < lead[0] for statement in through)
        quoted = _size(through) / max(_size(told), 1)
        if quoted >= (WITH_LEAD if leading else MOST) and (leading or _size(through) >= MOST_OF_TEXT * len(text)):
            found.append(Leaning(one, quoted, _credit(text, through)))
        elif one == titled and not told:
            found.append(Leaning(one, 1.0, None))
    return tuple(found)


def _told(statements: Sequence[Statement], outlets: Outlets) -> list[_Told]:
    """Return the statements with the medium through which each came, if any."""
    found: list[_Told] = []
    before: Medium | None = None
    for statement in statements:
        phrase, through = next(_media(statement, outlets, before), ("", None))
        before = through or before
        found.append(_Told(through, phrase, statement.span))
    return found


def _media(statement: Statement, outlets: Outlets, before: Medium | None) -> Iterator[tuple[str, Medium]]:
    """Yield the media of a statement's chain, the outermost first."""
    for phrase in (*reversed(statement.via), statement.speaker):
        found = before if again(phrase) else medium(phrase, outlets)
        if found:
            yield phrase, found


def _titled(title: str, outlets: Outlets) -> Medium | None:
    """Return the medium that a headline begins with ("كذا: …")."""
    before, colon, _ = title.partition(":")
    return medium(before, outlets) if colon and len(before.split()) <= BEFORE else None


def _is_kin(own: Outlet | None, other: Outlet | None) -> bool:
    return own is not None and other is not None and own.family != "" and own.family == other.family


def _size(told: Sequence[_Told]) -> int:
    """Return how many characters some statements hold; what stands in two of them counts once."""
    size = end = 0
    for span in sorted(one.span for one in told):
        size += max(0, span.end - max(span.start, end))
        end = max(end, span.end)
    return size


def _credit(text: str, through: Sequence[_Told]) -> Span | None:
    """Return where the text credits the medium, with some words before it."""
    for one in through:
        near = text.rfind(one.phrase, 0, one.span.start)
        at = near if near >= 0 else text.find(one.phrase)
        if at >= 0 and one.phrase:
            start = max(text.rfind(mark, 0, at) + 1 for mark in "\n.،؛:")
            led = [word.start for word in words(text[start:at])][-BEFORE:]
            return Span(start + led[0] if led else at, at + len(one.phrase))
    return None
