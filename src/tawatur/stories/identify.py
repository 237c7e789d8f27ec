"""Which person of the store a person of a story is: the judgement of ``understand.identity``, held against those who are known.

Two of one full name whom nothing parts are taken for one, and said to be doubtful where many people bear it: in the news a name is
its bearer's far more often than not. A name of one unit joins the one of its bearers who is in the news far more than all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum

from tawatur.analysis import Person
from tawatur.stories.naming import Known
from tawatur.stories.slugs import skeleton
from tawatur.understand.identity import Appearance, Verdict, compare
from tawatur.understand.name_likeness import Likeness, is_common_name, likeness

#: How many appearances tell who somebody is: the first ones and the newest; and how many names of the company in each.
OLDEST, NEWEST, COMPANY = 2, 3, 10
#: How many appearances of a story are held against them.
HELD = 3
#: In how many stories the bearer of a bare name stands at least, and how many times as many as all other bearers.
PROMINENT, AHEAD = 5, 4


class Fit(IntEnum):
    """How well a person of a story fits one who is known."""

    NONE = 0
    NAME = 1  # nothing but the name speaks for it, and nothing against it
    SAME = 2
    OWN = 3  # he or she was recognised in this very report before


def looks(group: Sequence[Appearance]) -> tuple[str, ...]:
    """Return under what a person is looked for: the firm letters of the ends of the names, and of each end alone."""
    return tuple(dict.fromkeys(look for one in group for look in _looks(one)))


def _looks(one: Appearance) -> Iterator[str]:
    name = one.names[0]
    firm = [skeleton(unit) for unit in name]
    if len(firm) > 1:
        yield f"{firm[0]} {firm[-1]}"
        yield f"{firm[0]} {firm[1]}"
    for at in {0, len(firm) - 1} - set(one.fathers):
        yield firm[at]


def wanted(group: Sequence[Appearance]) -> tuple[str, ...]:
    """Return what to ask for to find a person: of a full name the pairs alone."""
    found = looks([one for one in group if len(one.names[0]) > 1])
    pairs = tuple(look for look in found if " " in look)
    return pairs or looks(group)


def identify(group: Sequence[Appearance], known: Iterable[Known]) -> tuple[int | None, bool]:
    """Return the number of the person whose appearances these are, None for somebody new, and whether that is doubtful."""
    held = representatives(group)
    fits = [(fit(held, one), one) for one in known]
    best = max((found for found, _ in fits), default=Fit.NONE)
    fitting = [one for found, one in fits if found is best]
    if best is Fit.NONE:
        return None, False
    if best >= Fit.SAME:
        return max(fitting, key=_prominence).number, False
    full = len(held[0].names[0]) > 1
    if full:
        return max(fitting, key=_prominence).number, is_common_name(held[0].names[0])
    return _bearer(held[0], fitting), True


def _prominence(one: Known) -> tuple[bool, int, int]:
    return one.here, one.stories, -one.number


def _bearer(bare: Appearance, known: Sequence[Known]) -> int | None:
    """Return who is meant by a name of one unit: its one prominent bearer, or whoever is known by nothing else."""
    full = [one for one in known if any(len(shown.names[0]) > 1 for shown in one.evidence)]
    ranked = sorted(full, key=lambda one: -one.stories)
    if ranked and ranked[0].stories >= max(PROMINENT, AHEAD * sum(one.stories for one in ranked[1:])):
        return ranked[0].number
    return next((one.number for one in known if one not in full and _called(one, bare)), None)


def _called(one: Known, bare: Appearance) -> bool:
    return any(shown.names[0] == bare.names[0] for shown in one.evidence)


def fit(held: Sequence[Appearance], known: Known) -> Fit:
    """Return how well the appearances of a person fit somebody who is known.

    A role that was read wrongly in one report parts nobody from himself: what speaks against it must outnumber what speaks for it.
    """
    pairs = [(mine, his) for mine in held for his in known.evidence]
    if any(mine.article == his.article and mine.names[0] == his.names[0] for mine, his in pairs):
        return Fit.OWN
    if any(mine.article == his.article for mine, his in pairs):
        return Fit.NONE
    if not any(_alike(mine, his) for mine, his in pairs):
        return Fit.NONE
    verdicts = Counter(compare(mine, his).verdict for mine, his in pairs if _alike(mine, his))
    if verdicts[Verdict.OTHER] > verdicts[Verdict.SAME]:
        return Fit.NONE
    return Fit.SAME if verdicts[Verdict.SAME] else Fit.NAME


def _alike(one: Appearance, other: Appearance) -> bool:
    return likeness(one.names[0], other.names[0], one.fathers | other.fathers) is not Likeness.NONE


def representatives(group: Sequence[Appearance]) -> tuple[Appearance, ...]:
    """Return the appearances that tell most of who a person is, the fullest name and the most roles first."""
    ranked = sorted(group, key=lambda one: (-min(len(one.names[0]), 3), -len(one.roles), one.article))
    return tuple(ranked[:HELD])


def evidence(group: Sequence[Appearance]) -> tuple[Appearance, ...]:
    """Return what is kept of a person of a story to know him or her again."""
    return tuple(_slim(one) for one in representatives(group)[:2])


def _slim(one: Appearance) -> Appearance:
    company = frozenset(sorted(one.company)[:COMPANY])
    bare = Person(name=one.person.name)
    return replace(one, person=bare, names=one.names[:1], company=company, places=frozenset())


def kept(before: Sequence[Appearance], new: Sequence[Appearance]) -> tuple[Appearance, ...]:
    """Return what is kept of a person once another story names him or her: the oldest and the newest, each report once."""
    told = {one.article for one in new}
    both = [*(one for one in before if one.article not in told), *new]
    return tuple(both if len(both) <= OLDEST + NEWEST else [*both[:OLDEST], *both[-NEWEST:]])
