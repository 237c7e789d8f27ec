"""The people of a story: one person under all the names that its reports use, roles held against each other, and what each said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from tawatur.arabic.fold import fold_word
from tawatur.model import ArticleId, RoleTold, Saying, Story, StoryPerson
from tawatur.stories.backing import backing
from tawatur.stories.voices import Quoted, Speech, Voices
from tawatur.understand.identity import Appearance, appearances, identities
from tawatur.understand.name_likeness import Likeness, likeness
from tawatur.understand.role_meaning import Role, role_told


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """A person of a story: where he or she appears, and what is told of him or her."""

    appearances: Sequence[Appearance]
    person: StoryPerson


class Scene:
    """Who appears and who speaks in a story's reports, found when somebody asks: telling and naming ask for the same."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.order = {report.article.id: at for at, report in enumerate(story.reports)}

    @cached_property
    def voices(self) -> Voices:
        """Who is quoted with what."""
        return Voices(self.story)

    @cached_property
    def casts(self) -> tuple[Cast, ...]:
        """The people, in no order that means anything."""
        return tuple(Cast(group, person(group, self)) for group in _groups(self.story))


def people(scene: Scene) -> tuple[StoryPerson, ...]:
    """Return the people of a story, those whom most independent sources name first, then those whom most reports name."""
    made = [cast.person for cast in scene.casts]
    return tuple(sorted(made, key=lambda one: (-one.backing.independent, -len(one.backing.articles), one.name)))


def _groups(story: Story) -> list[list[Appearance]]:
    """Return the appearances of each person; whoever is fully named comes first, so that the others find him."""
    found = [one for report in story.reports for one in appearances(report.article, report.analysis)]
    found.sort(key=lambda one: -len(one.names[0]))
    if len(story.reports) == 1:  # its people are told apart already
        return [[one] for one in found]
    return _joined([identity.appearances for identity in identities(found)])


def _joined(groups: Sequence[list[Appearance]]) -> list[list[Appearance]]:
    """Return the groups of a story's people, where less tells two of one name apart than in all of the news.

    Groups of one full name are one person; those that one bare name calls join the one who has it as a last or first name.
    """
    full: list[list[Appearance]] = []
    for group in groups:
        if not _is_full(group):
            continue
        alike = [other for other in full if not _together(group, other) and _one_name(group, other)]
        if len(alike) == 1:
            alike[0].extend(group)
        else:
            full.append(list(group))
    for group in groups:
        if _is_full(group):
            continue
        called = {one.names[0] for one in group}
        bearers = [other for other in full if not _together(group, other) and _bears(other, called)]
        if len(bearers) == 1:
            bearers[0].extend(group)
        else:
            full.append(list(group))
    return full


def _is_full(group: Iterable[Appearance]) -> bool:
    return any(len(one.names[0]) > 1 for one in group)


def _one_name(group: Sequence[Appearance], other: Sequence[Appearance]) -> bool:
    fathers = frozenset[int]().union(*(one.fathers for one in (*group, *other)))
    first, second = ({one.names[0] for one in side if len(one.names[0]) > 1} for side in (group, other))
    return any(likeness(one, two, fathers) is Likeness.FULL for one in first for two in second)


def _bears(group: Sequence[Appearance], called: set[tuple[str, ...]]) -> bool:
    ends = {(name[at],) for one in group for name in one.names if len(name) > 1 for at in (0, -1)}
    return called <= ends | {name for one in group for name in one.names}


def _together(group: Sequence[Appearance], other: Sequence[Appearance]) -> bool:
    """Say whether a report names both: then they are two people."""
    return not {one.article for one in group}.isdisjoint(one.article for one in other)


def person(group: Sequence[Appearance], scene: Scene) -> StoryPerson:
    """Return the person of a story whose appearances these are."""
    order, story = scene.order, scene.story
    group = sorted(group, key=lambda one: order[one.article])
    names = Counter(one.person.name for one in group)
    able = [one for one in group if len(one.names[0]) > 1] or group
    name = max(able, key=lambda one: _naming(one, names))
    others = (alias for one in group for alias in (one.person.name, *one.person.aliases))
    roles = _roles(group, story)
    return StoryPerson(
        name=name.person.name,
        aliases=tuple(dict.fromkeys(alias for alias in others if fold_word(alias) != fold_word(name.person.name))),
        roles=tuple(role for role, _ in roles),
        differing=tuple(_differing([meant for _, meant in roles])),
        said=tuple(_saying(speech) for speech, _ in scene.voices.of(names_of(group))),
        backing=backing((one.article for one in group), story),
    )


def _naming(one: Appearance, names: Counter[str]) -> tuple[int, int, str]:
    """Return how well a name stands for a person: by how many reports have it, then by its length."""
    return names[one.person.name], len(one.names[0]), one.person.name


def _roles(group: Iterable[Appearance], story: Story) -> list[tuple[RoleTold, Role]]:
    """Return the roles of a person with what they say; those that say the same are one, under its most frequent wording."""
    found: list[tuple[Role, list[tuple[str, ArticleId]]]] = []
    for one in group:
        for text in one.person.roles:
            meant = role_told(text)
            same = next((told for known, told in found if _is_one(known, meant)), None)
            if same is None:
                found.append((meant, [(text, one.article)]))
            else:
                same.append((text, one.article))
    made = [(_role(told, story), meant) for meant, told in found]
    return sorted(made, key=lambda pair: (-pair[0].backing.independent, -len(pair[0].backing.articles)))


def _role(told: Sequence[tuple[str, ArticleId]], story: Story) -> RoleTold:
    wordings = Counter(text for text, _ in told)
    return RoleTold(
        text=max(wordings, key=lambda text: (wordings[text], len(text))),
        wordings=tuple(wordings),
        backing=backing((article for _, article in told), story),
    )


def _is_one(one: Role, other: Role) -> bool:
    """Say whether two role phrases say the same: one head, countries that meet, and words of which one has all of the other's."""
    if one.head != other.head or one.former != other.former or (one.lands and other.lands and one.lands != other.lands):
        return False
    return one.words <= other.words or other.words <= one.words


def _differing(roles: Sequence[Role]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of roles, by number, that nobody holds at a time: one office of two countries, held or given up."""
    for (at, one), (behind, other) in combinations(enumerate(roles), 2):
        if one.head and one.head == other.head and one.words == other.words:
            lands = one.lands and other.lands and not one.lands & other.lands
            if lands or (one.former != other.former and one.lands == other.lands):
                yield at, behind


def _saying(speech: Speech) -> Saying:
    return Saying(article=speech.report.article.id, span=speech.statement.span)


def names_of(group: Iterable[Appearance]) -> set[Quoted]:
    """Return under which names each report quotes a person."""
    return {(one.article, name) for one in group for name in (one.person.name, *one.person.aliases)}
