"""What is compared of an article: its telling words in order, its names, its time. Small, and kept beside the article.

A profile holds all that grouping needs, so that a process that starts anew recalls profiles and never reads articles again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tawatur.arabic.fold import fold_word
from tawatur.arabic.stems import match_key
from tawatur.arabic.words import stop_words, words
from tawatur.model import Analysis, Article, ArticleId, OutletKey, Published, StoryId

#: A change of what a profile holds makes a new version; the store then makes its profiles anew.
VERSION = 1
#: News tells the happening first. Words behind these add background, and cost (measured by ``bench.grouping``).
BODY_WORDS = 220
LEAD_WORDS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What grouping knows of one article.

    ``words`` are telling words as published, in order, and ``keys`` their matching keys; "" stands in both where words between
    them were left out, so that neighbours in ``words`` are neighbours in the text. The first ``title`` of them are the
    headline's, the next ``lead`` the lead's.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A profile that stands in a story."""

    profile: Profile
    story: StoryId


def profile(article: Article, analysis: Analysis) -> Profile:
    """Return what grouping compares of an article; works with an empty analysis too."""
    headline = _telling(f"{article.title}\n{article.subtitle}")
    body = _telling(article.text)[:BODY_WORDS]
    both = [*headline, *body]
    return Profile(
        article=article.id,
        outlet=article.outlet,
        time=time_of(article.published, article.collected),
        dated=article.published.at is not None,
        keys=tuple(key for key, _ in both),
        words=tuple(word for _, word in both),
        title=len(headline),
        lead=min(LEAD_WORDS, len(body)),
        people=_unique(person.name for person in analysis.people),
        places=_unique(place.name for place in analysis.places),
        organizations=_unique(organization.name for organization in analysis.organizations),
        section=article.section,
    )


def time_of(published: Published, collected: datetime) -> datetime:
    """Return the time that stands for an article: its publication, or where that is unknown its collection; in UTC."""
    return (published.at or collected).astimezone(UTC)


def _telling(text: str) -> list[tuple[str, str]]:
    """Return (matching key, word as published) of a text's telling words, ("", "") for each gap between them."""
    found: list[tuple[str, str]] = []
    end = 0
    for word in words(text):
        key = "" if fold_word(word.text) in _STOP else match_key(word.text)
        touching = text[end : word.start].strip() == "" and "\n" not in text[end : word.start]
        if found and found[-1][0] and not touching:
            found.append(("", ""))
        if len(key) > 1 and key not in _STOP:
            found.append((key, word.text))
        elif found and found[-1][0]:
            found.append(("", ""))
        end = word.end
    return found


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


_STOP = stop_words()
