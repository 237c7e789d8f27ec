"""Invented outlets of a local internet: the form of their feeds, their letters, their manners, and the reports they publish."""

from __future__ import annotations

import itertools
import os
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tawatur.model import FeedAddress, Outlet, OutletKey

WORDS = Path(__file__).parents[1] / "acceptance" / "data" / "internet.toml"
PORT = 8080
#: Sites that are made together have a part of the loopback network of their own, so that several internets can stand side by side.
_PARTS = itertools.count(os.getpid())


@dataclass(frozen=True)
class Report:
    """One invented report. ``after`` is when it is published, in seconds from the beginning."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    after: float


@dataclass(frozen=True)
class Site:
    """An invented outlet: the form of its feed, its letters, its manner, and what it publishes."""

    number: int
    form: str = "rss"  # "rss", "rss_whole", "atom", "atom_whole", "rdf", "json", "sitemap"
    charset: str = "utf-8"
    manner: str = "good"
    reports: tuple[Report, ...] = ()
    a_second: float = 0.0  # of the manner "flood"
    seed: int = 0
    part: int = 64

    @property
    def key(self) -> OutletKey:
        return OutletKey(f"site{self.number}")

    @property
    def host(self) -> str:
        return f"127.{self.part}.{self.number // 250}.{self.number % 250 + 1}"

    @property
    def root(self) -> str:
        return f"http://{self.host}:{PORT}"

    @property
    def good(self) -> bool:
        """Say whether what it publishes must arrive."""
        return self.manner in GOOD

    @property
    def feeds(self) -> tuple[str, ...]:
        """Return the addresses of its feeds; one that publishes twice has a second one."""
        return (f"{self.root}/feed", f"{self.root}/feed2") if self.manner == "twice" else (f"{self.root}/feed",)

    def outlet(self) -> Outlet:
        """Return the outlet as data."""
        feeds = tuple(FeedAddress(url=url) for url in self.feeds)
        return Outlet(key=self.key, name=self.key, hosts=(self.host,), feeds=feeds, zone="UTC")


#: Manners of outlets whose reports must arrive, each exactly once.
GOOD = (
    "good", "unchanged", "moved", "twice", "ahead", "same_ids", "patient", "short_links", "canonical", "tracking", "undated",
    "some_pages_hang", "unpacked", "changing",
)  # fmt: skip
HOSTILE = ("drip", "error", "inward", "bomb", "endless", "reset", "silent", "robots", "no_feed", "busy", "gone", "huge")


def hangs(site: Site, one: Report) -> bool:
    """Say whether a report's page never comes."""
    return site.manner == "some_pages_hang" and one.number % 3 == 2 and not site.form.endswith("whole")


@cache
def words() -> dict[str, list[str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _name(luck: random.Random) -> str:
    return "".join(luck.choice(words()["syllables"]) for _ in range(3))


def report(number: int, luck: random.Random, after: float) -> Report:
    """Return an invented report that is like no other one: its number stands in its title."""
    told = words()
    places = [f"{luck.choice(told['places'])} {_name(luck)}" for _ in range(2)]
    people = [f"{_name(luck)} {_name(luck)}" for _ in range(2)]
    things = [f"{luck.choice(told['things'])} {_name(luck)}" for _ in range(2)]

    def filled(text: str) -> str:
        return text.format(
            place=luck.choice(places),
            name=luck.choice(people),
            office=luck.choice(told["offices"]),
            thing=luck.choice(things),
            n=luck.randrange(3, 90),
        )

    title = f"{filled(luck.choice(told['titles']))} ({number})"
    sentences = [filled(text) for text in luck.sample(told["sentences"], 9)]
    paragraphs = tuple(" ".join(sentences[at : at + 3]) for at in (0, 3, 6))
    return Report(number, title, paragraphs, after)


def sites(
    *, good: int = 34, hostile: int = 16, each: int = 6, seconds: float = 15.0, seed: int = 3
) -> tuple[Site, ...]:
    """Return outlets of all forms, charsets and manners; each publishes so many reports in so many seconds."""
    luck, part = random.Random(seed), _part()
    forms = ("rss", "atom", "rss_whole", "rdf", "json", "atom_whole", "sitemap")
    charsets = ("utf-8", "utf-8", "windows-1256", "iso-8859-6", "utf-16")
    found = []
    for number in range(good + hostile):
        manner = GOOD[number % len(GOOD)] if number < good else HOSTILE[(number - good) % len(HOSTILE)]
        times = sorted(luck.uniform(0, seconds) if at > 1 else 0.0 for at in range(each))
        reports = tuple(report(number * 100_000 + at, luck, after) for at, after in enumerate(times))
        form, charset = forms[number % len(forms)], charsets[number % len(charsets)]
        if form in ("json", "sitemap"):
            charset = "utf-8"
        found.append(Site(number, form, charset, manner, reports, part=part))
    return tuple(found)


def endless(*, outlets: int, a_second: float = 0.5, seed: int = 5) -> tuple[Site, ...]:
    """Return outlets that publish without end; their reports are made when they are asked for."""
    part = _part()
    return tuple(Site(number, manner="flood", a_second=a_second, seed=seed, part=part) for number in range(outlets))


def _part() -> int:
    return 64 + next(_PARTS) % 128
