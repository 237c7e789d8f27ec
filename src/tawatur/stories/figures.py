"""Figures of a story: values that sources agree on, values that differ, and values that later ones took the place of.

The figures that count one thing are put in groups, and each group in versions by value. What a source said before it said something
else is superseded; so is a toll that all later reports raise, and a price of an earlier hour. What then still stands against
something else is a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from math import inf

from tawatur.model import Figure, Point, PointKind, Standing, Version, Why
from tawatur.stories.alignment import grouped
from tawatur.stories.assertions import Assertion
from tawatur.stories.comparing import Compared, point, shared_terms, version, wording
from tawatur.stories.counting import GROWING, Count, about_one, agree, counts, is_one_value, tolls
from tawatur.stories.facts import TOLLS

#: The mean score that holds the figures of one thing together.
LEAST = 0.2
#: A toll that one source has alone stands in one of its first sentences.
FAR = 3
#: So long reports may still tell a toll after others have told a higher one.
LAG = timedelta(hours=3)
#: What changes from hour to hour: what was told later has taken the place of what was told before.
MOVING = frozenset({"price", "points"})
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Told:
    """One value of a count with the figures that say it; ``superseded`` once a later value has taken its place."""

    said: list[Count]
    superseded: bool = False

    @property
    def first(self) -> datetime:
        return min(count.told or _NEVER for count in self.said)

    @property
    def last(self) -> datetime:
        return max(count.told or _NEVER for count in self.said)

    @property
    def value(self) -> float:
        return self.said[0].figure.value

    @property
    def sources(self) -> frozenset[int]:
        return frozenset(count.source for count in self.said)


def figure_points(compared: Compared) -> Iterator[Point]:
    """Yield what the figures of a story agree on, what differs, and tolls that only one source has."""
    found = counts(compared)
    told: set[tuple[object, ...]] = set()
    for group in _groups(found, compared):
        values = _values(group)
        _supersede(values, found)
        made = _point(values, group, found, compared)
        value = (*group[0].kind, made.versions[0].value if made else "")
        if made and value not in told:
            told.add(value)
            yield made


def _groups(found: Sequence[Count], compared: Compared) -> Iterator[list[Count]]:
    """Yield the figures of one thing: first the story's own tolls, then what like sentences count."""
    taken: set[Count] = set()
    for group in tolls(found, compared):
        if group:
            taken |= set(group)
            yield group
    rest = [count for count in found if count not in taken]
    kinds: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, count in enumerate(rest):
        kinds[count.kind].append(at)
    scored = [
        (value, one, other)
        for alike in kinds.values()
        for one, other in combinations(alike, 2)
        if rest[one].report != rest[other].report and (value := about_one(rest[one], rest[other], compared)) > 0
    ]
    for places in grouped(len(rest), scored, [count.report for count in rest], least=LEAST):
        yield [rest[at] for at in places]


def _values(group: Sequence[Count]) -> list[Told]:
    """Return the figures of one thing by value; what means a range goes to the value that it holds."""
    values: list[Told] = []
    for count in sorted(group, key=lambda one: (one.limits[1] - one.limits[0], one.report)):
        fits = [told for told in values if all(is_one_value(count, one) for one in told.said)]
        if fits:
            fits[0].said.append(count)
        else:
            values.append(Told([count]))
    return values


def _supersede(values: list[Told], found: Sequence[Count]) -> None:
    """Mark the values that later ones took the place of. Of values that each took another's place the one told last stands."""
    for old in values:
        others = [new for new in values if new is not old]
        old.superseded = _is_left(old, others) or any(_replaces(new, old, found) for new in others)
    if all(told.superseded for told in values):
        max(values, key=lambda told: (told.last, len(told.sources), told.value)).superseded = False


def _is_left(old: Told, others: Sequence[Told]) -> bool:
    """Say whether every source that told a value has told another one since, be it not the same for all."""
    last: dict[int, datetime] = {}
    for count in old.said:
        last[count.source] = max(last.get(count.source, _NEVER), count.told or datetime.max.replace(tzinfo=UTC))
    return all(
        any(count.source == source and (count.told or _NEVER) > told for new in others for count in new.said)
        for source, told in last.items()
    )


def _replaces(new: Told, old: Told, found: Sequence[Count]) -> bool:
    """Say whether a value took the place of another one: told last by whoever told the other, or a toll that has risen since."""
    if _NEVER in (new.first, old.first):
        return False
    like = new.said[0].figure
    later = {one.source for one in found if _repeats(one, like) and one.told is not None and one.told > old.last}
    if old.sources <= later:
        return True
    if like.category in MOVING and new.first > old.last:
        return True
    risen = like.category in GROWING and new.value > old.value
    return risen and old.last < new.last and old.last - new.first <= LAG


def _repeats(count: Count, figure: Figure) -> bool:
    return count.figure.category == figure.category and count.figure.value == figure.value


def _point(values: list[Told], group: Sequence[Count], found: Sequence[Count], compared: Compared) -> Point | None:
    """Return the point of a count's values; None where they are neither a difference nor worth telling."""
    if len({count.source for count in group}) == 1 and group[0].figure.category not in TOLLS:
        return None
    standing = [told for told in values if not told.superseded]
    differ = _differ(standing, found)
    if not differ:
        best = max(standing, key=lambda told: (len(told.sources), told.last, -told.value))
        values = [best, *(told for told in values if told.superseded)]
    versions = [_version(told, compared) for told in sorted(values, key=_latest_first)]
    stands = _standing(versions, group, compared, differ=differ)
    if stands is None:
        return None
    made = point(PointKind.FIGURE, stands, versions, _why(group, compared), compared.story)
    return replace(made, difference="value" if differ else "", category=group[0].figure.category)


def _standing(
    versions: Sequence[Version], group: Sequence[Count], compared: Compared, *, differ: bool
) -> Standing | None:
    """Return how sources stand to a count; None where it is one source's and not worth telling, or told elsewhere too."""
    if differ:
        return Standing.DIFFER
    if versions[0].backing.independent > 1:
        return Standing.AGREED
    best = next(count for count in group if count.figure.text == versions[0].value)
    worth = len(versions) > 1 or (best.sentence.place <= FAR and best.figure.value > 1)
    return Standing.ALONE if worth and best.figure.category in TOLLS and not _is_elsewhere(best, compared) else None


def _is_elsewhere(count: Count, compared: Compared) -> bool:
    """Say whether another source has the same value, or a toll that can mean it, be it in a sentence that is not compared."""
    low, high = count.limits
    return any(
        figure.value == count.figure.value
        or (figure.category in TOLLS and figure.limits[0] <= high and low <= figure.limits[1] < inf)
        for each in compared.reads
        if each.source != count.source
        for figure in each.analysis.figures
    )


def _latest_first(told: Told) -> tuple[bool, float]:
    return told.superseded, -(told.first - _NEVER).total_seconds()


def _version(told: Told, compared: Compared) -> Version:
    best = min(told.said, key=lambda count: (count.limits[1] - count.limits[0], count.report))
    first = {count.report: count for count in reversed(told.said)} | {best.report: best}
    others = [count for count in first.values() if count is not best]
    wordings = [wording(count.sentence, compared) for count in (best, *others)]
    return version(wordings, compared.story, value=best.figure.text, superseded=told.superseded)


def _differ(standing: Sequence[Told], found: Sequence[Count]) -> bool:
    """Say whether values stand against each other: sharp ones, of different sources, neither of which the other source has too."""
    return any(
        not agree(one, other) and not _reconciled(one, other, found)
        for first, second in combinations(standing, 2)
        for one in first.said[:1]
        for other in second.said[:1]
    )


def _reconciled(one: Count, other: Count, found: Sequence[Count]) -> bool:
    """Say whether one of the two reports also has the other's value, or its parts."""
    return one.source == other.source or _has(other, one, found) or _has(one, other, found)


def _has(reader: Count, value: Count, found: Sequence[Count]) -> bool:
    own = [
        count
        for count in found
        if count.source == reader.source and count.figure.category == value.figure.category and count is not reader
    ]
    if any(agree(count, value) for count in own):
        return True
    parts = [count.figure.value for count in own] + [reader.figure.value]
    return any(sum(few) == value.figure.value for n in (2, 3) for few in combinations(parts[:8], n))


def _why(group: Sequence[Count], compared: Compared) -> Why:
    members: list[Assertion] = [count.sentence for count in group]
    likenesses = [compared.alike(one, other).dice for one, other in combinations(members, 2)]
    return Why(
        key="same_count" if len(group) > 1 else "one_count",
        score=round(sum(likenesses) / len(likenesses), 3) if likenesses else 0.0,
        terms=shared_terms(members, compared.weights),
        like=compared.reads[members[0].report].article.id,
    )
