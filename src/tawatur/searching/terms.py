"""What is suggested while somebody types: names and words of headlines, each by the letters that its words begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tawatur.arabic.fold import bare, fold, fold_word
from tawatur.arabic.words import words
from tawatur.model import Analysis, Article
from tawatur.searching.words import key, peeled

#: So many names of each kind, and words of the headline, are taken of an article.
MOST = 12
#: Shorter beginnings suggest nothing.
SHORTEST = 2


class TermKind(StrEnum):
    """What a suggestion is."""

    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Term:
    """A name or a word as it is shown, and the folded texts by which it is found."""

    kind: TermKind
    shown: str
    beginnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name or a word of headlines, with about how many articles have it."""

    kind: TermKind
    shown: str
    articles: int


def terms(article: Article, analysis: Analysis) -> tuple[Term, ...]:
    """Return what an article gives to suggestions."""
    names = [
        *(_name(TermKind.PERSON, one.name) for one in analysis.people[:MOST]),
        *(_name(TermKind.PLACE, one.name) for one in analysis.places[:MOST]),
        *(_name(TermKind.ORGANIZATION, one.name) for one in analysis.organizations[:MOST]),
    ]
    return tuple(dict.fromkeys((*(name for name in names if name.beginnings), *_headline(article.title))))


def beginning(typed: str) -> str:
    """Return what somebody has typed so far as beginnings are compared; "" where that is too short."""
    found = " ".join(fold(typed).split())
    return found if len(found) >= SHORTEST else ""


def _name(kind: TermKind, name: str) -> Term:
    shown = " ".join(bare(name).split())
    parts = fold(shown).split(" ")
    whole, last = " ".join(parts), parts[-1]
    starts = (whole, whole.removeprefix("ال"), last, last.removeprefix("ال"))
    return Term(kind, shown, tuple(dict.fromkeys(one for one in starts if len(one) >= SHORTEST)))


def _headline(title: str) -> Iterator[Term]:
    """Yield the words of a headline without the clitics before them."""
    for word in list(words(title))[:MOST]:
        shown = peeled(word.text)
        if shown[:1].isalpha() and len(shown) > SHORTEST and key(word.text):
            yield Term(TermKind.WORD, shown, (fold_word(shown),))
