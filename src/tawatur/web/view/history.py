"""What became of a story, in words, and what of it can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tawatur.history import Chapter
from tawatur.web.view.parts import When, moment
from tawatur.web.view.reason import Reason, told, why_reason
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True)
class Named:
    """A story or a report with its page's id."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterView:
    """One event: when, what, by whom or why, and the number of a correction that can be undone."""

    when: When
    what: Reason
    other: str
    by: Reason
    note: str
    undo: int | None
    reports: tuple[Named, ...]


def history_view(events: Iterable[Chapter], words: Words) -> tuple[ChapterView, ...]:
    """Return the history of a story, the latest first, but for what the machine changed before anybody could see it."""
    shown = [one for one in events if one.title or one.correction]
    return tuple(_event(one, words) for one in reversed(shown))


def _event(one: Chapter, words: Words) -> ChapterView:
    title = one.title or words.text("history.untitled")
    return ChapterView(
        when=moment(one.repaired.at, words),
        what=told(words, one.key, "title", title, n=len(one.reports)),
        other=one.other,
        by=_by(one, words),
        note=one.correction.note if one.correction and not one.repaired.undoing else "",
        undo=one.correction.number if one.correction and one.standing else None,
        reports=tuple(Named(article, headline) for article, headline in one.reports),
    )


def _by(one: Chapter, words: Words) -> Reason:
    made = one.correction
    if made is None:
        why = why_reason(one.repaired.repair.why, words)
        line = told(words, "history.by_machine", "why", why.named)
        return Reason(line.before + why.before, why.named, why.after + line.after)
    who = (made.undone_by if one.repaired.undoing else made.who) or words.text("history.somebody")
    line = told(words, "history.undoing" if one.repaired.undoing else "history.by", "who", who, number=made.number)
    if made.undone is None or one.repaired.undoing:
        return line
    whole = told(words, "history.undone", "line", "")
    return Reason(whole.before + line.before, line.named, line.after + whole.after)
