"""Which stories an issue may tell, by its kind, the best first, each with the reason that its reader is given.

    daily        what has weight, and what this reader cares about (``select.choose``)
    of_subject   all of a topic or a name, by weight and by what the reader cares about
    weekly       affairs by how many independent sources tell them and for how long they have gone on

What is muted is never among them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2

from tawatur.digest.facets import Candidate, word_key
from tawatur.digest.interests import Facet, Interests, Subject
from tawatur.digest.select import Ground, Scored, choose, grounds, muted, scored
from tawatur.ids import StoryId
from tawatur.model import StoryHead
from tawatur.newsletter import About, IssueReason

#: What a doubling of the days that an affair goes on is worth, where a doubling of independent sources is worth 1.
LASTING = 0.5
#: How much of its age a story of a subject is spared.
AGED = 0.75
#: A name with less of a share, which neither headline nor lead has, is named in passing.
CENTRAL = 0.7
#: How many stories before and behind the one that stands for an affair are named.
COURSE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A story that may be told, with the reasons; ``before`` and ``after`` are others of its affair, oldest first, and
    ``days`` over how many days that stretches.
    """

    head: StoryHead
    section: str
    reasons: tuple[IssueReason, ...]
    before: tuple[StoryHead, ...] = ()
    after: tuple[StoryHead, ...] = ()
    days: int = 0


def daily(
    candidates: Iterable[Candidate], cares: Interests, *, since: datetime, most: int, known: Collection[StoryId]
) -> tuple[Picked, ...]:
    """Return what has weight and what a reader cares about among what was told since a time."""
    fresh = (one for one in candidates if one.head.latest >= since)
    picks = choose(fresh, cares, most=most, known=known)
    return tuple(Picked(head=one.head, section=one.section, reasons=reasons_of(one.grounds)) for one in picks)


def of_subject(
    candidates: Iterable[Candidate], cares: Interests, *, since: datetime, most: int, subject: Subject | None = None
) -> tuple[Picked, ...]:
    """Return the stories since a time that are about a subject, not only in passing; all of them where none is named."""
    fresh = (one for one in candidates if one.head.latest >= since and _about(one, subject) and not muted(one, cares))
    ranked = sorted((scored(one, cares) for one in fresh), key=lambda one: (-importance(one), one.candidate.head.id))
    return tuple(
        Picked(head=one.candidate.head, section=one.candidate.section, reasons=reasons_of(grounds(one)))
        for one in ranked[:most]
    )


def weekly(
    candidates: Sequence[Candidate],
    cares: Interests,
    *,
    most: int,
    affairs: Callable[[StoryId], tuple[Sequence[StoryHead], Sequence[StoryHead]]],
) -> tuple[Picked, ...]:
    """Return one story of each affair, that which most independent sources tell, with what came before it and of it.

    ``affairs`` gives the stories of a story's affair before and after it.
    """
    found: list[tuple[float, Picked]] = []
    placed: set[StoryId] = set()
    told = sorted(candidates, key=lambda one: (-one.head.independent, -len(one.head.outlets), one.head.id))
    for one in told:
        if one.head.id in placed or muted(one, cares):
            continue
        before, after = affairs(one.head.id)
        placed |= {one.head.id, *(head.id for head in (*before, *after))}
        found.append((mattered(one.head, (*before, *after)), _affair(one, before, after)))
    ranked = sorted(found, key=lambda pair: (-pair[0], pair[1].head.id))
    return tuple(picked for _, picked in ranked[:most])


def importance(one: Scored) -> float:
    """Return by what stories of a subject are ordered, in hours: all are news since the last issue, so that age counts little."""
    return one.weight + one.lift - AGED * one.candidate.head.latest.timestamp() / 3600


def mattered(head: StoryHead, course: Iterable[StoryHead]) -> float:
    """Return how much an affair mattered: by the independent sources of its widest story, and by the days it went on."""
    return log2(max(head.independent, 1)) + LASTING * log2(days_of(head, course))


def days_of(head: StoryHead, course: Iterable[StoryHead]) -> int:
    """Return on over how many days an affair stretches."""
    heads = (head, *course)
    return (max(one.latest for one in heads).date() - min(one.first for one in heads).date()).days + 1


def reasons_of(found: Iterable[Ground]) -> tuple[IssueReason, ...]:
    """Return grounds as an issue gives them."""
    return tuple(
        IssueReason(key=one.key, subjects=tuple(map(_subject, one.facets)), sources=one.sources) for one in found
    )


def _about(candidate: Candidate, subject: Subject | None) -> bool:
    if subject is None:
        return True
    facet = candidate.facet(subject)
    return facet is not None and (facet.share >= CENTRAL or f" {word_key(facet.name)} " in candidate.said)


def _affair(one: Candidate, before: Sequence[StoryHead], after: Sequence[StoryHead]) -> Picked:
    days = days_of(one.head, (*before, *after))
    reasons = [IssueReason(key="everybody", sources=one.head.independent)] if one.head.independent > 1 else []
    if days > 1 and (before or after):
        reasons.append(IssueReason(key="lasting", sources=days))
    return Picked(
        head=one.head,
        section=one.section,
        reasons=tuple(reasons) or (IssueReason(key="latest"),),
        before=tuple(before[-COURSE:]),
        after=tuple(after[:COURSE]),
        days=days if before or after else 0,
    )


def _subject(facet: Facet) -> About:
    return About(kind=facet.subject.kind.value, key=facet.subject.key, name=facet.name)
