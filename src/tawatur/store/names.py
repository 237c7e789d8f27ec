"""What is kept behind the pages of names: which stories name whom, by time, with the tallies that those pages show.

What a story adds comes with its head, takes the place of what it added before, and goes where the story ends, in the same
transaction; stories of an older release get it when they are made anew. Tallies (how much of a day, a month, a role) change with
these rows and with nothing else, so that repairs leave them right. Every answer costs what it gives, however many stories there
are; where one looks at the newest stories only, it says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tawatur.model import ArticleId, OutletKey, StoryHead, StoryId
from tawatur.stories.naming import Known, Lean, Named, NameKind, Naming, Told
from tawatur.stories.slugs import slug

#: How many bearers of a name an appearance is held against, those in most stories first.
BEARERS = 24
#: Of how many of its newest stories a name's company is counted, and a role's outlets.
COMPANY, ROLE_OUTLETS = 200, 40
#: Of how many stories with the commonest spelling of a name one must have another, so that it counts for one.
RARE = 40
#: How many pairs of an outlet and a medium it leans on are told at most.
MEDIA = 500
#: How many of the most named of each day are looked at for those of a longer time.
OF_A_DAY = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHead:
    """A name as lists show it. ``key`` stands in its address; ``doubtful`` of its stories tell it by nothing but the name."""

    number: int
    kind: NameKind
    key: str
    name: str
    stories: int
    doubtful: int = 0
    country: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A name with how much a time told of it: reports and independent sources, or stories shared with another name."""

    head: NameHead
    reports: int
    sources: int


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A name of a story: ``form`` is how that story spells it first."""

    head: NameHead
    form: str
    reports: int


@dataclass(frozen=True, slots=True)
class StoryNaming:
    """A story that has a name, with how many of its reports and independent sources name it."""

    head: StoryHead
    reports: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpan:
    """A role of a person: in how many stories, from when to when, and which outlets gave it of late."""

    sense: str
    text: str
    stories: int
    first: datetime
    latest: datetime
    outlets: tuple[OutletKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """Where a statement of a person or body stands."""

    at: datetime
    article: ArticleId
    start: int
    story: StoryId
    outlets: tuple[OutletKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletTally:
    """What an outlet did: ``first`` with a story for sure, ``perhaps`` first, ``alone`` with it, ``leaning`` on another medium."""

    stories: int = 0
    reports: int = 0
    first: int = 0
    perhaps: int = 0
    alone: int = 0
    leaning: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaningTally:
    """How many reports of an outlet lean on a medium, and how."""

    outlet: OutletKey
    on: str
    name: str
    lean: Lean
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What an outlet did in a story; ``leaning`` of its reports lean on another medium."""

    outlet: OutletKey
    reports: int
    first: bool
    doubtful: bool
    leaning: int


class Names(Protocol):
    """The part of the store's contract that concerns names."""

    def bearers(self, looks: Sequence[str], *, story: StoryId | None = None) -> tuple[Known, ...]:
        """Return the people known under some looks, at most ``BEARERS`` for each; ``story`` is the one at hand."""

    def put_names(self, story: StoryId, named: Named) -> None:
        """Keep what a story adds to the pages of names, in the place of what it added, in one transaction.

        Raises:
            StoryNotFound: no story that lives has this id.
        """

    def name(self, kind: NameKind, key: str) -> NameHead | None:
        """Return the name whose address holds a key, None where there is none; one that no story has any more is given too."""

    def spelled(self, kind: NameKind, form: str, *, limit: int) -> tuple[NameHead, ...]:
        """Return the names that some story spells so (``slugs.form``), those in most stories first."""

    def beginning(self, kind: NameKind, form: str, *, limit: int) -> tuple[NameHead, ...]:
        """Return names with a spelling that begins so, by spelling, each once; none that no story has."""

    def forms_of(self, number: int, *, limit: int) -> tuple[str, ...]:
        """Return the spellings that stories show first, those of most stories first; none that hardly any story has (``RARE``)."""

    def listed(self, kind: NameKind, *, limit: int, behind: str = "") -> tuple[NameHead, ...]:
        """Return the names that stories have, by key; ``behind`` goes on behind that key."""

    def names_in(self, story: StoryId) -> tuple[NamedIn, ...]:
        """Return the names of a story, those in most of its reports first."""

    def stories_of(self, number: int, *, limit: int, before: StoryId | None = None) -> tuple[StoryNaming, ...]:
        """Return the stories that have a name, latest first; ``before`` goes on behind that story (an unknown one: nothing)."""

    def roles_of(self, number: int, *, limit: int) -> tuple[RoleSpan, ...]:
        """Return the roles that most stories give a person."""

    def said_by(self, number: int, *, limit: int, behind: int = 0) -> tuple[SaidRow, ...]:
        """Return where statements of a person or body stand, newest first, without the first ``behind``."""

    def beside(self, number: int, *, limit: int) -> Mapping[NameKind, tuple[Ranked, ...]]:
        """Return the names that most of the newest ``COMPANY`` stories of a name have too, by kind; ``reports`` are stories."""

    def days_of(self, number: int, *, since: date, until: date) -> Mapping[date, Told]:
        """Return how much was told of a name on each day from ``since`` to ``until``; days without it are left out."""

    def newest_day(self, *, until: date) -> date | None:
        """Return the latest day up to one on which anything was told, None where nothing was."""

    def most_named(self, kind: NameKind, *, since: date, until: date, limit: int) -> tuple[Ranked, ...]:
        """Return the names of which most independent sources told in some days, of the ``OF_A_DAY`` most told of each day."""

    def reported(self, stories: Iterable[StoryId]) -> Mapping[StoryId, tuple[Reported, ...]]:
        """Return what outlets did in some stories, by outlet; stories of which nothing is kept are left out."""

    def outlet_tally(self, outlet: OutletKey, *, since: date) -> OutletTally:
        """Return what an outlet did in the stories whose latest report is of the month of ``since`` or a later one."""

    def leanings(self, *, since: date, outlet: OutletKey | None = None) -> tuple[LeaningTally, ...]:
        """Return who leans on whom since the month of ``since``, the most first: of an outlet, either side; or of all."""


def wished_key(naming: Naming) -> str:
    """Return the key that a new name should have: an outlet's or topic's own, else the name as it stands in an address."""
    own = naming.kind in (NameKind.OUTLET, NameKind.TOPIC)
    return naming.ident if own else slug(naming.forms[0])


def free_key(wished: str, taken: Callable[[str], bool]) -> str:
    """Return a key for a new name: the one that is wished for, or where that is taken with the first free number behind it."""
    if not taken(wished):
        return wished
    number = 2
    while taken(f"{wished}-{number}"):
        number += 1
    return f"{wished}-{number}"


def month(day: date) -> str:
    """Return the month of a day as tallies keep it: "2018-03"."""
    return day.isoformat()[:7]


def by_most(found: Iterable[Ranked], limit: int) -> tuple[Ranked, ...]:
    """Return the names of which most was told, by sources, then by reports, then by key."""
    ranked = sorted(found, key=lambda one: (-one.sources, -one.reports, one.head.key))
    return tuple(ranked[:limit])


def level(stories: int) -> int:
    """Return how well somebody is known who stands in so many stories: it grows seldom, so that keeping it costs little."""
    return stories.bit_length()
