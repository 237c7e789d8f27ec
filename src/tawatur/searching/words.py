"""The words by which articles are found: what a store keeps of an article, and what it looks up for a word of a query.

Both go through ``key``, so that "حكومة" finds "والحكومات". A phrase is held against words as written, but for folded letters and
the clitics before them: "الأمم المتحدة" stands in "وللأمم المتحدة" too. Every store is fed with these words; none splits or stems a
text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tawatur.arabic.clitics import stems
from tawatur.arabic.fold import bare, fold, fold_word
from tawatur.arabic.lemmas import is_known
from tawatur.arabic.lexicon import REMEMBERED
from tawatur.arabic.remembered import Remembered
from tawatur.arabic.words import stop_words, texts, words
from tawatur.model import Analysis, Article
from tawatur.stories.keys import key_of
from tawatur.stories.profile import Profile
from tawatur.stories.topics import topic_of
from tawatur.understand.names import is_name_unit, place, word_set

#: A change of the words below makes a new version; stores then make their index anew.
VERSION = 1
#: So many words of the text are its lead, and so many of it are kept at most.
LEAD, MOST = 45, 4000
#: What stands in the place of a word without a key, so that a key's place is its word's; and between two names.
NOTHING, BETWEEN = "-", "|"
#: So many names of each kind are kept of an article.
NAMES = 40

_CLITIC = re.compile("^[وفبكل](?=.{3})")
_FOR_THE = re.compile("^لل(?=.{2})")
#: The letters that end words for one another.
_TAILS = {"ه": "ة", "ي": "ى", "ى": "ي"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a store keeps of an article to find it by. Each field is words with blanks between them, ``lead`` and ``body`` in step
    with the words of the text."""

    title: str
    lead: str
    body: str
    exact: str
    people: str
    places: str
    organizations: str
    outlet: str
    section: str


def entered(article: Article, analysis: Analysis, compared: Profile) -> Entry:
    """Return the words of an article when it is kept: it is about what it says by itself."""
    return entry(article, analysis, topic=topic_of((compared,)))


def entry(article: Article, analysis: Analysis, *, topic: str = "") -> Entry:
    """Return the words of an article; ``topic`` is what it is about, where that is clear."""
    headline = f"{article.title}\n{article.subtitle}"
    title, text = texts(headline), texts(article.text)[:MOST]
    known = [_KNOWN[word] for word in text]
    keys = [found or NOTHING for found, _ in known]
    return Entry(
        title=" ".join([key(word) or NOTHING for word in title]),
        lead=" ".join(keys[:LEAD]),
        body=" ".join(keys[LEAD:]),
        exact=" ".join((*map(exact, title), BETWEEN, *(found for _, found in known))),
        people=_names([person.name, *person.aliases] for person in analysis.people),
        places=_names([one.name, *one.aliases] for one in analysis.places),
        organizations=_names([one.name, *one.aliases] for one in analysis.organizations),
        outlet=whole(article.outlet),
        section=f"{whole(article.section)} {topic}".strip(),
    )


def key(word: str) -> str:
    """Return the key of a word as published; "" of one that carries no topic."""
    return _KNOWN[word][0]


def _told(word: str) -> tuple[str, str]:
    """Return the key of a word, and how phrases compare it."""
    found = _key(word)
    return "" if found in _stop() or len(found) < 2 else found, _exact(word)


def _key(word: str) -> str:
    if fold_word(word) in _stop():
        return ""
    stem = peeled(word)
    if _is_name(stem) and not is_known(stem):
        return key_of(stem, is_name=True)
    return key_of(stem)


def peeled(word: str) -> str:
    """Return a word without vowel signs and without the clitics before and behind it, where what is left is known.

    What is left is spelled as the word that is known: "الحكومه" is "حكومة", "اسعارها" is "أسعار".
    """
    plain = bare(word)
    if not plain[:1].isalpha():
        return plain
    return next((spelled for stem in stems(plain) if (spelled := _spelled(stem))), plain)


def _spelled(stem: str) -> str:
    """Return a known word as it is spelled with its hamza and ta marbuta, "" where none is known."""
    heads = (stem, *(f"{alif}{stem[1:]}" for alif in "أإآ")) if stem[0] == "ا" else (stem,)
    other = _TAILS.get(stem[-1])
    for head in heads:
        for one in (head, f"{head[:-1]}{other}") if other else (head,):
            if is_known(one) or _is_name(one):
                return one
    return ""


def _is_name(stem: str) -> bool:
    folded = fold(stem)
    return (is_name_unit(folded) and folded not in word_set("names_also_words.txt")) or place(folded) is not None


def exact(word: str) -> str:
    """Return a word as phrases compare it: folded, without the clitics before it.

    Letters that begin a word as clitics do go as well (وزير is "زير"), here and in every word with clitics before it, so that
    both stay equal.
    """
    return _KNOWN[word][1]


def _exact(word: str) -> str:
    found = fold_word(word)
    while True:
        shorter = _CLITIC.sub("", _FOR_THE.sub("ال", found))
        if shorter == found:
            return found
        found = shorter


def exact_words(text: str) -> tuple[str, ...]:
    """Return the words of a phrase as phrases are compared."""
    return tuple(exact(word.text) for word in words(text))


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as names are compared: without article, so that السيسي is سيسي too."""
    return tuple(key_of(word.text, is_name=True) for word in words(name))


def whole(value: str) -> str:
    """Return a value that is compared as a whole, such as an outlet's key, as one word."""
    return "_".join(fold(value).split())


def _names(names: Iterable[Iterable[str]]) -> str:
    unique = list(dict.fromkeys(form for forms in names for form in forms if form))[:NAMES]
    return f" {BETWEEN} ".join(" ".join(name_words(name)) for name in unique)


@cache
def _stop() -> frozenset[str]:
    return stop_words()


_KNOWN = Remembered(_told, 2 * REMEMBERED)
