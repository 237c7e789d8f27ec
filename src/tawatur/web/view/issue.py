"""An issue of a newsletter as its page shows it, in one language; times are told by the clocks of the newsletter's zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from tawatur.digest.rhythm import zone_of
from tawatur.newsletter import (
    ChangeKind,
    Content,
    Issue,
    IssueChange,
    IssueDifference,
    IssueHeadline,
    IssueMoment,
    IssueReason,
    IssueSaved,
    IssueSource,
    IssueStory,
)
from tawatur.saved import SavedKind
from tawatur.store.newsletters import IssueHead
from tawatur.web.view.account import Citation, SentenceView
from tawatur.web.view.parts import OutletView, Sources
from tawatur.web.view.personal import FigureView, SaidView, SinceView
from tawatur.web.view.reason import Reason, told
from tawatur.web.words import Words
from tawatur.wording.titles import subject_of, title_of

_PLACE = "\x00"
#: From how many independent sources on a story is called widely told.
MANY = 3
#: How many outlets a story names before it counts the rest.
NAMED = 6


@dataclass(frozen=True, slots=True)
class MomentView:
    """Something on a timeline: ``clock`` is the hour, or the day where that alone is known."""

    clock: str
    iso: str
    text: str
    story: str
    outlet: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One of the ways in which sources tell a point."""

    text: str
    outlets: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What sources tell differently; ``about`` says what."""

    about: str
    versions: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStoryView:
    """A story of an issue. ``since`` is what is new where it was told before, None of a new one."""

    id: str
    title: str
    section: str
    reasons: tuple[Reason, ...]
    own: bool
    sources: Sources
    sentences: tuple[SentenceView, ...]
    since: SinceView | None
    differences: tuple[DifferenceView, ...]
    before: tuple[MomentView, ...]
    after: tuple[MomentView, ...]
    named: tuple[OutletView, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """A story that is named alone."""

    id: str
    title: str
    sources: Sources


@dataclass(frozen=True, slots=True)
class SavedView:
    """Something that was saved and not read; ``path`` is of the reader's own copy."""

    path: str
    title: str
    lead: str
    outlets: tuple[OutletView, ...]
    minutes: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """A whole issue."""

    id: str
    newsletter: str
    number: int
    title: str
    day: str
    iso: str
    clock: str
    counts: str
    stories: tuple[IssueStoryView, ...]
    moments: tuple[MomentView, ...]
    headlines: tuple[HeadlineView, ...]
    saved: tuple[SavedView, ...]
    others: str
    invented: bool


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue in a list of them."""

    id: str
    number: int
    title: str
    day: str
    clock: str
    iso: str
    told: str


def issue_view(issue: Issue, words: Words) -> IssueView:
    """Return what the page of an issue shows."""
    content, at = issue.content, issue.slot or issue.made
    return IssueView(
        id=issue.id,
        newsletter=issue.newsletter,
        number=issue.number,
        title=title_of(content, words),
        day=words.day(at.astimezone(zone_of(content.zone)).date()),
        iso=at.isoformat(),
        clock=_clock(at, content.zone, words),
        counts=_counts(content, words),
        stories=tuple(_story(one, content.zone, words) for one in content.stories),
        moments=_moments(content, words),
        headlines=tuple(map(_headline, content.headlines)),
        saved=tuple(_saved(one, words) for one in content.saved),
        others=words.text("issue.others", n=content.counts.others) if content.saved and content.counts.others else "",
        invented=any(one.invented for one in content.stories),
    )


def issue_lines(heads: Iterable[IssueHead], zone: str, words: Words) -> Iterator[IssueLine]:
    """Yield issues as lists show them."""
    for one in heads:
        at = one.slot or one.made
        yield IssueLine(
            id=one.id,
            number=one.number,
            title=one.leading or words.text("issue.number", number=one.number),
            day=words.day(at.astimezone(zone_of(zone)).date()),
            clock=_clock(at, zone, words),
            iso=at.isoformat(),
            told=words.text("issue.told", n=one.told),
        )


def _counts(content: Content, words: Words) -> str:
    if content.saved:
        return words.text("issue.saved", n=len(content.saved))
    parts = [words.text("issue.told", n=len(content.stories))]
    parts += [words.text("issue.of_outlets", n=content.counts.outlets)] if content.counts.outlets else []
    return " ".join(parts)


def _story(story: IssueStory, zone: str, words: Words) -> IssueStoryView:
    outlets = list(dict.fromkeys((one.outlet, one.name) for one in story.sources))
    named = tuple(OutletView(key, name) for key, name in outlets[:NAMED])
    return IssueStoryView(
        id=story.id,
        title=story.title,
        section=words.text(f"section.{story.section}") if story.section else "",
        reasons=tuple(_reason(one, words) for one in story.reasons),
        own=any(one.subjects for one in story.reasons),
        sources=Sources(story.outlets, story.independent),
        sentences=tuple(
            SentenceView(
                text=one.text,
                speaker=one.speaker,
                sources=Sources(len(one.sources), one.independent),
                cited=_cited(one.sources, story),
            )
            for one in story.sentences
        ),
        since=_since(story, words) if story.changes else None,
        differences=tuple(_difference(one, story, words) for one in story.differences),
        before=tuple(_moment(one, zone, words) for one in story.before),
        after=tuple(_moment(one, zone, words) for one in story.after),
        named=named,
        unnamed=max(story.outlets - len(named), 0),
    )


def _cited(numbers: Sequence[int], story: IssueStory) -> tuple[Citation, ...]:
    found: dict[str, Citation] = {}
    for number in numbers:
        source = story.sources[number]
        found.setdefault(source.name, Citation(source.article, _outlet(source)))
    return tuple(found.values())


def _outlet(source: IssueSource) -> OutletView:
    return OutletView(source.outlet, source.name)


def _reason(one: IssueReason, words: Words) -> Reason:
    """Return a reason in words; that many sources tell a story is said without their number, which stands beneath it."""
    key = f"why.{one.key}"
    if one.subjects:
        return told(words, key, "terms", words.listed(subject_of(about, words) for about in one.subjects))
    count = 0 if one.key == "everybody" and one.sources >= MANY else one.sources
    return Reason(words.text(key, n=count) if one.sources else words.text(key), "", "")


def _since(story: IssueStory, words: Words) -> SinceView:
    by_kind: dict[ChangeKind, list[IssueChange]] = {kind: [] for kind in ChangeKind}
    for one in story.changes:
        by_kind[one.kind].append(one)

    def cited(kind: ChangeKind) -> tuple[Citation, ...]:
        return tuple(each for one in by_kind[kind] for each in _cited(one.sources, story))

    return SinceView(
        sources=tuple(one.outlet for one in cited(ChangeKind.SOURCES)),
        figures=tuple(_figure(one, words) for one in by_kind[ChangeKind.FIGURE]),
        claims=tuple(one.values for one in by_kind[ChangeKind.DIFFER]),
        said=tuple(
            SaidView(one.text, each.article, each.outlet)
            for one in by_kind[ChangeKind.SAID]
            for each in _cited(one.sources, story)[:1]
        ),
        revised=tuple((one.article, one.outlet) for one in cited(ChangeKind.REVISED)),
    )


def _figure(one: IssueChange, words: Words) -> FigureView:
    message = words.text("since.figure", now=f"{_PLACE}now{_PLACE}", was=f"{_PLACE}was{_PLACE}")
    published = {"now": one.now, "was": one.was}
    return FigureView(
        tuple((part if part in published else "", published.get(part, part)) for part in message.split(_PLACE))
    )


def _difference(one: IssueDifference, story: IssueStory, words: Words) -> DifferenceView:
    key = f"figure.{one.category}"
    about = words.text(key) if key in words.messages else words.text(f"difference.{one.reason}")
    versions = (VersionView(each.value or each.text, _cited(each.sources, story)) for each in one.versions)
    return DifferenceView(about, tuple(versions))


def _moments(content: Content, words: Words) -> tuple[MomentView, ...]:
    """Return the timeline by the hour; the day stands with the first hour of each but the first."""
    zone = zone_of(content.zone)
    days = [one.at.astimezone(zone).date() for one in content.timeline]
    turns = {at + 1 for at, (one, other) in enumerate(pairwise(days)) if one != other}
    return tuple(_moment(one, content.zone, words, with_day=at in turns) for at, one in enumerate(content.timeline))


def _moment(one: IssueMoment, zone: str, words: Words, *, with_day: bool = False) -> MomentView:
    day, hour = words.short_day(one.at.astimezone(zone_of(zone)).date()), _clock(one.at, zone, words)
    shown = day if one.day_only else words.text("front.day_clock", day=day, clock=hour) if with_day else hour
    return MomentView(shown, one.at.isoformat(), one.text, one.story, one.outlet)


def _clock(at: datetime, zone: str, words: Words) -> str:
    return words.number(f"{at.astimezone(zone_of(zone)):%H:%M}")


def _headline(one: IssueHeadline) -> HeadlineView:
    return HeadlineView(one.id, one.title, Sources(one.outlets, one.independent))


def _saved(one: IssueSaved, words: Words) -> SavedView:
    return SavedView(
        path=one.of if one.kind is SavedKind.PAGE else f"{words.prefix}/saved/{one.id}",
        title=one.title,
        lead=one.lead,
        outlets=tuple(OutletView(name, name) for name in one.outlets),
        minutes=words.text("issue.minutes", n=one.minutes),
        changed=one.changed,
    )
