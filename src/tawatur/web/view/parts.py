"""The parts that several pages share: an outlet's name, a link to an original, a date with its certainty, the count of sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from tawatur.model import Certainty, Outlets, Published
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True)
class OutletView:
    """An outlet as a page names it; ``invented`` ones belong to the sample edition."""

    key: str
    name: str
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page elsewhere, with the host that readers see before they follow it."""

    url: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date in words. ``iso`` is for machines; what ``inferred`` rests on and what else it could be stands beside it."""

    day: str
    clock: str
    iso: str
    inferred: bool
    basis: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """How many outlets report something and how many of them are independent, with one dot for each outlet."""

    outlets: int
    independent: int

    @property
    def leaning(self) -> int:
        """Return how many outlets lean on another one."""
        return max(self.outlets - self.independent, 0)


def outlet_view(key: str, outlets: Outlets, words: Words) -> OutletView:
    """Return an outlet by its key; one that nobody knows is named by its key (a host or a file's name)."""
    outlet = outlets.get(key)
    if outlet is None:
        return OutletView(key, key)
    name = outlet.name_en if words.language == "en" and outlet.name_en else outlet.name
    return OutletView(key, name or key, outlet.invented)


def link(url: str | None) -> Link | None:
    """Return a link to a web page; None for what is none (a file, "javascript:")."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None
    if url is None or parts.scheme not in ("http", "https") or not host:
        return None
    return Link(url, host.removeprefix("www."))


def when(published: Published, words: Words) -> When | None:
    """Return a date in words; None where it is unknown."""
    if published.at is None:
        return None
    at = published.at.astimezone(UTC)
    return When(
        day=words.day(at.date()),
        clock="" if published.day_only else words.clock(at),
        iso=at.date().isoformat() if published.day_only else at.isoformat(),
        inferred=published.certainty is Certainty.INFERRED,
        basis=published.basis if _is_evidence(published.basis) else "",
        alternatives=tuple(words.day(day) for day in published.alternatives if day != at.date()),
    )


def moment(at: datetime, words: Words) -> When:
    """Return a moment that the clock told, in words."""
    at = at.astimezone(UTC)
    day, clock = words.day(at.date()), words.clock(at)
    return When(day=day, clock=clock, iso=at.isoformat(), inferred=False, basis="", alternatives=())


def iso(day: date) -> str:
    """Return a day for machines."""
    return day.isoformat()


def _is_evidence(basis: str) -> bool:
    """Say whether a basis is words of the text, not a key such as "feed"."""
    return not basis.isascii()


@dataclass(frozen=True, slots=True)
class Today:
    """The day as the masthead says it, by both calendars."""

    iso: str
    day: str
    hijri: str


def today(day: date, words: Words) -> Today:
    """Return a day as the masthead says it."""
    return Today(iso(day), words.plain_day(day), words.hijri(day))
