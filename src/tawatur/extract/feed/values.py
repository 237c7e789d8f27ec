"""The raw shape of a feed: what every format is read into before anything of it becomes an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tawatur.model import Picture, Published


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text as the feed holds it. ``markup`` says that it is HTML; ``base`` is what its links are relative to."""

    value: str = ""
    markup: bool = False
    base: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from: the agency or outlet that RSS and Atom name in ``<source>``."""

    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an entry: a picture, a recording. Never the entry's page."""

    url: str
    type: str = ""  # media type, as stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, as the feed gives it. What is missing is ""; every address is absolute where its base is known."""

    title: str = ""  # plain text
    link: str = ""  # the page of the entry: http or https, or ""
    id: str = ""  # as stated (guid, Atom id, rdf:about); "" where the feed gives none
    published: Published | None = None  # in the zone in which the feed states it
    updated: Published | None = None
    ahead: bool = False  # published lies behind the day of reading: an announcement, or a clock that is wrong
    authors: tuple[str, ...] = ()
    summary: Text = Text()
    content: Text = Text()
    whole: bool = False  # content, or else the summary, is the whole report; otherwise its page must be fetched
    categories: tuple[str, ...] = ()
    source: Source | None = None
    credits: tuple[str, ...] = ()  # media:credit: who made picture or text
    enclosures: tuple[Enclosure, ...] = ()
    pictures: tuple[Picture, ...] = ()  # those that can stand for its report, the best first

    @property
    def author(self) -> str:
        """Return the authors in one line."""
        return "، ".join(self.authors)

    @property
    def text(self) -> Text:
        """Return the longest text that the feed gives of the report."""
        return self.content or self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed with its entries in page order."""

    format: str  # "rss", "rdf", "atom", "cdf" or "json"
    title: str = ""
    link: str = ""  # the site
    language: str = ""  # as stated: "ar", "ar-EG"
    entries: tuple[Entry, ...] = ()
    every: timedelta | None = None  # how long the feed asks to be left alone (RSS ttl, sy:updatePeriod)
    moved: str = ""  # where the feed says it has moved to
    hub: str = ""  # a WebSub hub that announces new entries
