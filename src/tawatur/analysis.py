"""The nouns of an analysis: what one article says, as spans on its text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf

from tawatur.ids import ArticleId

#: How far from its number "about" reaches, as a share of it: what newsrooms round away ("نحو 40" of 37 to 43).
NEAR = 0.1


class Certainty(StrEnum):
    """How a date is known."""

    STATED = "stated"  # the page, the feed or the user says it
    INFERRED = "inferred"  # worked out; ``alternatives`` holds what else it could be
    UNKNOWN = "unknown"


class Grade(StrEnum):
    """How an article is analysed: by rules and small models alone, or with a larger model that finds more names."""

    FAST = "fast"  # for archives
    FINE = "fine"  # for live news
    OWN = "own"  # by a model of the reader's own


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
    meant: tuple[str, ...] = ()  # what roles that point at another's say: "نظيره الإيطالي" behind a minister


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An organisation or a place under all the names that one text gives it, with where they stand."""

    name: str  # of an organisation the fullest form
    spans: tuple[Span, ...] = ()
    country: str = ""  # ISO 3166 code of the country a place belongs to, where known
    aliases: tuple[str, ...] = ()  # the other forms in the text: short form, abbreviation, spelling
    kind: str = ""  # of a place, where known: "country", "region" or "city"
    governments: tuple[Span, ...] = ()  # those spans where a country or capital stands for its government

    @property
    def as_government(self) -> bool:
        """Whether the text lets the place act at least once."""
        return bool(self.governments)


class StatementKind(StrEnum):
    """Whether a statement stands in its own words or is reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class Claim(StrEnum):
    """What a speaker does with the words, by the reporting word of the text."""

    SAID = "said"
    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    ADMITTED = "admitted"
    ALLEGED = "alleged"  # the outlet keeps its distance: "زعم"
    BELIEVED = "believed"
    EXPECTED = "expected"
    DOUBTED = "doubted"
    WARNED = "warned"
    THREATENED = "threatened"
    ACCUSED = "accused"
    CONDEMNED = "condemned"
    DEMANDED = "demanded"
    PROPOSED = "proposed"
    PROMISED = "promised"
    REFUSED = "refused"
    WELCOMED = "welcomed"
    ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words attributed to a speaker by the text, with the chain through which they came."""

    kind: StatementKind
    text: str
    speaker: str
    via: tuple[str, ...] = ()  # nearest to the speaker first
    cue: str = ""  # the reporting word
    claim: Claim = Claim.SAID
    negated: bool = False  # the claim is what the speaker did not make: "لم ينف أن", "رفض تأكيد أن"
    span: Span


class DateBasis(StrEnum):
    """What the value of a date was worked out from."""

    ABSOLUTE = "absolute"  # the expression names its year itself
    PUBLICATION = "publication"  # counted from the day of publication, or the nearest to it
    TOLD = "told"  # counted from another date of the text, where ``DateMention.base`` stands


class DateDoubt(StrEnum):
    """Why a value may be another one."""

    YEAR = "year"  # no year is named: the nearest that fits the tense is taken
    TENSE = "tense"  # no word tells whether the sentence looks ahead or back
    WEEKDAY = "weekday"  # the day falls on another weekday than the text says
    HALF = "half"  # a clock time up to twelve without morning or evening


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """An expression that names a point or span on the calendar; ``value`` is ISO 8601 (an interval is "A/B").

    ``start`` and ``end`` are the first and the last day of what is meant (minutes, of a clock time), narrower than ``value``
    where the text names a part of it ("منتصف الشهر الماضي"). ``certainty`` is the day of publication's: a value counted from an
    inferred day is inferred too. ``doubts`` say what else in it was not told but taken; none means sure.
    """

    text: str
    value: str
    span: Span
    certainty: Certainty = Certainty.STATED
    alternatives: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    grain: str = ""  # minute, day, week, month, year, or span for anything else
    basis: DateBasis = DateBasis.ABSOLUTE
    base: Span | None = None  # where the date stands that a told one is counted from
    doubts: tuple[DateDoubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A counted or measured quantity: "1.3 مليار دولار سنويا" is value 1.3e9, unit "دولار", code "USD", period "year".

    ``docs/reference/analysis/figures.md`` lists the categories and shows each field by example.
    """

    text: str
    value: float  # of a result: the goals of the first of ``sides``
    unit: str  # what is counted or measured, in the singular ("قتيل"), or its word where no list knows it
    span: Span
    upper: float | None = None  # the other end of a range ("بين 3 و5") or of what a vague word can mean ("عشرات")
    bound: str = ""  # "least", "most", "more", "less", "about", "nearly" or "vague", where the text says so
    category: str = ""  # "killed", "injured", "money", "share", "score", "distance", …
    counted: str = ""  # the words of what is counted, as published ("مدنيا")
    code: str = ""  # what makes units comparable: ISO 4217 for money, else "m", "kg", "month", …
    factor: float = 1.0  # how many of ``code`` one unit is
    place: str = ""  # where something happened to the people counted
    period: str = ""  # "year", "month", "week", "day" or "hour": how often an amount falls due
    per: str = ""  # the unit that a price is for ("برميل")
    change: str = ""  # "up_by", "up_to", "down_by" or "down_to"
    former: float | None = None  # what it was before ("من 25 إلى 21")
    part: bool = False  # a part of the figure before it ("بينهم ثلاثة أطفال")
    sides: tuple[str, ...] = ()  # the two teams of a result
    against: float | None = None  # the goals of the second side

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the most that the figure can mean, in ``code``: what two outlets say agrees where these overlap."""
        low, high = self.value, self.value if self.upper is None else self.upper
        low = {"most": 0.0, "less": 0.0, "nearly": low * (1 - NEAR), "about": low * (1 - NEAR)}.get(self.bound, low)
        high = {"least": inf, "more": inf, "about": high * (1 + NEAR), "nearly": high * (1 + NEAR / 2)}.get(
            self.bound, high
        )
        return low * self.factor, high * self.factor


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
