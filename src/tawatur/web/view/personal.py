"""What is picked for a reader and why, what is new in a story since it was read, and all that a reader cares about, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tawatur.digest.interests import Choice, Facet, Interests, Learned, Lesson, Stance, Subject, SubjectKind
from tawatur.digest.news_since import NewFigure, Since
from tawatur.digest.select import Ground, Pick
from tawatur.model import ArticleId, Outlets, Point, StoryId
from tawatur.store.reads import ReadState
from tawatur.stories.glance import Glance
from tawatur.stories.naming import NameKind
from tawatur.web.reading import StoryPage
from tawatur.web.view.front import Card, card
from tawatur.web.view.parts import OutletView, outlet_view
from tawatur.web.view.reason import Reason, told
from tawatur.web.view.ways import path_of
from tawatur.web.words import Words

#: How many sentences that were said for the first time are shown, and how many stories that taught something.
SAID, FROM = 4, 3
#: Stands around a name in a message while it is taken apart; no text has it.
_PLACE = "\x00"
#: From which strength on a subject is called so.
_STRENGTHS = ((0.6, "most"), (0.35, "much"), (0.0, "some"), (-0.4, "less"), (-1.0, "least"))


@dataclass(frozen=True, slots=True)
class Hidden:
    """Stories that a page does not show to its reader, and the muted subjects for which it does not."""

    stories: frozenset[StoryId] = frozenset()
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class PickView:
    """A story picked for a reader, with the reasons in words; the first one is what it was picked for."""

    card: Card
    reasons: tuple[Reason, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure that took the place of another one: the message in parts, "now" and "was" as published, "" the words around."""

    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SaidView:
    """A sentence with the report that was the first to say it."""

    text: str
    article: str
    outlet: OutletView


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceView:
    """What is new in a story since it was read."""

    sources: tuple[OutletView, ...]
    figures: tuple[FigureView, ...]
    claims: tuple[tuple[str, ...], ...]
    said: tuple[SaidView, ...]
    revised: tuple[tuple[str, OutletView], ...]  # article and outlet


@dataclass(frozen=True, slots=True)
class SubjectView:
    """Something that can be followed: its kind, its key, how it is called here, and the page that it has ("" for a word)."""

    kind: str
    key: str
    name: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class LearnedView:
    """What was learned of a subject: how much in words, its share of the most as a whole percentage, from which stories."""

    subject: SubjectView
    strength: str
    percent: int
    liked: bool
    stories: tuple[tuple[str, str], ...]  # id and title


@dataclass(frozen=True, slots=True)
class LessonView:
    """Something that a reader did with a story, and what that taught of."""

    story: str
    title: str
    act: str
    said: str
    when: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestsView:
    """All that a reader cares about."""

    followed: tuple[tuple[str, tuple[SubjectView, ...]], ...]  # by kind, in words
    muted: tuple[tuple[str, tuple[SubjectView, ...]], ...]
    learned: tuple[LearnedView, ...]
    lessons: tuple[LessonView, ...]


def pick_views(
    picks: Iterable[Pick],
    *,
    outlets: Outlets,
    words: Words,
    now: datetime,
    states: Mapping[StoryId, ReadState],
    glances: Mapping[StoryId, Glance],
) -> tuple[PickView, ...]:
    """Return picks in one language; ``glances`` are those of their stories."""
    return tuple(
        PickView(
            card(
                one.head,
                outlets,
                words,
                glance=glances.get(one.head.id),
                now=now,
                section=one.section,
                state=states.get(one.head.id),
            ),
            tuple(reason(ground, outlets, words) for ground in one.grounds),
            any(ground.own for ground in one.grounds),
        )
        for one in picks
    )


def hidden_view(hidden: Hidden, outlets: Outlets, words: Words) -> Reason | None:
    """Return in words how many stories are hidden and for what, None where none is."""
    if not hidden.stories:
        return None
    names = words.listed(called(facet.subject, facet.name, outlets, words) for facet in hidden.facets)
    return told(words, "personal.hidden", "terms", names, n=len(hidden.stories))


def reason(ground: Ground, outlets: Outlets, words: Words) -> Reason:
    """Return in words why a story was picked."""
    if ground.own:
        names = words.listed(called(facet.subject, facet.name, outlets, words) for facet in ground.facets)
        return told(words, f"why.{ground.key}", "terms", names)
    arguments = {"n": ground.sources} if ground.sources else {}
    return Reason(words.text(f"why.{ground.key}", **arguments), "", "")


def called(subject: Subject, name: str, outlets: Outlets, words: Words) -> str:
    """Return how a subject is called in one language."""
    if subject.kind is SubjectKind.TOPIC:
        return words.text(f"section.{subject.key}")
    if subject.kind is SubjectKind.OUTLET:
        return outlet_view(subject.key, outlets, words).name
    return name


def since_view(since: Since | None, page: StoryPage, *, outlets: Outlets, words: Words) -> SinceView | None:
    """Return what is new in a story, None where nothing is."""
    if since is None:
        return None
    articles = {report.article.id: report.article for report in page.story.reports}

    def outlet(article: ArticleId) -> OutletView:
        return outlet_view(articles[article].outlet, outlets, words)

    return SinceView(
        sources=tuple(outlet(source[0]) for source in since.sources),
        figures=tuple(_figure(one, words) for one in since.figures),
        claims=tuple(_values(point) for point in since.claims),
        said=tuple(
            SaidView(articles[one.article].text[one.span.start : one.span.end], one.article, outlet(one.article))
            for one in since.said[:SAID]
        ),
        revised=tuple((article, outlet(article)) for article in since.revised),
    )


def _figure(one: NewFigure, words: Words) -> FigureView:
    message = words.text("since.figure", now=f"{_PLACE}now{_PLACE}", was=f"{_PLACE}was{_PLACE}")
    published = {"now": one.now.value, "was": one.was}
    return FigureView(
        tuple((part if part in published else "", published.get(part, part)) for part in message.split(_PLACE))
    )


def _values(point: Point) -> tuple[str, ...]:
    standing = (one for one in point.versions if not one.superseded)
    return tuple(dict.fromkeys(one.value or one.wordings[0].text for one in standing))


def interests_view(
    choices: Sequence[Choice], lessons: Sequence[Lesson], cares: Interests, *, outlets: Outlets, words: Words
) -> InterestsView:
    """Return all that a reader cares about in one language."""
    learned = sorted(cares.learned.values(), key=lambda one: (-one.strength, one.subject))
    return InterestsView(
        followed=_by_kind(choices, Stance.FOLLOW, outlets, words),
        muted=_by_kind(choices, Stance.MUTE, outlets, words),
        learned=tuple(_learned(one, outlets, words) for one in learned),
        lessons=tuple(_lesson(one, outlets, words) for one in lessons),
    )


def _by_kind(
    choices: Iterable[Choice], stance: Stance, outlets: Outlets, words: Words
) -> tuple[tuple[str, tuple[SubjectView, ...]], ...]:
    chosen = [one for one in choices if one.stance is stance]
    kinds = [kind for kind in SubjectKind if any(one.subject.kind is kind for one in chosen)]
    return tuple(
        (
            words.text(f"personal.kind.{kind}"),
            tuple(subject_view(one.subject, one.name, outlets, words) for one in chosen if one.subject.kind is kind),
        )
        for kind in kinds
    )


def subject_view(subject: Subject, name: str, outlets: Outlets, words: Words) -> SubjectView:
    """Return something that can be followed in one language."""
    word = subject.kind is SubjectKind.WORD
    path = "" if word else path_of(NameKind(subject.kind.value), subject.key)
    return SubjectView(subject.kind.value, subject.key, called(subject, name, outlets, words), path)


def _learned(one: Learned, outlets: Outlets, words: Words) -> LearnedView:
    strength = next(key for least, key in _STRENGTHS if one.strength >= least)
    titles: dict[str, str] = {}
    for lesson in one.lessons:
        titles.setdefault(lesson.story, lesson.title)
    return LearnedView(
        subject_view(one.subject, one.name, outlets, words),
        words.text(f"interests.strength.{strength}"),
        round(100 * abs(one.strength)),
        one.strength > 0,
        tuple(titles.items())[:FROM],
    )


def _lesson(one: Lesson, outlets: Outlets, words: Words) -> LessonView:
    def name(facet: Facet) -> str:
        return called(facet.subject, facet.name, outlets, words)

    said, when = words.text(f"interests.act.{one.act}"), words.day(one.at.date())
    return LessonView(one.story, one.title, one.act.value, said, when, tuple(map(name, one.facets)))
