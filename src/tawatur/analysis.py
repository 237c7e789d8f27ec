"""The nouns of an analysis: what one article says, as spans on its text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tawatur.ids import ArticleId


class Certainty(StrEnum):
    """How a date is known."""

    STATED = "stated"  # the page, the feed or the user says it
    INFERRED = "inferred"  # worked out; ``alternatives`` holds what else it could be
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of ``Article.text``: characters ``start`` to ``end`` (exclusive)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person under all the names and roles that one text gives him or her, exactly as written there."""

    name: str  # the fullest form, without titles or roles
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An organisation or a place, with where it stands."""

    name: str
    spans: tuple[Span, ...] = ()
    country: str = ""  # ISO 3166 code of the country a place belongs to, where known


class StatementKind(StrEnum):
    """Whether a statement stands in its own words or is reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words attributed to a speaker by the text, with the chain through which they came."""

    kind: StatementKind
    text: str
    speaker: str
    via: tuple[str, ...] = ()  # nearest to the speaker first
    cue: str = ""  # the reporting word
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """An expression that names a point or span on the calendar; ``value`` is ISO 8601 (an interval is "A/B")."""

    text: str
    value: str
    span: Span
    certainty: Certainty = Certainty.STATED
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A counted or measured quantity: "1.3 مليار دولار سنويا" is value 1.3e9, unit "دولار"."""

    text: str
    value: float
    unit: str
    span: Span
    upper: float | None = None  # the other end of a range ("بين 3 و5")
    bound: str = ""  # "least", "most" or "about", where the text says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What one article says. A better analyser makes a new analysis, never a changed article."""

    article: ArticleId
    version: str
    people: tuple[Person, ...] = ()
    organizations: tuple[Name, ...] = ()
    places: tuple[Name, ...] = ()
    statements: tuple[Statement, ...] = ()
    dates: tuple[DateMention, ...] = ()
    figures: tuple[Figure, ...] = ()
