"""An issue in words, as both parts of its mail say it: every line in its reader's language, digits and month names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tawatur.mail.isolate import apart, held, isolated
from tawatur.newsletter import (
    ChangeKind,
    Content,
    Issue,
    IssueChange,
    IssueDifference,
    IssueReason,
    IssueSaved,
    IssueSentence,
    IssueSource,
    IssueStory,
    Newsletter,
)
from tawatur.wording.titles import title_of
from tawatur.wording.words import Words

#: Sources that are named behind a sentence, and versions of one point.
NAMED, VERSIONS = 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with who says it, in brackets."""

    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """A story in words. ``link`` is its page, ``about`` how widely it is told, ``reason`` why it is here."""

    title: str
    link: str
    section: str
    about: str
    sentences: tuple[Sentence, ...]
    changes: tuple[str, ...]
    differences: tuple[str, ...]
    before: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that leads somewhere: ``mark`` stands before it (a time), ``note`` behind it."""

    text: str
    link: str
    mark: str = ""
    note: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An issue in words."""

    title: str
    leading: str
    preview: str  # what lists of letters show behind the subject
    date: str
    counts: str
    stories: tuple[ToldStory, ...]
    timeline: tuple[Line, ...]
    headlines: tuple[Line, ...]
    saved: tuple[Line, ...]
    saved_others: str
    invented: bool
    shortened: bool = False


def title_in(content: Content | Newsletter, words: Words) -> str:
    """Return what a newsletter is called, held apart from the words around it."""
    return title_of(content, words, apart=lambda name: apart(name, words.direction))


def told(issue: Issue, words: Words, base: str) -> Told:
    """Return an issue in words; ``base`` is the address before the paths of pages, with the language's prefix."""
    return Teller(issue, words, base).told()


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts one issue into words."""

    issue: Issue
    words: Words
    base: str

    def told(self) -> Told:
        """Return the whole issue."""
        content = self.issue.content
        titles = [one.title for one in content.stories]
        titles += [one.title for one in content.headlines] + [one.title for one in content.saved]
        return Told(
            title=title_in(content, self.words),
            leading=content.leading,
            preview=self.listed(titles[1:4]),
            date=self._date(),
            counts=self._counts(),
            stories=tuple(map(self._story, content.stories)),
            timeline=tuple(
                Line(
                    text=one.text,
                    link=self._link("story", one.story),
                    mark=self._time(one.at, one.day_only),
                    note=self._name(one.outlet),
                )
                for one in content.timeline
            ),
            headlines=tuple(
                Line(text=one.title, link=self._link("story", one.id), note=self._independent(one.independent))
                for one in content.headlines
            ),
            saved=tuple(map(self._saved, content.saved)),
            saved_others=self.words.text("mail.issue.saved_others", n=content.counts.others)
            if content.saved and content.counts.others
            else "",
            invented=any(one.invented for one in content.stories),
        )

    def listed(self, items: Iterable[str]) -> str:
        """Return texts as one line, each of them apart."""
        return self.words.listed(apart(one, self.words.direction) for one in items if one)

    # -- the whole ---------------------------------------------------------------------------------------------------

    def _date(self) -> str:
        at = self._here(self.issue.slot or self.issue.made)
        day = self.words.day(at.date())
        line = self.words.text("mail.issue.date", day=day, time=self._clock(at))
        return f"{line} · {self.words.text('mail.issue.number', number=self.issue.number)}"

    def _counts(self) -> str:
        content = self.issue.content
        if not content.stories:
            return ""
        parts = [self.words.text("mail.issue.told", n=len(content.stories))]
        if content.counts.reports:
            parts.append(self.words.text("mail.issue.reports", n=content.counts.reports))
        if content.counts.outlets:
            parts.append(self.words.text("mail.issue.outlets", n=content.counts.outlets))
        return " ".join(parts)

    # -- a story -----------------------------------------------------------------------------------------------------

    def _story(self, story: IssueStory) -> ToldStory:
        section = self.words.text(f"section.{story.section}") if story.section else ""
        outlets = self.words.text("mail.issue.outlets", n=story.outlets) if story.outlets else ""
        return ToldStory(
            title=story.title,
            link=self._link("story", story.id),
            section=section,
            about=" ".join(filter(None, (self._independent(story.independent), outlets))),
            sentences=tuple(self._sentence(one, story) for one in story.sentences),
            changes=tuple(filter(None, (self._change(one, story) for one in story.changes))),
            differences=tuple(self._difference(one, story) for one in story.differences),
            before=tuple(f"{self._time(one.at, True)}: {held(one.text, self.words.direction)}" for one in story.before),
            reason=" · ".join(filter(None, map(self._reason, story.reasons))),
        )

    def _sentence(self, sentence: IssueSentence, story: IssueStory) -> Sentence:
        names = self._names(sentence.sources, story)
        if sentence.speaker:
            speaker = self.words.text("mail.issue.speaker", name=self._name(sentence.speaker))
            names = f"{speaker} · {names}" if names else speaker
        return Sentence(text=sentence.text, by=self.words.text("mail.issue.by", names=names) if names else "")

    def _names(self, numbers: Sequence[int], story: IssueStory) -> str:
        """Return the names of sources, the first few of them, each outlet once."""
        found = [story.sources[at] for at in numbers if 0 <= at < len(story.sources)]
        names = list(dict.fromkeys(self._source(one) for one in found))
        shown = self.words.listed(names[:NAMED])
        left = len(names) - NAMED
        return self.words.text("mail.issue.more", names=shown, n=left) if left > 0 else shown

    def _source(self, source: IssueSource) -> str:
        return self._name(source.name)

    def _change(self, change: IssueChange, story: IssueStory) -> str:
        names = self._names(change.sources, story)
        by = self.words.text("mail.issue.by", names=names) if names else ""
        if change.kind is ChangeKind.SAID:
            return f"{held(change.text, self.words.direction)} {by}".strip()
        if change.kind is ChangeKind.FIGURE:
            was, now = (self.words.number(apart(one, self.words.direction)) for one in (change.was, change.now))
            return f"{self.words.text('mail.issue.change.figure', was=was, now=now)} {by}".strip()
        if change.kind is ChangeKind.DIFFER:
            return self.words.text("mail.issue.change.differ", values=self.listed(change.values))
        return self.words.text(f"mail.issue.change.{change.kind.value}", names=names) if names else ""

    def _difference(self, difference: IssueDifference, story: IssueStory) -> str:
        key = f"figure.{difference.category}"
        known = difference.category and key in self.words.messages
        what = self.words.text(key if known else f"difference.{difference.reason}")
        versions = [
            self.words.text(
                "mail.issue.version",
                value=isolated(one.value or one.text),
                names=self._names(one.sources, story),
            )
            for one in difference.versions[:VERSIONS]
        ]
        return self.words.text("mail.issue.of", what=what, values=self.words.listed(versions))

    def _reason(self, reason: IssueReason) -> str:
        key = f"mail.issue.reason.{reason.key}"
        if key not in self.words.messages:
            return ""
        terms = self.listed(one.name or one.key for one in reason.subjects)
        return self.words.text(key, terms=terms, n=reason.sources)

    # -- other lines -------------------------------------------------------------------------------------------------

    def _saved(self, saved: IssueSaved) -> Line:
        minutes = self.words.text("mail.issue.minutes", n=saved.minutes)
        changed = self.words.text("mail.issue.saved_changed") if saved.changed else ""
        note = " · ".join(filter(None, (self.listed(saved.outlets[:NAMED]), minutes, changed)))
        return Line(
            text=saved.title, link=self._link("saved", saved.id), note=note, lead=held(saved.lead, self.words.direction)
        )

    def _independent(self, count: int) -> str:
        return self.words.text("mail.issue.independent", n=count)

    def _name(self, name: str) -> str:
        return apart(name, self.words.direction)

    def _link(self, *path: str) -> str:
        return "/".join((self.base, *path))

    def _time(self, at: datetime, day_only: bool) -> str:
        here = self._here(at)
        return self.words.short_day(here.date()) if day_only else self._clock(here)

    def _clock(self, at: datetime) -> str:
        return self.words.number(f"{at:%H:%M}")

    def _here(self, at: datetime) -> datetime:
        """Return a time by the clocks of the newsletter's zone."""
        try:
            return at.astimezone(ZoneInfo(self.issue.content.zone))
        except (ZoneInfoNotFoundError, ValueError):
            return at
