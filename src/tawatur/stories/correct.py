"""What a person's correction does: which reports go where, for what reason, and which constraint it leaves behind.

What cannot be done is refused before anything is: taking all reports out of a story, joining what somebody took apart, undoing what
a later correction stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.errors import (
    CorrectionBuiltOn,
    CorrectionUndone,
    KeptApart,
    NothingNamed,
    NothingStays,
    ReportElsewhere,
    SameStory,
)
from tawatur.model import ArticleId, Correction, Decision, Repair, Repaired, RepairKind, StoryId, Why, content_id
from tawatur.stories.constraints import parting

#: The reports of a story as they stand, oldest first.
Standing = Sequence[Decision]
#: Says whether a story with an id has reports.
Lives = Callable[[StoryId], bool]
#: Reasons of having begun a story.
FOUNDING = ("first", "no_match")


@dataclass(frozen=True, slots=True)
class Signed:
    """By whom a correction is made, when, and why; ``who`` and ``note`` may be empty."""

    who: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A repair with the decisions whose reason it changes."""

    repair: Repair
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A correction, and the repair that it makes at once."""

    correction: Correction
    step: Step


def step(repair: Repair, standing: Standing) -> Step:
    """Return a repair with the new reasons of its reports, of which ``standing`` holds those of the story that they leave.

    A report that goes alone has the repair's reason. Of others, only those have it whose own reason would be none any more: it was
    that they began a story, or their likeness to a report that does not go with them.
    """
    going = set(repair.articles)
    alone = repair.kind is RepairKind.MOVE
    changed = [
        replace(one, story=repair.target, joined=True, why=repair.why)
        for one in standing
        if one.article in going and (alone or one.why.key in FOUNDING or _is_alone(one, going, repair.kind))
    ]
    return Step(repair, tuple(changed))


def _is_alone(one: Decision, going: Collection[ArticleId], kind: RepairKind) -> bool:
    return kind is RepairKind.SPLIT and one.why.like is not None and one.why.like not in going


def move(
    articles: Sequence[ArticleId], origin: Standing, target: Standing, *, by: Signed, corrections: Sequence[Correction]
) -> Plan:
    """Return what moves reports of one story to another.

    Raises:
        NothingNamed: no reports are named.
        ReportElsewhere: one of them does not stand in the story.
        SameStory: they stand there already.
        KeptApart: a correction keeps one of them apart from a report there.
    """
    if origin[0].story == target[0].story:
        raise SameStory(target[0].story)
    going, rest = _named(articles, origin)
    _refuse_parted(corrections, going, _articles(target))
    together = (*_articles(target), *going)
    return _plan(RepairKind.MOVE, going, origin, target[0].story, by=by, together=together, rest=rest)


def merge(origin: Standing, target: Standing, *, by: Signed, corrections: Sequence[Correction]) -> Plan:
    """Return what merges a story into another one, whose address stays.

    Raises:
        SameStory: they are one.
        KeptApart: a correction keeps reports of both apart.
    """
    if origin[0].story == target[0].story:
        raise SameStory(target[0].story)
    going, there = _articles(origin), _articles(target)
    _refuse_parted(corrections, going, there)
    return _plan(RepairKind.MERGE, going, origin, target[0].story, by=by, together=(*there, *going), rest=())


def split(articles: Sequence[ArticleId], origin: Standing, *, by: Signed, lives: Lives = lambda story: False) -> Plan:
    """Return what makes some reports of a story one of their own; the old address stays with the larger part, or the older.

    ``lives`` says which ids the new one cannot have.

    Raises:
        NothingNamed: no reports are named.
        ReportElsewhere: one of them does not stand in the story.
        NothingStays: all of its reports are named.
    """
    named, rest = _named(articles, origin)
    if not rest:
        raise NothingStays(origin[0].story)
    going, staying = (named, rest) if _is_less(named, rest, _articles(origin)) else (rest, named)
    target = free_id(first_id(going[0]), lives)
    return _plan(RepairKind.SPLIT, going, origin, target, by=by, together=(), rest=staying)


def _named(articles: Sequence[ArticleId], origin: Standing) -> tuple[tuple[ArticleId, ...], tuple[ArticleId, ...]]:
    """Return the reports of a story that are named, and the others."""
    held = _articles(origin)
    for article in articles:
        if article not in held:
            raise ReportElsewhere(article, origin[0].story)
    if not articles:
        raise NothingNamed(origin[0].story)
    return tuple(one for one in held if one in articles), tuple(one for one in held if one not in articles)


def _is_less(one: Sequence[ArticleId], other: Sequence[ArticleId], held: Sequence[ArticleId]) -> bool:
    """Say whether reports are fewer than others, or as many and not with the oldest."""
    return (len(one), held[0] in one) < (len(other), held[0] in other)


def _plan(
    kind: RepairKind,
    going: tuple[ArticleId, ...],
    origin: Standing,
    target: StoryId,
    *,
    by: Signed,
    together: tuple[ArticleId, ...],
    rest: tuple[ArticleId, ...],
) -> Plan:
    why = Why(key=f"hand_{kind}", score=1.0)
    repair = Repair(kind=kind, articles=going, origin=origin[0].story, target=target, why=why)
    apart = (going, rest) if rest else ((), ())
    made = Correction(kind=kind, who=by.who, note=by.note, at=by.at, together=together, apart=apart)
    return Plan(made, step(repair, origin))


def refuse_undoing(correction: Correction, corrections: Iterable[Correction]) -> None:
    """Refuse to undo what cannot be undone now.

    Raises:
        CorrectionUndone: it was undone before.
        CorrectionBuiltOn: a later correction of the same reports stands on it, and is to be undone first.
    """
    if correction.undone is not None:
        raise CorrectionUndone(str(correction.number))
    for later in corrections:
        if later.number > correction.number and later.undone is None and later.articles & correction.articles:
            raise CorrectionBuiltOn(str(correction.number), str(later.number))


def back(
    done: Repaired, where: Mapping[ArticleId, StoryId], goal: StoryId, standing: Mapping[StoryId, Standing]
) -> tuple[Step, ...]:
    """Return what takes a correction's repair back: its reports go to ``goal`` from where they are, with the reasons that they had.

    ``where`` holds those that go, and ``standing`` the reports of their stories and of the goal.
    """
    found: list[Step] = []
    for story in dict.fromkeys(where.values()):
        going = tuple(one for one in done.repair.articles if where.get(one) == story)
        if story == goal or not going:
            continue
        whole = len(going) == len(standing[story])
        kind = RepairKind.MERGE if whole else RepairKind.MOVE if standing.get(goal) else RepairKind.SPLIT
        repair = Repair(kind=kind, articles=going, origin=story, target=goal, why=Why(key="undone", score=1.0))
        reasons = tuple(replace(one, story=goal) for one in done.before if one.article in going)
        found.append(Step(repair, reasons))
    return tuple(found)


def first_id(article: ArticleId) -> StoryId:
    """Return the id of the story that an article starts."""
    return StoryId(content_id("story", article))


def free_id(wish: StoryId, lives: Lives) -> StoryId:
    """Return an id for a new story: the one wished for, or where a story that lives has it, the next that is free."""
    found, number = wish, 1
    while lives(found):
        number += 1
        found = StoryId(content_id("story", wish, str(number)))
    return found


def _articles(standing: Standing) -> tuple[ArticleId, ...]:
    return tuple(one.article for one in standing)


def _refuse_parted(
    corrections: Sequence[Correction], going: Collection[ArticleId], there: Collection[ArticleId]
) -> None:
    if found := parting(corrections, going, there):
        raise KeptApart(str(found.number), found.who)
