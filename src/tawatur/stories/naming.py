"""The nouns behind the pages of names: what a story says of whom, where, of which body and topic, and what its outlets did in it.

They are made with a story's head and kept with it, so that the page of a name costs what it shows and not what the store holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tawatur.ids import ArticleId, OutletKey
from tawatur.understand.identity import Appearance


class NameKind(StrEnum):
    """What has a page of its own."""

    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    TOPIC = "topic"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Told:
    """How much was told on one day: by how many reports, and by how many independent sources of their story."""

    reports: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNaming:
    """A role that a story gives a person. ``sense`` is what it says, however it is written; ``outlets`` give it."""

    sense: str
    text: str
    outlets: tuple[OutletKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement of a person or body: where the first report has it, and which outlets have the same words."""

    article: ArticleId
    start: int  # of the statement's span
    at: datetime
    outlets: tuple[OutletKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One name in one story.

    ``ident`` is by what it is the same in all stories, "" of a person, whose identity is ``number``: None where he or she is new.
    ``forms`` are all spellings, the one to show first. ``doubtful`` says that nothing but the name tells that it is this person.
    """

    kind: NameKind
    forms: tuple[str, ...]
    reports: int
    outlets: int
    sources: int
    days: Mapping[str, Told]
    ident: str = ""
    number: int | None = None
    doubtful: bool = False
    country: str = ""
    roles: tuple[RoleNaming, ...] = ()
    said: tuple[Said, ...] = ()
    evidence: tuple[Appearance, ...] = ()


class Lean(StrEnum):
    """How an outlet's report leans on another medium."""

    COPIES = "copies"  # it holds the other one's text
    NAMES = "names"  # it names it as its source
    CREDITS = "credits"  # it says that the text is an agency's


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """That an outlet leans on a medium in a story. ``on`` is an outlet's key, or the spelling of a name that no outlet has."""

    on: str
    name: str
    lean: Lean
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """What an outlet did in a story: ``first`` to publish it (``doubtful`` where others can have been), ``alone`` with it."""

    outlet: OutletKey
    reports: int
    first: bool = False
    doubtful: bool = False
    alone: bool = False
    leanings: tuple[Leaning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """All that a story adds to the pages of names."""

    namings: tuple[Naming, ...] = ()
    reportings: tuple[Reporting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person whom the store knows: by what he or she is known again, in how many stories, and whether in the one at hand."""

    number: int
    name: str
    stories: int
    evidence: tuple[Appearance, ...] = field(default=())
    here: bool = False
