"""What people's corrections ask of the machine, all together: which reports stand in one story, and which never do.

A later correction wins over an earlier one where they speak of the same reports: who takes one report out of a story that somebody
merged does not take the merging back. What is put together over what somebody took apart is refused before it gets here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tawatur.model import ArticleId, Constraints, Correction, StoryId

Group = set[ArticleId]
Sides = tuple[frozenset[ArticleId], frozenset[ArticleId]]


def constraints(corrections: Sequence[Correction]) -> Constraints:
    """Return what some corrections, oldest first, ask for, which can always be met; those that are undone ask for nothing."""
    asked = _Asked()
    for one in reversed([one for one in corrections if one.undone is None]):
        asked.part(*map(frozenset, one.apart))
        asked.tie(one.together)
    return asked.constraints()


def allows(
    obeyed: Constraints, going: Collection[ArticleId], staying: Collection[ArticleId], there: Collection[ArticleId]
) -> bool:
    """Say whether some reports may leave those that stay and join those that are there."""
    left, joined = frozenset(staying), frozenset(there)
    return all(obeyed.tied(one).isdisjoint(left) and obeyed.parted(one).isdisjoint(joined) for one in going)


def anew(before: Constraints, after: Constraints) -> frozenset[ArticleId]:
    """Return the reports of which something is asked that was not asked before."""
    groups = set(after.together) - set(before.together)
    sides = {side for pair in set(after.apart) - set(before.apart) for side in pair}
    return frozenset().union(*groups, *sides)


def parting(
    corrections: Iterable[Correction], going: Collection[ArticleId], there: Collection[ArticleId]
) -> Correction | None:
    """Return the latest correction that keeps some reports apart from those of another story."""
    ours, theirs = frozenset(going), frozenset(there)
    for one in reversed([one for one in corrections if one.undone is None]):
        sides = tuple(map(frozenset, one.apart))
        for here, other in (sides, sides[::-1]):
            if ours & here and theirs & other:
                return one
    return None


class _Asked:
    """Takes what is asked from the latest to the earliest; what does not go with it any more is left out."""

    def __init__(self) -> None:
        self._groups: dict[ArticleId, Group] = {}
        self._sides: list[Sides] = []
        self._parted: dict[ArticleId, Group] = {}

    def part(self, one: frozenset[ArticleId], other: frozenset[ArticleId]) -> None:
        """Take in that two sides stand apart, but for reports that a later correction put together."""
        torn = [article for article in sorted(one) if not other.isdisjoint(self._group(article))]
        sides = [(one - frozenset(torn), other)]
        sides += [(frozenset((article,)), other - self._group(article)) for article in torn]
        for here, there in sides:
            if here and there:
                self._sides.append((here, there))
                self._note(here, there)
                self._note(there, here)

    def _note(self, here: frozenset[ArticleId], there: frozenset[ArticleId]) -> None:
        for article in here:
            self._parted.setdefault(article, set()).update(there)

    def tie(self, articles: Iterable[ArticleId]) -> None:
        """Take in that reports stand in one story, but for those that a later correction took apart."""
        made: list[Group] = []
        for article in articles:
            own = self._group(article)
            into = next((group for group in made if group is own or self._go_together(group, own)), None)
            if into is None:
                made.append(own)
            elif into is not own:
                into |= own
            for member in own:
                self._groups[member] = into if into is not None else own

    def _group(self, article: ArticleId) -> Group:
        return self._groups.get(article, {article})

    def _go_together(self, one: Group, other: Group) -> bool:
        return all(self._parted.get(article, set()).isdisjoint(other) for article in one)

    def constraints(self) -> Constraints:
        """Return all that was taken in."""
        groups = {id(group): frozenset(group) for group in self._groups.values() if len(group) > 1}
        return Constraints(together=tuple(groups.values()), apart=tuple(self._sides))


@dataclass(frozen=True, slots=True)
class Passage:
    """Reports that have to leave a story so that a constraint is met; ``target`` is None where they need one of their own."""

    articles: tuple[ArticleId, ...]
    origin: StoryId
    target: StoryId | None


def settle(obeyed: Constraints, stories: Mapping[StoryId, Sequence[ArticleId]]) -> tuple[Passage, ...]:
    """Return what has to change, in this order, so that some stories meet the constraints; () where they do.

    A torn group gathers where most of it stands. Of reports that may not stand together the first part stays.
    """
    held = {story: list(articles) for story, articles in stories.items()}
    return (*_gathered(obeyed, held), *_parted(obeyed, held))


def _gathered(obeyed: Constraints, held: dict[StoryId, list[ArticleId]]) -> list[Passage]:
    found: list[Passage] = []
    for group in obeyed.together if held else ():
        parts = {story: [one for one in held[story] if one in group] for story in sorted(held)}
        home = max(parts, key=lambda story: len(parts[story]))
        for story, part in parts.items():
            if part and story != home:
                found.append(Passage(tuple(part), story, home))
                held[home] += part
                held[story] = [one for one in held[story] if one not in group]
    return found


def _parted(obeyed: Constraints, held: Mapping[StoryId, Sequence[ArticleId]]) -> list[Passage]:
    found: list[Passage] = []
    for story, articles in held.items():
        parts: list[list[ArticleId]] = []
        units = dict.fromkeys(obeyed.tied(one) for one in articles)
        for unit in units:
            part = next((part for part in parts if allows(obeyed, unit, (), part)), None)
            if part is None:
                parts.append(part := [])
            part += [one for one in articles if one in unit]
        found += [Passage(tuple(part), story, None) for part in parts[1:]]
    return found
