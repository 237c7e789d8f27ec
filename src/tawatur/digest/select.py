"""Which stories a reader is shown, in what order, and why each of them.

    score = weight of the story (``stories.weight``: hours of its latest report, sources, outlets)
          + LIFT hours × log2(1 + pull)

The *pull* of a story is the sum over its subjects of how much the reader cares (``Interests.strength``) × the square root of how
central the subject is to the story; below ``PASSING`` a subject is named in passing and pulls nothing. So a story of one person
who is followed rises by ``LIFT`` hours, as by four times as many outlets that tell it independently; below zero it sinks alike.

Three rules stand above the score. What is muted never shows. A third of the picks are the stories of the last ``RECENT`` that most
independent sources tell, whoever reads. And no subject fills the page: each pick for its sake makes the next one weaker by
``VARIETY`` hours (by ``SECTION`` of one section), and it leads to half of the picks at most. Where a reader's interests leave room,
the heaviest stories fill it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log2, sqrt

from tawatur.digest.facets import Candidate
from tawatur.digest.interests import Facet, Interests, Subject, SubjectKind
from tawatur.model import StoryHead, StoryId
from tawatur.stories.weight import weight

#: What a pull of one is worth, in hours: two doublings of the outlets that tell a story independently.
LIFT = 24.0
#: A subject less central to a story is named there in passing, and neither follows nor mutes it.
PASSING = 0.2
#: What the next pick for the sake of the same subject, or of the same section, has to weigh more, in hours.
VARIETY, SECTION = 6.0, 2.0
#: The least pull for which a story is picked.
LEAST = 0.15
#: What is told by so many independent sources can stand there for that alone.
SEVERAL = 2
#: The share of picks that belongs to what most sources tell, and the share that one subject can lead to.
EVERYBODY, ONE = 1 / 3, 1 / 2
#: How far behind the latest story of all one may be that everybody is shown, and one that a reader's interests pick.
RECENT, LASTS = timedelta(hours=36), timedelta(days=7)
#: How many stories may be ahead of all others in time before that counts.
AHEAD = 9
#: How many subjects a reason names.
NAMED = 2


@dataclass(frozen=True, slots=True)
class Pull:
    """What one subject of a story is worth to a reader: strength × centrality, −1..1."""

    facet: Facet
    worth: float
    key: str  # of the reason: "you_follow", "you_asked", "you_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why a story was picked, as data: a message key under ``why.`` with the subjects that it names.

    "you_follow", "you_asked" (for more of this) and "you_read" (and saved) add ``hours``; "everybody" is that ``sources``
    independent ones tell it, and "latest" that it is new.
    """

    key: str
    facets: tuple[Facet, ...] = ()
    hours: float = 0.0
    sources: int = 0

    @property
    def own(self) -> bool:
        """Say whether it is this reader's, not everybody's."""
        return bool(self.facets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A story for a reader, with the grounds in the order of what they are worth."""

    head: StoryHead
    section: str
    grounds: tuple[Ground, ...]
    weight: float  # hours: of the story for everybody
    lift: float  # hours: what this reader's interests add

    @property
    def score(self) -> float:
        """What it is ordered by, in hours."""
        return self.weight + self.lift


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what draws a reader to it, the strongest first."""

    candidate: Candidate
    pulls: tuple[Pull, ...]
    pull: float
    weight: float

    @property
    def lift(self) -> float:
        """What the pull is worth, in hours."""
        return LIFT * log2(1 + abs(self.pull)) * (1 if self.pull >= 0 else -1)

    @property
    def draws(self) -> bool:
        """Say whether it is worth picking for this reader."""
        return self.pull >= LEAST and self.pulls[0].worth > 0

    @property
    def order(self) -> tuple[float, StoryId]:
        """By what the best comes first."""
        return -self.weight - self.lift, self.candidate.head.id


def muted(candidate: Candidate, interests: Interests) -> tuple[Facet, ...]:
    """Return what a story is hidden for: central subjects that are muted; an outlet, where only muted ones tell the story."""
    facets = (candidate.facet(subject) for subject in interests.muted if subject.kind is not SubjectKind.OUTLET)
    found = [facet for facet in facets if facet and facet.share >= PASSING]
    outlets = [Subject(SubjectKind.OUTLET, key) for key in candidate.head.outlets]
    if outlets and all(subject in interests.muted for subject in outlets):
        found += [candidate.facets[subject] for subject in outlets]
    return tuple(found)


def choose(
    candidates: Iterable[Candidate], interests: Interests, *, most: int, known: Collection[StoryId] = ()
) -> tuple[Pick, ...]:
    """Return at most ``most`` stories for a reader, the best first; ``known`` are those that need not be shown again.

    The candidates may come in any order, and twice.
    """
    once = {one.head.id: one for one in candidates if one.head.id not in known}
    seen = [scored(one, interests) for one in once.values() if not muted(one, interests)]
    fresh, recent = _since(seen, LASTS), _since(seen, RECENT)
    leading = _most_told(recent)[: round(most * EVERYBODY)]
    taken = {one.candidate.head.id for one in leading}
    own = _varied([one for one in fresh if one.candidate.head.id not in taken], leading, most - len(leading), most)
    taken |= {one.candidate.head.id for one in own}
    rest = [one for one in fresh if one.candidate.head.id not in taken and one.pull > -LEAST]
    filling = sorted(rest, key=lambda one: (-one.weight, one.candidate.head.id))[: most - len(taken)]
    return tuple(_pick(one) for one in sorted((*leading, *own, *filling), key=lambda one: one.order))


def _since(seen: Sequence[Scored], time: timedelta) -> list[Scored]:
    """Return the stories that are no further behind the latest ones than some time.

    Of a page without a date the clock gives the time: a few such ones ahead of all others do not make those old.
    """
    times = sorted((one.candidate.head.latest for one in seen), reverse=True)
    now = times[min(AHEAD, (len(times) - 1) // 4)] if times else None
    return [one for one in seen if now and now - one.candidate.head.latest <= time]


def scored(candidate: Candidate, interests: Interests) -> Scored:
    """Return a candidate with what draws a reader to it."""
    head = candidate.head
    pulls = [pull for subject in _subjects(candidate, interests) if (pull := _pull(candidate, subject, interests))]
    ranked = tuple(sorted(pulls, key=lambda one: (-one.worth, one.facet.subject)))
    heavy = weight(head.latest, independent=head.independent, outlets=len(head.outlets))
    return Scored(candidate, ranked, sum(one.worth for one in ranked), heavy)


def _subjects(candidate: Candidate, interests: Interests) -> Iterable[Subject]:
    """Return the subjects of a story that a reader cares about; words that are followed stand in headlines."""
    yield from (subject for subject in candidate.facets if interests.strength(subject))
    for subject in interests.followed:
        if subject.kind is SubjectKind.WORD and subject not in candidate.facets:
            yield subject


def _pull(candidate: Candidate, subject: Subject, interests: Interests) -> Pull | None:
    facet = candidate.facet(subject)
    passing = facet is not None and facet.share < PASSING and subject.kind is not SubjectKind.OUTLET
    if facet is None or passing:
        return None
    if subject in interests.followed:
        return Pull(_called(facet, interests.followed[subject]), sqrt(facet.share), "you_follow")
    found = interests.learned[subject]
    return Pull(facet, found.strength * sqrt(facet.share), "you_asked" if found.asked else "you_read")


def _called(facet: Facet, name: str) -> Facet:
    """Return a facet under the name that the reader chose."""
    return Facet(subject=facet.subject, name=name, share=facet.share, stories=facet.stories)


def _most_told(seen: Iterable[Scored]) -> list[Scored]:
    """Return the stories that several independent sources tell, those with most first, then the heaviest."""
    told = (one for one in seen if one.candidate.head.independent >= SEVERAL)
    return sorted(told, key=lambda one: (-one.candidate.head.independent, -one.weight, one.candidate.head.id))


def _varied(seen: Iterable[Scored], leading: Sequence[Scored], room: int, most: int) -> list[Scored]:
    """Return the stories that draw a reader most, one after the other, no subject too often."""
    left = [one for one in seen if one.draws]
    drawn = Counter(one.pulls[0].facet.subject for one in leading if one.draws)
    sections: Counter[str] = Counter()
    chosen: list[Scored] = []
    while left and len(chosen) < room:
        best = min(left, key=lambda one: (_cost(one, drawn, sections) + one.order[0], one.order[1]))
        chosen.append(best)
        drawn[best.pulls[0].facet.subject] += 1
        sections[best.candidate.section] += 1
        left = [one for one in left if one is not best and drawn[one.pulls[0].facet.subject] < max(1, most * ONE)]
    return chosen


def _cost(one: Scored, drawn: Counter[Subject], sections: Counter[str]) -> float:
    section = sections[one.candidate.section] if one.candidate.section else 0
    return VARIETY * drawn[one.pulls[0].facet.subject] + SECTION * section


def _pick(one: Scored) -> Pick:
    candidate = one.candidate
    weight, lift = round(one.weight, 2), round(one.lift, 2)
    return Pick(head=candidate.head, section=candidate.section, grounds=grounds(one), weight=weight, lift=lift)


def grounds(one: Scored) -> tuple[Ground, ...]:
    """Return why a story is shown: what draws the reader, most first, and that many sources tell it, or that it is new."""
    hours = one.lift / one.pull if one.pull else 0.0
    drawing = [pull for pull in one.pulls if pull.worth > 0] if one.draws else []
    keys = dict.fromkeys(pull.key for pull in drawing)
    found = [_ground(key, [pull for pull in drawing if pull.key == key], hours) for key in keys]
    sources = one.candidate.head.independent
    if sources >= SEVERAL:
        return (*found, Ground(key="everybody", sources=sources))
    return tuple(found) or (Ground(key="latest"),)


def _ground(key: str, pulls: Sequence[Pull], hours: float) -> Ground:
    facets = tuple(pull.facet for pull in pulls[:NAMED])
    return Ground(key=key, facets=facets, hours=round(hours * sum(pull.worth for pull in pulls), 2))
