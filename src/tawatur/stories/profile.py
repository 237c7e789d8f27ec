"""What is compared of an article: its telling words in order, its names, its time. Small, and kept beside the article.

A profile holds all that grouping needs, so that a process that starts anew recalls profiles and never reads articles again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tawatur.arabic.fold import fold_word
from tawatur.arabic.lexicon import REMEMBERED
from tawatur.arabic.remembered import Remembered
from tawatur.arabic.words import parted, stop_words
from tawatur.model import Analysis, Article, ArticleId, OutletKey, Published, StoryId
from tawatur.stories.keys import key_of

#: How many places of the body are kept, and how many of them are its lead; of the 120, 220, 400 and 700 tried, 400 grouped best.
BODY_WORDS = 400
LEAD_WORDS = 45
#: In which characters of the text a day tells when it happened, and the grains of dates that name a day: "2018-03-14T12:30".
BEGINNING, DAY, _DAYS = 400, 10, frozenset({"day", "minute"})
#: Of how many parts a unit of ``fresh`` is one, and the most that is noted; it is to stand in a byte.
FRESH, MOST_FRESH = 16, 255
#: Words as published are for naming reasons, which stand at the beginning.
SHOWN_WORDS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What grouping knows of one article.

    ``keys`` are the keys of its telling words, in order, and ``words`` the first of these words as published; "" stands in both
    where words between them were left out, so that neighbours here are neighbours in the text. The first ``title`` of them are
    the headline's, the next ``lead`` the lead's.
    """

    article: ArticleId
    outlet: OutletKey
    time: datetime  # UTC: when it was published, or collected where that is not known
    dated: bool  # whether ``time`` is a time of publication
    keys: tuple[str, ...]
    words: tuple[str, ...]
    title: int
    lead: int
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    section: str = ""
    days: tuple[str, ...] = ()  # that the text names, in the order in which they stand there: "2018-03-14"
    lead_days: int = 0  # how many of them stand at the beginning
    # How rare each different key of the headline was among the news of its days when it was placed, in ``rarity``'s unit over
    # ``FRESH``; () before that, and in profiles that were placed before this was noted.
    fresh: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A profile that stands in a story."""

    profile: Profile
    story: StoryId


def profile(article: Article, analysis: Analysis) -> Profile:
    """Return what grouping compares of an article; works with an empty analysis too."""
    headline = _telling(f"{article.title}\n{article.subtitle}")
    body = _telling(article.text, BODY_WORDS)
    if headline:
        headline.append(_GAP)
    both = [*headline, *body]
    days = _days(analysis)
    return Profile(
        article=article.id,
        outlet=article.outlet,
        time=time_of(article.published, article.collected),
        dated=article.published.at is not None,
        keys=tuple(key for key, _ in both),
        words=tuple(word for _, word in both[:SHOWN_WORDS]),
        title=len(headline),
        lead=min(LEAD_WORDS, len(body)),
        people=_unique(person.name for person in analysis.people),
        places=_unique(place.name for place in analysis.places),
        organizations=_unique(organization.name for organization in analysis.organizations),
        section=article.section,
        days=_unique(day for day, _ in days),
        lead_days=len({day for day, start in days if start < BEGINNING}),
    )


def _days(analysis: Analysis) -> list[tuple[str, int]]:
    """Return the days that a text names, each with where it stands, in the order of the text."""
    dates = sorted((date for date in analysis.dates if date.grain in _DAYS), key=lambda date: date.span.start)
    return [(date.value[:DAY], date.span.start) for date in dates if len(date.value) >= DAY]


def fresh(idf: float) -> int:
    """Return an idf as a profile notes it."""
    return min(MOST_FRESH, max(1, round(FRESH * idf)))


def headline(profile: Profile) -> tuple[str, ...]:
    """Return the different keys of a profile's headline, in order."""
    return tuple(key for key in dict.fromkeys(profile.keys[: profile.title]) if key)


def time_of(published: Published, collected: datetime) -> datetime:
    """Return the time that stands for an article: its publication, or where that is unknown its collection; in UTC."""
    return (published.at or collected).astimezone(UTC)


def _telling(text: str, most: int | None = None) -> list[tuple[str, str]]:
    """Return (matching key, word as published) of a text's telling words, ("", "") for each gap between them; the first so many."""
    found: list[tuple[str, str]] = []
    known = _KNOWN
    for between, word in parted(text):
        if between != " " and found and found[-1] is not _GAP and not _touching(between):
            found.append(_GAP)
        if key := known[word]:
            found.append((key, word))
        elif found and found[-1] is not _GAP:
            found.append(_GAP)
        if most is not None and len(found) >= most:
            return found[:most]
    return found


def _touching(between: str) -> bool:
    return not between.strip() and "\n" not in between


def _telling_key(word: str) -> str:
    """Return the key of a word that tells what a text is about, else ""."""
    key = "" if fold_word(word) in _STOP else key_of(word)
    return key if len(key) > 1 and key not in _STOP else ""


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


_STOP = stop_words()
_KNOWN = Remembered(_telling_key, 2 * REMEMBERED)
_GAP = ("", "")
