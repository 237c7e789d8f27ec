"""Sources as nouns: the feeds and sitemaps that are asked again and again, how an outlet publishes, and the pages that wait.

All are frozen values; times are UTC. What is decided about them stands in ``fetch.schedule``, where they are kept in ``store``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tawatur.ids import OutletKey

#: A count for each hour of the day (UTC), and for each day of the week (Monday first).
HOURS, WEEKDAYS = 24, 7
#: A source that takes longer than this to answer is slow.
SLOW_SECONDS = 10.0


class SourceKind(StrEnum):
    """What a source's answer is."""

    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An address that names an outlet's new pages."""

    url: str
    outlet: OutletKey
    kind: SourceKind = SourceKind.FEED
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often something publishes: what came and how long was watched, by hour of the day and by weekday, old weeks fading.

    ``watched_hours`` and ``watched_days`` are in hours. ``longest`` is the longest quiet time that ended, in items that were
    expected meanwhile. ``at`` is up to when all this counts; None: nothing is known yet.
    """

    at: datetime | None = None
    came_hours: tuple[float, ...] = (0.0,) * HOURS
    watched_hours: tuple[float, ...] = (0.0,) * HOURS
    came_days: tuple[float, ...] = (0.0,) * WEEKDAYS
    watched_days: tuple[float, ...] = (0.0,) * WEEKDAYS
    last: datetime | None = None
    longest: float = 0.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was decided: a message key under ``schedule.``, with the numbers and words that it names."""

    key: str
    values: dict[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is known of a source, and when it is asked next."""

    source: Source
    address: str  # where it is asked: its own address, or where it has moved for good
    next_at: datetime
    reason: Reason = Reason("new")
    etag: str | None = None
    modified: str | None = None
    asked: datetime | None = None
    answered: datetime | None = None  # when it last gave what can be read
    failures: int = 0  # one behind the other
    failing_since: datetime | None = None
    error: str = ""  # the message key of the last failure; "" while it answers
    detail: str = ""
    seconds: float = 0.0  # how long an answer takes, smoothed
    rhythm: Rhythm = Rhythm()

    @property
    def slow(self) -> bool:
        """Say whether it fails or takes long, so that it is asked where it delays none that answers well."""
        return self.failures > 0 or self.seconds > SLOW_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletState:
    """How an outlet publishes over all of its sources. ``silent`` is since when it has been unusually quiet."""

    outlet: OutletKey
    rhythm: Rhythm = Rhythm()
    silent: datetime | None = None


class PageStatus(StrEnum):
    """What has become of a page that a source named."""

    WAITING = "waiting"
    KEPT = "kept"  # an article came of it
    FAILED = "failed"  # it was given up, with a reason
    SKIPPED = "skipped"  # it is another page under another address, or holds no article


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that a source named, or an entry that held the whole text (``whole``). ``key`` is its address without accidents."""

    key: str
    url: str
    outlet: OutletKey
    found: datetime
    next_at: datetime | None
    names: tuple[str, ...] = ()  # other names under which it is known: an entry's id
    day: date | None = None  # of publication, as the source states it
    status: PageStatus = PageStatus.WAITING
    whole: bool = False
    tries: int = 0
    deaths: int = 0  # how often the process died while it was being read
    visits: int = 0  # how often it was read
    etag: str | None = None
    modified: str | None = None
    digest: str = ""  # of the bytes that were read last
    reason: str = ""  # a message key, where it was given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was done for an outlet in some time. ``seconds`` is the sum of the times that answers took."""

    asked: int = 0  # sources
    unchanged: int = 0  # answers without anything new, 304 included
    pages: int = 0
    articles: int = 0
    failed: int = 0
    bytes: int = 0
    seconds: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            asked=self.asked + other.asked,
            unchanged=self.unchanged + other.unchanged,
            pages=self.pages + other.pages,
            articles=self.articles + other.articles,
            failed=self.failed + other.failed,
            bytes=self.bytes + other.bytes,
            seconds=self.seconds + other.seconds,
        )
