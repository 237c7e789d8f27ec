"""What somebody wishes to be sent, as forms, programs and commands write it, and the newsletter that it makes, or its faults.

A wish holds texts as they were typed, so that a form can show them again. Reading it asks the store for names and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from tawatur.newsletter import (
    EVERY_DAY,
    About,
    Length,
    Newsletter,
    NewsletterId,
    NewsletterKind,
    QuietHours,
    Rhythm,
    Threshold,
)
from tawatur.reader import Language, ReaderId
from tawatur.searching.parse import parse
from tawatur.store.names import NameHead, Names
from tawatur.stories.naming import NameKind
from tawatur.stories.slugs import form
from tawatur.stories.topics import SECTIONS
from tawatur.subscriptions.zones import cities_called

#: What can be chosen of numbers: stories of an issue, independent sources of breaking news, and minutes within which they come.
MOST, LEAST, SOURCES, WITHIN = (3, 5, 10, 15, 20), (1, 2, 3, 5), (3, 4, 5, 6, 8, 10), (30, 60, 120, 180, 360)
#: How long texts may be, and how many of those who have one name are offered.
LONGEST_TITLE, LONGEST_QUERY, LONGEST_DESCRIPTION, OFFERED = 80, 500, 4000, 8
SLUG = re.compile(r"(?!-)[a-z0-9-]{2,40}(?<!-)")
#: Last parts of addresses that are no newsletter's.
RESERVED = frozenset({"confirm", "yours", "new"})
_NAMED = (NameKind.PERSON, NameKind.PLACE, NameKind.ORGANIZATION)
#: When a letter of a kind comes where nobody says otherwise: the time, and the days (5 is Friday).
_TIMES = {NewsletterKind.EVENING: time(20, 0), NewsletterKind.WEEKLY: time(10, 0), NewsletterKind.SAVED: time(10, 0)}
_DAYS = {NewsletterKind.WEEKLY: frozenset({5}), NewsletterKind.SAVED: frozenset({5})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A newsletter as it was written down. ``about`` and ``key`` name a subject; ``subject`` is one that was typed.

    ``zone`` is a city, or a zone of the IANA database; ``days`` are ISO numbers, ``at`` and the quiet hours times as "07:00";
    ``within`` counts minutes. ``slug`` and ``description`` are of public ones.
    """

    kind: str = ""
    title: str = ""
    about: str = ""
    key: str = ""
    subject: str = ""
    days: tuple[str, ...] = ()
    at: str = ""
    zone: str = ""
    length: str = Length.MEDIUM.value
    language: str = "ar"
    least: str = "1"
    most: str = "10"
    sources: str = "4"
    within: str = "120"
    quiet_begin: str = ""
    quiet_end: str = ""
    slug: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with a wish: in which field, a key under ``letters.wrong.``, and what could be meant instead."""

    field: str
    reason: str
    places: tuple[str, ...] = ()  # cities that are called so, with their countries
    names: tuple[About, ...] = ()  # who is called so


class Wrong(Exception):
    """A wish with faults."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*(f"{one.field}: {one.reason}" for one in faults))
        self.faults = faults


def usual(kind: NewsletterKind, *, zone: str = "UTC", language: Language = "ar") -> Wish:
    """Return the wish that a letter of a kind is where nobody chooses anything."""
    days, at = _DAYS.get(kind, EVERY_DAY), _TIMES.get(kind, time(7, 0))
    written = tuple(map(str, sorted(days)))
    return Wish(kind=kind.value, days=written, at=f"{at:%H:%M}", zone=zone, language=language)


def wish_of(newsletter: Newsletter) -> Wish:
    """Return the wish that a newsletter fulfils."""
    rhythm, quiet, limit = newsletter.rhythm, newsletter.quiet, newsletter.threshold or Threshold()
    about = newsletter.subject or About(kind="", key="")
    return Wish(
        kind=newsletter.kind.value,
        title=newsletter.title,
        about=about.kind,
        key=about.key,
        subject=about.name or about.key,
        days=tuple(map(str, sorted(rhythm.days))) if rhythm else (),
        at=f"{rhythm.at:%H:%M}" if rhythm else "",
        zone=rhythm.zone if rhythm else quiet.zone if quiet else "",
        length=newsletter.length.value,
        language=newsletter.language,
        least=str(newsletter.least),
        most=str(newsletter.most),
        sources=str(limit.sources),
        within=str(int(limit.within / timedelta(minutes=1))),
        quiet_begin=f"{quiet.begin:%H:%M}" if quiet else "",
        quiet_end=f"{quiet.end:%H:%M}" if quiet else "",
        slug=newsletter.slug,
        description=newsletter.description,
    )


@dataclass(frozen=True, slots=True)
class Wishes:
    """Reads wishes, with the names that the news has."""

    names: Names

    def read(self, wish: Wish, *, id: NewsletterId, owner: ReaderId | None, made: datetime) -> Newsletter:
        """Return the newsletter that is wished for.

        Raises:
            Wrong: something is wrong with the wish; it has all that is.
        """
        reading = _Reading(wish, self.names)
        found = reading.newsletter(id, owner, made)
        if reading.faults:
            raise Wrong(*reading.faults)
        assert found is not None
        return found


@dataclass(slots=True)
class _Reading:
    """One wish as it is read: each part gives its value or notes a fault."""

    wish: Wish
    names: Names
    faults: list[Fault] = field(default_factory=list)

    def newsletter(self, id: NewsletterId, owner: ReaderId | None, made: datetime) -> Newsletter | None:
        kind = next((one for one in NewsletterKind if one == self.wish.kind), None)
        if kind is None:
            self._wrong("kind", "kind")
            return None
        subject, zone, breaking = self._subject(kind), self._zone(), kind is NewsletterKind.BREAKING
        made_so = Newsletter(
            id=id,
            owner=owner,
            kind=kind,
            made=made,
            title=self.wish.title[:LONGEST_TITLE],
            subject=subject,
            rhythm=None if breaking else self._rhythm(zone),
            threshold=self._threshold() if breaking else None,
            quiet=self._quiet(zone) if breaking else None,
            length=self._one_of("length", Length, Length.MEDIUM),
            language="en" if self.wish.language == "en" else "ar",
            least=self._number("least", LEAST),
            most=self._number("most", MOST),
        )
        return made_so if owner else self._public(made_so)

    def _public(self, made: Newsletter) -> Newsletter:
        if not self.wish.title:
            self._wrong("title", "title")
        if not SLUG.fullmatch(self.wish.slug) or self.wish.slug in RESERVED:
            self._wrong("slug", "slug")
        return replace(made, slug=self.wish.slug, description=self.wish.description[:LONGEST_DESCRIPTION])

    def _wrong(self, name: str, reason: str, **more: tuple[str, ...] | tuple[About, ...]) -> None:
        self.faults.append(Fault(field=name, reason=reason, **more))  # type: ignore[arg-type]

    # -- what it is about --------------------------------------------------------------------------------------------

    def _subject(self, kind: NewsletterKind) -> About | None:
        asks: dict[NewsletterKind, Callable[[], About | None]] = {
            NewsletterKind.TOPIC: self._section,
            NewsletterKind.NAME: self._name,
            NewsletterKind.SEARCH: self._query,
        }
        return asks[kind]() if kind in asks else None

    def _section(self) -> About | None:
        if self.wish.key in SECTIONS:
            return About(kind="topic", key=self.wish.key)
        self._wrong("subject", "section")
        return None

    def _query(self) -> About | None:
        query = self.wish.subject.strip()[:LONGEST_QUERY]
        if parse(query).query.asks:
            return About(kind="search", key=query, name=query)
        self._wrong("subject", "query")
        return None

    def _name(self) -> About | None:
        kind = next((one for one in _NAMED if one == self.wish.about), None)
        known = self.names.name(kind, self.wish.key) if kind and self.wish.key else None
        if kind and known and (not self.wish.subject or form(self.wish.subject) == form(known.name)):
            return _about(kind, known)
        found = tuple(self._called(self.wish.subject.strip()))
        if len(found) == 1:
            return found[0]
        reason = "name_several" if found else "name_unknown" if self.wish.subject.strip() else "name"
        self._wrong("subject", reason, names=found)
        return None

    def _called(self, typed: str) -> Iterator[About]:
        """Yield who is called so; where nobody is, whose name begins so."""
        looks: tuple[Callable[..., tuple[NameHead, ...]], ...] = (self.names.spelled, self.names.beginning)
        for look in looks if typed else ():
            found = [(kind, one) for kind in _NAMED for one in look(kind, form(typed), limit=OFFERED)]
            if found:
                yield from (_about(kind, one) for kind, one in found[:OFFERED])
                return

    # -- when it comes -----------------------------------------------------------------------------------------------

    def _zone(self) -> str:
        language = "en" if self.wish.language == "en" else "ar"
        found = cities_called(self.wish.zone, language)
        if len(found) == 1:
            return found[0].zone
        if found:
            self._wrong("zone", "zone_several", places=tuple(one.label for one in found[:OFFERED]))
        else:
            self._wrong("zone", "zone")
        return "UTC"

    def _rhythm(self, zone: str) -> Rhythm:
        days = frozenset(int(one) for one in self.wish.days if one in "1234567" and len(one) == 1)
        if not days:
            self._wrong("days", "days")
        at = _time(self.wish.at)
        if at is None:
            self._wrong("at", "time")
        return Rhythm(days=days or EVERY_DAY, at=at or time(), zone=zone)

    def _threshold(self) -> Threshold:
        minutes = self._number("within", WITHIN, 24 * 60)
        return Threshold(sources=self._number("sources", SOURCES, 50), within=timedelta(minutes=minutes))

    def _quiet(self, zone: str) -> QuietHours | None:
        begin, end = _time(self.wish.quiet_begin), _time(self.wish.quiet_end)
        if not self.wish.quiet_begin and not self.wish.quiet_end:
            return None
        if begin is None or end is None or begin == end:
            self._wrong("quiet", "quiet")
            return None
        return QuietHours(begin=begin, end=end, zone=zone)

    # -- numbers and choices -----------------------------------------------------------------------------------------

    def _number(self, name: str, offered: tuple[int, ...], highest: int = 50) -> int:
        written = getattr(self.wish, name)
        if re.fullmatch("[0-9]{1,4}", written) and 1 <= int(written) <= highest:
            return int(written)
        self._wrong(name, "number")
        return offered[0]

    def _one_of(self, name: str, values: type[Length], usual: Length) -> Length:
        return next((one for one in values if one == getattr(self.wish, name)), usual)


def _about(kind: NameKind, head: NameHead) -> About:
    return About(kind=kind.value, key=head.key, name=head.name)


def _time(text: str) -> time | None:
    """Return a time of the day as "07:00" says it, None where it is none."""
    found = re.fullmatch("([01][0-9]|2[0-3]):([0-5][0-9])", text)
    return time(int(found[1]), int(found[2])) if found else None
