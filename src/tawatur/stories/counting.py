"""Figures of several reports that count the same thing: what each counts, and whether two of them can be about one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines
from tawatur.arabic.numbers import glue
from tawatur.model import Figure
from tawatur.stories.assertions import Assertion, keyed, name_keys
from tawatur.stories.comparing import Compared
from tawatur.stories.facts import TOLLS
from tawatur.stories.keys import key_of

#: Those that every report of a disaster, an attack or a raid counts.
VICTIMS = frozenset({"killed", "injured", "casualties", "missing", "arrested"})
#: What of it can only grow while a happening goes on.
GROWING = frozenset(
    {"killed", "injured", "casualties", "arrested", "displaced", "evacuated", "rescued", "freed", "infected"}
)
#: Figures that are compared. Ages and durations belong to somebody or something that a sentence does not name surely enough.
COMPARED = TOLLS | {"people", "money", "price", "share", "points", "votes", "seats", "score", "penalties", "thing",
                    "magnitude", "distance", "area", "weight", "speed", "temperature"}  # fmt: skip
#: The likeness (Dice) that the sentences of two figures must have, to agree and to differ, of tolls and of all others.
AGREE_TOLL, DIFFER_TOLL, AGREE_OTHER, DIFFER_OTHER = 0.25, 0.4, 0.34, 0.5
#: Bounds that give a value as a round one: it tells the same as each value that it can mean. "At least 4" does not tell 31.
_ROUND = frozenset({"about", "nearly"})
#: A report opens with so many sentences; and so much alike (Dice) two openings with a toll must be to count the same victims.
LEADING, LEADS = 2, 0.15
#: A number from which on it is no chance that two reports of one happening have it.
TELLING = 10
#: The words on each side of a figure that say what it is about.
NEAR = 6
#: And those so near that they say what became of the people counted.
BESIDE = 2


@dataclass(frozen=True, eq=False)
class Count:
    """A figure in its sentence."""

    figure: Figure
    sentence: Assertion

    @property
    def report(self) -> int:
        return self.sentence.report

    @property
    def source(self) -> int:
        return self.sentence.source

    @property
    def told(self) -> datetime | None:
        return self.sentence.told

    @property
    def limits(self) -> tuple[float, float]:
        return self.figure.limits

    @cached_property
    def counted(self) -> frozenset[str]:
        """The keys of what is counted, without words for people at large and for what happened to them."""
        figure = self.figure
        words = (
            f"{figure.counted} {figure.unit}"
            if figure.category in TOLLS or figure.category == "people"
            else figure.unit
        )
        some = any(fold(word) in glue("from") for word in figure.text.split())  # "six of the crew"
        return frozenset(name_keys(words)) - (frozenset() if some else _generic())

    @cached_property
    def near(self) -> frozenset[str]:
        """The keys of the words around the figure."""
        return self.beside(NEAR)

    def beside(self, most: int) -> frozenset[str]:
        """The keys of at most so many words on each side of the figure."""
        start, text = self.figure.span.start - self.sentence.span.start, self.sentence.text
        before, behind = text[:start].split()[-most:], text[start + len(self.figure.text) :].split()[:most]
        return frozenset(keyed(" ".join((*before, *behind)))[0])

    @cached_property
    def kind(self) -> tuple[str, str, str, str, str]:
        """What two figures must share to be compared at all."""
        figure = self.figure
        unit = figure.code or ("" if figure.category in TOLLS or figure.category == "people" else key_of(figure.unit))
        moved = figure.change.rpartition("_")[2] == "by"
        return figure.category, unit, figure.period, key_of(figure.per) if figure.per else "", "by" if moved else ""


def counts(compared: Compared) -> list[Count]:
    """Return the figures of a story's reports that can be compared, without those of the past and parts of others."""
    return [
        Count(figure, sentence)
        for sentence in compared.sentences
        if not sentence.past
        for figure in sentence.figures
        if figure.category in COMPARED and not figure.part and figure.bound != "vague"
    ]


def about_one(one: Count, other: Count, compared: Compared) -> float:
    """Return how sure two figures count the same thing, 0 where they do not or nothing shows it."""
    if one.kind != other.kind or not _places_agree(one, other, compared) or not _sides_agree(one.figure, other.figure):
        return 0.0
    if one.counted != other.counted and (one.counted and other.counted) and not one.counted & other.counted:
        return 0.0
    dice = compared.alike(one.sentence, other.sentence).dice
    same = agree(one, other)
    toll = one.figure.category in TOLLS
    least = (AGREE_TOLL if toll else AGREE_OTHER) if same else (DIFFER_TOLL if toll else DIFFER_OTHER)
    if not same and (one.counted != other.counted or not one.near & other.near):
        return 0.0
    return dice if dice >= least else 0.0


def tolls(found: Sequence[Count], compared: Compared) -> list[list[Count]]:
    """Return the counts of the story's own victims, by kind: those that headline reports, and what is like them elsewhere."""
    groups: dict[tuple[str, ...], list[Count]] = {}
    for count in found:
        if count.figure.category in VICTIMS and not count.counted and count.figure.value > 1 and not _is_some(count):
            groups.setdefault(count.kind, []).append(count)
    return [_of_story(group, compared) for group in groups.values()]


def _of_story(group: Sequence[Count], compared: Compared) -> list[Count]:
    """Return the counts of the story's own victims, of each report the first: behind it stand earlier ones and those of others."""
    leading = [count for count in group if count.sentence.place < LEADING]
    own: dict[int, Count] = {}
    for count in group:
        least = LEADS if count in leading else AGREE_TOLL
        others = (lead for lead in leading if lead.report != count.report and _places_agree(count, lead, compared))
        if any(compared.alike(count.sentence, lead.sentence).dice >= least for lead in others):
            own.setdefault(count.report, count)
    for count, one in _repeated(group, list(own.values()) or leading, compared):
        own.setdefault(count.report, count)
        own.setdefault(one.report, one)
    return list(own.values())


def _repeated(group: Sequence[Count], own: Sequence[Count], compared: Compared) -> Iterator[tuple[Count, Count]]:
    """Yield each count whose number is one that another report has of the story's own: that tells whom it counts."""
    for count in group:
        if count.sentence.place < LEADING or count.figure.value >= TELLING:
            for one in own:
                if count.report != one.report and is_one_value(count, one) and _places_agree(count, one, compared):
                    yield count, one


def _is_some(count: Count) -> bool:
    """Say whether a number counts some of the victims only: those who were taken to another town, those in danger."""
    return count.figure.category == "injured" and bool(count.beside(BESIDE) & _parts())


def agree(one: Count, other: Count) -> bool:
    """Say whether two figures can mean the same value."""
    if one.figure.sides:
        return _goals(one.figure) == _goals(other.figure) or _goals(one.figure) == _goals(other.figure)[::-1]
    (low, high), (least, most) = one.limits, other.limits
    return low <= most and least <= high


def is_one_value(one: Count, other: Count) -> bool:
    """Say whether two figures that agree tell the same value, so that each backs the other."""
    if not agree(one, other):
        return False
    if one.figure.sides or one.figure.upper is not None or other.figure.upper is not None:
        return True
    if _ROUND & {one.figure.bound, other.figure.bound}:
        return True
    return one.figure.value * one.figure.factor == other.figure.value * other.figure.factor


def _goals(figure: Figure) -> tuple[float, float]:
    return figure.value, figure.against if figure.against is not None else -1.0


def _places_agree(one: Count, other: Count, compared: Compared) -> bool:
    """Say whether two figures can be of one place: a town and its country are both named in either report."""
    first, second = _places(one), _places(other)
    return not first or not second or bool(first & compared.whole[other.report] or second & compared.whole[one.report])


def _places(count: Count) -> frozenset[str]:
    """Return the keys of where something happened to the people counted, or else of the places of the sentence."""
    return frozenset(name_keys(count.figure.place)) or count.sentence.places


def _sides_agree(one: Figure, other: Figure) -> bool:
    first, second = ({key_of(word) for side in figure.sides for word in side.split()} for figure in (one, other))
    return not first or not second or bool(first & second)


@cache
def _parts() -> frozenset[str]:
    return frozenset(key for line in lines("tawatur.stories", "counted_parts.txt") for key in keyed(line).keys)


@cache
def _generic() -> frozenset[str]:
    return frozenset(key for line in lines("tawatur.stories", "counted_people.txt") for key in keyed(line).keys)
