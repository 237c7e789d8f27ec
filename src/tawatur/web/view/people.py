"""The people of a story as a page shows them: names, roles with who gives them where they differ, and how often they are quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tawatur.model import ArticleId, Outlets, Story, StoryPerson
from tawatur.web.view.parts import OutletView, Sources, outlet_view
from tawatur.web.view.ways import Ways
from tawatur.web.words import Words

#: How many roles of one person a page shows: those that most sources give, and all that differ.
ROLES = 3


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role. ``outlets`` are those that give it, () where no other role speaks against it."""

    text: str
    outlets: tuple[OutletView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person with the roles that reports give, the outlets that name him or her, and how many statements are quoted."""

    name: str
    aliases: tuple[str, ...]
    roles: tuple[RoleView, ...]
    outlets: tuple[OutletView, ...]
    sources: Sources
    said: int
    path: str = ""  # of the person's page

    @property
    def differs(self) -> bool:
        """Say whether outlets give roles that nobody holds at a time."""
        return any(role.outlets for role in self.roles)


def people_views(
    people: Iterable[StoryPerson], story: Story, *, outlets: Outlets, words: Words, ways: Ways
) -> tuple[PersonView, ...]:
    """Return the people of a story, in one language, with the way to the page of each."""
    named = {report.article.id: outlet_view(report.article.outlet, outlets, words) for report in story.reports}
    made = ((one, _person(one, named)) for one in people)
    return tuple(replace(view, path=ways.path("person", (one.name, *one.aliases))) for one, view in made)


def _person(person: StoryPerson, named: Mapping[ArticleId, OutletView]) -> PersonView:
    differing = {at for pair in person.differing for at in pair}
    outlets = _outlets(person.backing.articles, named)
    return PersonView(
        name=person.name,
        aliases=person.aliases,
        roles=tuple(
            RoleView(role.text, _outlets(role.backing.articles, named) if at in differing else ())
            for at, role in enumerate(person.roles)
            if at < ROLES or at in differing
        ),
        outlets=outlets,
        sources=Sources(len(outlets), person.backing.independent),
        said=len(person.said),
    )


def _outlets(articles: Iterable[ArticleId], named: Mapping[ArticleId, OutletView]) -> tuple[OutletView, ...]:
    return tuple(dict.fromkeys(named[one] for one in articles))
