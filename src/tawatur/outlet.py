"""Outlets as nouns: what each is called, where it stands, whom it belongs to, and what its pages need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tawatur.ids import OutletKey

Index = TypeVar("Index")


class OutletKind(StrEnum):
    """What sort of outlet it is."""

    PAPER = "paper"
    BROADCASTER = "broadcaster"
    SITE = "site"  # it was never anything but a site
    AGENCY = "agency"  # its text is made for others to publish


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddress:
    """Where a feed of an outlet stands. ``section`` is what all of its entries are about, where that is known."""

    url: str
    section: str = ""
    checked: date | None = None  # when it was last seen to be alive; None: never checked


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule:
    """What an outlet's pages need beyond the general rules. Every expression is XPath 1.0, relative to the page."""

    path: str = ""  # addresses whose path begins so; "" is every page
    body: str = ""  # the element that holds the article's text
    title: str = ""
    remove: tuple[str, ...] = ()  # elements that are no part of the article
    valid_until: date | None = None  # behind this day the rule is not trusted and not used


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet as data: what it is called, where it stands, and whom it belongs to."""

    key: OutletKey
    name: str  # in Arabic
    name_en: str = ""
    country: str = ""  # ISO 3166 code; "" for invented outlets
    family: str = ""  # outlets of one owner share this word; "" where it is not known
    kind: OutletKind = OutletKind.SITE
    state: bool = False  # a government owns or runs it
    homepage: str = ""
    feeds: tuple[FeedAddress, ...] = ()
    zone: str = ""  # IANA name of the zone in which its pages give clock times without one
    rules: tuple[PageRule, ...] = ()
    hosts: tuple[str, ...] = ()  # host names of its pages, without "www."
    credits: tuple[str, ...] = ()  # how others credit it: "واس", "و.أ.س", "رويترز"
    invented: bool = False  # of the sample edition: pages say so

    @property
    def agency(self) -> bool:
        """Say whether it is a news agency, whose text others publish."""
        return self.kind is OutletKind.AGENCY


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """An owner of several outlets. ``key`` is the word that their ``family`` holds."""

    key: str
    name: str  # in Arabic
    name_en: str = ""


@dataclass(frozen=True)
class Outlets:
    """The outlets that a deployment knows, and the families that some of them belong to."""

    known: tuple[Outlet, ...] = ()
    families: tuple[Family, ...] = ()

    @cached_property
    def _by_key(self) -> dict[str, Outlet]:
        return {outlet.key: outlet for outlet in self.known}

    @cached_property
    def _by_host(self) -> dict[str, Outlet]:
        return {host: outlet for outlet in self.known for host in outlet.hosts}

    @cached_property
    def _family_names(self) -> dict[str, str]:
        return {family.key: family.name for family in self.families}

    @cached_property
    def _indexes(self) -> dict[Callable[..., Any], Any]:
        return {}

    def get(self, key: str) -> Outlet | None:
        return self._by_key.get(key)

    def joined(self, known: Iterable[Outlet], families: Iterable[Family] = ()) -> Outlets:
        """Return these outlets and others; where both have a key, the other's takes the place."""
        return Outlets(
            tuple(({outlet.key: outlet for outlet in self.known} | {outlet.key: outlet for outlet in known}).values()),
            tuple(({one.key: one for one in self.families} | {one.key: one for one in families}).values()),
        )

    def family_name(self, key: str) -> str:
        """Return what people call a family; the key itself where nobody has named it."""
        return self._family_names.get(key, key)

    def index(self, make: Callable[[Outlets], Index]) -> Index:
        """Return what ``make`` makes of these outlets, made once and kept: each reader spells names in a way of its own."""
        if make not in self._indexes:
            self._indexes[make] = make(self)
        found: Index = self._indexes[make]
        return found

    def of_url(self, url: str | None) -> Outlet | None:
        """Return the outlet that a page's address belongs to: its host, or a parent domain of it, is the outlet's."""
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
        while "." in host:
            if host in self._by_host:
                return self._by_host[host]
            host = host.partition(".")[2]
        return None
