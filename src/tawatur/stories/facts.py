"""Sentences that say who did what: which of them independent sources share, and which one source alone has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tawatur.model import Figure, Point, PointKind, Standing, Why, Wording
from tawatur.stories.alignment import Likeness, grouped
from tawatur.stories.assertions import Assertion, Read, name_keys
from tawatur.stories.backing import backing
from tawatur.stories.comparing import Compared, point, shared_terms, telling_terms, version, wording
from tawatur.stories.keys import key_of
from tawatur.stories.opposites import opposites, other_day
from tawatur.stories.stance import Stance, stance

#: From which score on two sentences say the same, and what a share of the lighter one counts beside the share of both.
SAME, COVER = 0.54, 0.8
#: The weight that must be shared where only the lighter sentence is held by the other: some five telling words.
SHARED = 18.0
#: And the least likeness of both together.
BOTH = 0.4
#: From which likeness on wordings are called the same words.
WORDS = 0.9
#: From which likeness on an opposite is a difference, not another fact.
DISPUTED = 0.65
#: From which likeness on another day is a difference: the sentences then tell nothing else.
ONE_EVENT = 0.8
#: A sentence is one source's alone where no sentence of another source holds so much of it, nor all other sources together. The
#: first sentence of a report mostly tells what all tell, so that less will do.
HELD_BY_SENTENCE, HELD_BY_FIRST, HELD_BY_ALL = 0.18, 0.12, 0.5
#: A source says something again where it shares so much of what it said before.
AGAIN = 0.45
#: The weight of a sentence that is worth being shown as one source's alone, and how far down its report it may stand.
TELLING, FAR = 24.0, 12

#: Counts of what happened to people in one happening.
TOLLS = frozenset(
    {"killed", "injured", "casualties", "missing", "arrested", "displaced", "evacuated", "rescued", "freed", "infected"}
)
#: How a sentence ends that asks, or leads to what follows.
_UNFINISHED = ("?", "؟", "…", "...", ":")

Place = tuple[int, int]  # of a sentence: (report, place in it)


def score(found: Likeness) -> float:
    """Return how sure two sentences say the same, 0..1."""
    held = found.shared >= SHARED and found.dice >= BOTH
    return max(found.dice, COVER * found.cover if held else 0.0)


def shared_facts(compared: Compared, told: Collection[Place]) -> Iterator[Point]:
    """Yield the facts that independent sources share; ``told`` are sentences of which the statements are points already."""
    kept: list[Assertion] = []
    for members in sorted(_groups(compared), key=lambda group: (-len(group), group[0].report, group[0].place)):
        saying = backing((compared.reads[one.report].article.id for one in members), compared.story)
        spoken = sum((one.report, one.place) in told for one in members)
        first = _first(members, compared)
        if saying.independent < 2 or 2 * spoken >= len(members):
            continue
        if not any(score(compared.alike(first, other)) >= SAME for other in kept):
            kept.append(first)
            yield _agreed(first, members, compared)


def _groups(compared: Compared) -> Iterator[list[Assertion]]:
    sentences = compared.sentences
    scored = [
        (score(found), one, other)
        for one, other, found in compared.pairs
        if score(found) >= SAME and not conflict(sentences[one], sentences[other])
    ]
    for group in grouped(len(sentences), scored, [one.report for one in sentences], least=SAME):
        if len(group) > 1:
            yield [sentences[at] for at in group]


def _first(members: Sequence[Assertion], compared: Compared) -> Assertion:
    """Return the sentence that stands for all: the others hold most of it, and it stands early and is short."""
    return max(
        members, key=lambda one: (round(_held(one, members, compared), 1), -one.place, -len(one.keys), -one.report)
    )


def _agreed(first: Assertion, members: Sequence[Assertion], compared: Compared) -> Point:
    """Return the point of sentences that say the same, under the one that stands for all."""
    others = [one for one in members if one is not first]
    likenesses = [compared.alike(first, one).dice for one in others]
    mean = sum(likenesses) / max(len(likenesses), 1)
    key = "same_words" if min(likenesses, default=0.0) >= WORDS else "same_fact"
    why = Why(
        key=key,
        score=round(mean, 3),
        terms=shared_terms([first, *others], compared.weights),
        like=compared.reads[first.report].article.id,
    )
    made = version([wording(one, compared) for one in (first, *others)], compared.story)
    return point(PointKind.FACT, Standing.AGREED, (made,), why, compared.story)


def _held(one: Assertion, members: Sequence[Assertion], compared: Compared) -> float:
    """Return how much of a sentence those of other sources hold, at the mean."""
    whole = compared.weight(one) or 1.0
    others = [other for other in members if other.source != one.source]
    return sum(compared.alike(one, other).shared for other in others) / (whole * max(len(others), 1))


def disputed_facts(compared: Compared) -> Iterator[Point]:
    """Yield the facts of which two sources say the opposite, in sentences that are alike otherwise."""
    sentences, kept = compared.sentences, list[Assertion]()
    for at, against, found in compared.pairs:
        one, other = sentences[at], sentences[against]
        if found.dice < DISPUTED or one.source == other.source or one.past or other.past:
            continue
        difference = conflict(one, other)
        opposed = difference in ("denied", "opposite") and _disagree(one.text, other.text)
        again = any(score(compared.alike(side, told)) >= SAME for side in (one, other) for told in kept)
        if not again and (opposed or (difference == "day" and found.dice >= ONE_EVENT)):
            kept += (one, other)
            yield _disputed(one, other, difference, compared)


def _disagree(one: str, other: str) -> bool:
    found = stance(one, other)
    return max(found, key=lambda kind: found[kind]) is Stance.DISAGREE


def _disputed(one: Assertion, other: Assertion, difference: str, compared: Compared) -> Point:
    why = Why(
        key="same_fact",
        score=compared.alike(one, other).dice,
        terms=shared_terms([one, other], compared.weights),
        like=compared.reads[one.report].article.id,
    )
    versions = [version([wording(side, compared)], compared.story) for side in (one, other)]
    return point(PointKind.FACT, Standing.DIFFER, versions, why, compared.story, difference)


def lone_facts(compared: Compared, told: Collection[Place], before: Collection[Assertion]) -> Iterator[Point]:
    """Yield what one source alone says and names or counts, of the sentences that are not ``told`` otherwise.

    ``before`` is what was told alone before, which is not told again.
    """
    kept = list(before)
    for one in compared.sentences:
        if (one.report, one.place) in told or one.place >= FAR or one.past or not _has_own(one, compared):
            continue
        if is_alone(one, compared) and not any(repeats(one, other, compared) for other in kept):
            kept.append(one)
            yield alone(PointKind.FACT, one, wording(one, compared), compared)


def _has_own(one: Assertion, compared: Compared) -> bool:
    """Say whether a sentence names something or counts something that no other source has."""
    others = compared.others(one.source)
    return bool(one.names - others) or any(
        not (keys := name_keys(figure.text)) or not others.issuperset(keys) for figure in one.figures
    )


def repeats(one: Assertion, before: Assertion, compared: Compared) -> bool:
    """Say whether a source says again what it said before."""
    return compared.weights.sum(one.held & before.held) > AGAIN * min(compared.weight(one), compared.weight(before))


def is_alone(one: Assertion, compared: Compared) -> bool:
    """Say whether no other source says what an assertion says, and it says much."""
    whole = compared.weight(one)
    if whole < TELLING or one.text.rstrip().endswith(_UNFINISHED):
        return False
    others = [each for each in compared.reads if each.source != one.source]
    if not others or any(_counts_too(each, one) for each in others if one.figures):
        return False
    if compared.weights.sum(one.held & compared.others(one.source)) > HELD_BY_ALL * whole:
        return False
    return compared.held_by_sentence(one) <= (HELD_BY_SENTENCE if one.place else HELD_BY_FIRST) * whole


def _counts_too(each: Read, one: Assertion) -> bool:
    """Say whether a report has a figure that a sentence of another one has, of what happened to people."""
    return any(
        mine.category == theirs.category
        and mine.category in TOLLS
        and mine.limits[0] <= theirs.limits[1]
        and theirs.limits[0] <= mine.limits[1]
        for mine in one.figures
        for theirs in each.analysis.figures
    )


def alone(kind: PointKind, one: Assertion, worded: Wording, compared: Compared) -> Point:
    """Return the point of what one report alone says, with the words that no other has."""
    new = one.held - compared.others(one.source)
    why = Why(key="nowhere_else", score=1.0, terms=telling_terms(one.text, new, compared.weights))
    return point(kind, Standing.ALONE, (version((worded,), compared.story),), why, compared.story)


def conflict(one: Assertion, other: Assertion) -> str:
    """Return in what two like sentences cannot both be so: "denied", "opposite", "day", "value"; "" where nothing shows."""
    first, second = one.held, other.held
    if (one.negated & second and not other.negated) or (other.negated & first and not one.negated):
        return "denied"
    mine, theirs = first - second, second - first
    if any(opposites().get(key, frozenset()) & theirs for key in mine):
        return "opposite"
    if other_day(one.text, other.text):
        return "day"
    return "value" if any(_parts(mine, theirs) for mine in one.figures for theirs in other.figures) else ""


def _parts(one: Figure, other: Figure) -> bool:
    """Say whether two figures count what may be the same, with values that cannot both be so."""
    if one.category != other.category or one.code != other.code or one.part or other.part:
        return False
    if one.category not in TOLLS and key_of(one.unit) != key_of(other.unit):
        return False
    (low, high), (least, most) = one.limits, other.limits
    return high < least or most < low
