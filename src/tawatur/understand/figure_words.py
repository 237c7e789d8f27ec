"""The words of figures, from the data: units, what happened to people, changes, periods, results of matches.

All words are folded; a phrase is a tuple of words as ``numbers.split`` gives them. The data files say what each column means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from tawatur.arabic import number_bounds
from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines, rows
from tawatur.arabic.numbers import split

PACKAGE = "tawatur.understand"
PEOPLE = frozenset(
    "killed injured casualties missing arrested displaced evacuated rescued freed infected people".split()  # noqa: SIM905
)
_CLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب")
_T = TypeVar("_T")


class Unit(NamedTuple):
    """What a number counts or measures; see ``figure_units.tsv``.

    ``factor`` is how many of ``code`` one unit is. ``known`` is False for a word that no list has.
    """

    name: str
    category: str
    code: str = ""
    factor: float = 1.0
    known: bool = True


#: A table of phrases: first word → (words, value), the longest phrase first.
Phrases = dict[str, list[tuple[tuple[str, ...], _T]]]


def _phrases(entries: Iterable[tuple[str, _T]]) -> Phrases[_T]:
    found: Phrases[_T] = {}
    for phrase, value in entries:
        words = tuple(split(fold(phrase)))
        found.setdefault(words[0], []).append((words, value))
    for same in found.values():
        same.sort(key=lambda one: -len(one[0]))
    return found


def match(table: Phrases[_T], words: Sequence[str], at: int, first: str | None = None) -> tuple[int, _T] | None:
    """Return the end of the longest phrase of a table that starts at a word, with its value.

    ``first`` replaces the first word, for a word whose article or clitic was taken off.
    """
    if at >= len(words):
        return None
    for phrase, value in table.get(first or words[at], ()):
        if len(phrase) == 1 or tuple(words[at + 1 : at + len(phrase)]) == phrase[1:]:
            return at + len(phrase), value
    return None


def _unit_rows() -> Iterable[tuple[Unit, tuple[str, ...], tuple[str, ...]]]:
    for name, category, code, factor, forms, *duals in rows(PACKAGE, "figure_units.tsv"):
        unit = Unit(name, category, code.strip("-"), 1.0 if factor == "-" else float(factor))
        yield unit, tuple(forms.split("|")), tuple("".join(duals).split("|")) if duals else ()


@cache
def units() -> Phrases[Unit]:
    """Return the units by their singular and plural forms."""
    return _phrases((form, unit) for unit, forms, _ in _unit_rows() for form in forms)


@cache
def duals() -> Phrases[Unit]:
    """Return the units by their dual forms, with the clitics that may stand before them."""
    return _phrases((lead + form, unit) for unit, _, forms in _unit_rows() for form in forms for lead in _CLITICS)


@cache
def singles() -> Phrases[Unit]:
    """Return the words for one person by their folded form."""
    persons = [(forms[0], unit) for unit, forms, _ in _unit_rows() if unit.category in PEOPLE]
    others = [(word, Unit(word, "people")) for word in lines(PACKAGE, "figure_singles.txt")]
    feminine = [
        (forms[0] + "ة", unit) for unit, forms, _ in _unit_rows() if unit.category in PEOPLE and forms[0][-1] != "ة"
    ]
    return _phrases([*persons, *others, *feminine, ("سيدة", Unit("امرأة", "people"))])


@cache
def nationalities() -> frozenset[str]:
    """Return the folded adjectives of nationality, singular ("فلسطيني", "فلسطينيه")."""
    named = (row[0] for name in ("nationalities.tsv", "nationalities_more.tsv") for row in rows(PACKAGE, name))
    return frozenset(word for one in named if (word := fold(one)).endswith(("ي", "يه")) and " " not in word)


@cache
def owners() -> dict[str, tuple[str, dict[str, str]]]:
    """Return, by the folded forms of a country's adjective, the adjective and its codes by unit."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for unit, adjective, code in rows(PACKAGE, "currencies.tsv"):
        for ending in ("", "ا", "ه"):
            found.setdefault(fold(adjective) + ending, (adjective, {}))[1][unit] = code.strip("-")
    return found


@cache
def cues(where: str) -> Phrases[str]:
    """Return the words that tell a category as "noun" or "verb" before a figure, with their clitics, or "behind" it."""
    leads = ("",) if where == "behind" else _CLITICS
    table = [row for row in rows(PACKAGE, "figure_cues.tsv") if row[1] == where]
    return _phrases(
        (lead + form, category) for lead in leads for category, _, forms in table for form in forms.split("|")
    )


@cache
def words(name: str) -> frozenset[str]:
    """Return the folded single words of a data file."""
    return frozenset(fold(word) for word in lines(PACKAGE, name))


@cache
def glue(kind: str) -> frozenset[str]:
    """Return the folded small words and phrases of one kind, see ``figure_glue.tsv``."""
    table = rows(PACKAGE, "figure_glue.tsv")
    return frozenset(fold(form) for what, forms in table if what == kind for form in forms.split("|"))


@cache
def phrases(name: str, *, clitics: bool = False) -> Phrases[bool]:
    """Return the phrases of a data file without columns."""
    leads = _CLITICS if clitics else ("",)
    return _phrases((lead + line, True) for line in lines(PACKAGE, name) for lead in leads)


@cache
def changes() -> dict[str, str]:
    """Return "up" or "down" by the folded words of a change, with article and clitics."""
    leads = (*_CLITICS, "ال", "وال", "بال", "لل")
    table = rows(PACKAGE, "figure_changes.tsv")
    return {lead + fold(form): way for lead in leads for way, forms in table for form in forms.split("|")}


@cache
def periods() -> Phrases[tuple[str, str]]:
    """Return the words of periods and prices: ("period", "year") or ("per", "برميل")."""
    table = rows(PACKAGE, "figure_periods.tsv")
    return _phrases((form, (kind, code)) for kind, code, forms in table for form in forms.split("|"))


@cache
def score_verbs() -> dict[str, str]:
    """Return what the words of a result say of the first team, by folded form with clitics."""
    table = rows(PACKAGE, "score_verbs.tsv")
    found: dict[str, str] = {}
    for lead in (*_CLITICS, "ال"):
        for what, forms in table:
            for form in forms.split("|"):
                found.setdefault(lead + fold(form), what)
    return found


@cache
def score_finite() -> frozenset[str]:
    """Return the finite verbs of results, which may stand behind their team ("الوادي يفوز على")."""
    return words("score_finite.txt")


@cache
def score_words(kind: str) -> Phrases[str]:
    """Return the words of results of one kind, see ``score_words.tsv``; the value is what stands behind "="."""
    forms = (
        form.partition("=") for row in rows(PACKAGE, "score_words.tsv") if row[0] == kind for form in row[1].split("|")
    )
    return _phrases((form, value) for form, _, value in forms)


@cache
def degree_words() -> dict[str, str]:
    """Return "magnitude" or "temperature" by the folded words that tell what degrees measure."""
    return {fold(form): kind for kind, forms in rows(PACKAGE, "figure_quakes.tsv") for form in forms.split("|")}


@cache
def age_words(where: str) -> frozenset[str]:
    """Return the folded words that make years an age, "near" or "next"."""
    table = rows(PACKAGE, "figure_ages.tsv")
    return frozenset(
        lead + fold(form) for near, forms in table if near == where for form in forms.split("|") for lead in ("", "و")
    )


@cache
def openers() -> frozenset[str]:
    """Return the folded words that can open a figure, without clitics."""
    dual = (forms for _, _, forms in _unit_rows())
    first = (split(fold(form))[0] for forms in dual for form in forms if form)
    return frozenset({*number_bounds.openers(), *first, *units()})
