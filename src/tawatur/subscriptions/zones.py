"""Cities by whose clocks letters come, as readers know them: "القاهرة، مصر" for Africa/Cairo, found by how they are spelled.

Where a zone has no city of ``data/cities.tsv`` it has the one that CLDR names. Nothing is guessed of where a reader is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.messages import LANGUAGES, catalogue

UTC = "UTC"


@dataclass(frozen=True, slots=True)
class City:
    """A city in one language: its name, that of its country ("" where it has none), and its zone."""

    name: str
    country: str
    zone: str
    language: str

    @property
    def label(self) -> str:
        """Return the city as a list shows it: with its country, unless they have one name."""
        if not self.country or self.country == self.name:
            return self.name
        return catalogue(self.language).text("letters.place", city=self.name, country=self.country)


@cache
def cities(language: str) -> tuple[City, ...]:
    """Return all cities in a language: those of our own list first, then those of CLDR by their names."""
    own = tuple(_own(language))
    known = {one.zone for one in own}
    others = sorted((one for one in _of_cldr(language) if one.zone not in known), key=lambda one: one.label)
    return (City(catalogue(language).text("letters.city_utc"), "", UTC, language), *own, *others)


@cache
def city_of(zone: str, language: str) -> City:
    """Return the city that a zone is called after; the zone's own name where nobody knows it."""
    canonical = get_global("zone_aliases").get(zone, zone)
    names = {zone, canonical}
    found = next((one for one in cities(language) if one.zone in names), None)
    return found or City(zone, "", zone, language)


def cities_called(text: str, language: str) -> tuple[City, ...]:
    """Return the cities that a typed text can mean, one a zone: by city with country, by city, by zone, by its beginning.

    The first of these ways that finds any is taken.
    """
    wanted = _form(text)
    if not wanted:
        return ()
    return (
        _found(wanted, 0, language)
        or _found(wanted, 1, language)
        or _zone_called(text.strip(), language)
        or _found(wanted, 2, language)
    )


def _zone_called(name: str, language: str) -> tuple[City, ...]:
    found = next((zone for zone in _zones() if zone.casefold() == name.casefold()), "")
    return (replace(city_of(found, language), zone=found),) if found else ()


def _found(wanted: str, way: int, language: str) -> tuple[City, ...]:
    found: dict[str, City] = {}
    for spoken in (language, *(one for one in LANGUAGES if one != language)):
        for city, label, name in _forms(spoken):
            if (label == wanted, name == wanted, label.startswith(wanted))[way]:
                found.setdefault(city.zone, city)
        if found:
            break
    return tuple(found.values())


@cache
def _forms(language: str) -> tuple[tuple[City, str, str], ...]:
    return tuple((one, _form(one.label), _form(one.name)) for one in cities(language))


def _form(text: str) -> str:
    """Return what spellings of a city have in common."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _own(language: str) -> Iterator[City]:
    countries = Locale.parse(language).territories
    for arabic, english, country, zone in rows(__package__, "cities.tsv"):
        yield City(arabic if language == "ar" else english, str(countries[country]), zone, language)


def _of_cldr(language: str) -> Iterator[City]:
    locale = Locale.parse(language)
    for zone, country in get_global("zone_territories").items():
        if zone in _zones() and country in locale.territories and country != "ZZ":
            named = (dict(locale.time_zones.get(one, {})).get("city", "") for one in (zone, *_former(zone)))
            city = next(filter(None, named), zone.rpartition("/")[2].replace("_", " "))
            yield City(city, str(locale.territories[country]), zone, language)


def _former(zone: str) -> tuple[str, ...]:
    """Return what a zone was called before: CLDR has the city of some by that name alone."""
    return tuple(before for before, now in get_global("zone_aliases").items() if now == zone)
