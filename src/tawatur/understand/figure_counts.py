"""Find the numbers of a line with what they count or measure, before anything around them is looked at."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from tawatur.arabic import number_bounds, numbers
from tawatur.arabic.numbers import Number
from tawatur.arabic.stems import match_key
from tawatur.understand.altered import altered
from tawatur.understand.figure_drafts import Draft, Line
from tawatur.understand.figure_words import Unit, cues, duals, glue, match, nationalities, owners, periods, units, words

_SYMBOLS = frozenset("$€£%٪")
# Endings by which a noun shows that it is counted by eleven or more: tanwin and the feminine.
_SINGULAR = re.compile(r"\w{2,}(?:ا|ه)")
_PERSONS = re.compile(r"\w{3,}(?:يا|يين|يون|ين|ون)")
_PLURAL = re.compile("(?<=.{3})(?:ين|ون)$")
_STROKES = ("/", '"', "«", "“")
_YEARS = range(1950, 2051)
_TEN, _GAP = 10, 2  # letters between a number and what it counts: a list has a dash there
_VERBAL = "يت"  # a word that opens with these behind "المادة 12" is more likely a verb
_DOTTED = re.compile(r"\d{1,3}\.\d{3}")


def counts(line: Line, taken: frozenset[int] = frozenset()) -> list[Draft]:
    """Return the drafts of a line in order; ``taken`` are words that belong to something else (results of matches)."""
    found: list[Draft] = []
    resume = 0
    for at in _places(line):
        if at < resume or at in line.dated or at in taken:
            continue
        draft = _draft(line, at)
        if draft and not any(nth in taken or nth in line.dated for nth in range(draft.number, draft.end)):
            found.append(draft)
            resume = draft.end
        elif (number := numbers.read(line.words, at)) and draft is None:
            resume = number.end
    return _without_overlaps(found)


def _places(line: Line) -> list[int]:
    """Return the words at which a figure may start; most words cost one look-up."""
    found: set[int] = set()
    for at, word in enumerate(line.words):
        if word in triggers() or word[0].isdigit():
            found.add(at)
            if word in glue("one") or word in glue("two"):
                found.add(max(0, at - 1))
    return sorted(found)


@cache
def triggers() -> frozenset[str]:
    """Return the folded words at which a figure may start, beside digits."""
    return numbers.starts() | numbers.doubtful() | duals().keys() | _SYMBOLS | glue("one") | glue("two")


def _without_overlaps(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or draft.number >= kept[-1].end:
            kept.append(draft)
    return kept


def _draft(line: Line, at: int) -> Draft | None:
    word = line.words[at]
    if word in _SYMBOLS:
        return _behind_symbol(line, at)
    if word in duals():
        dual = _dual(line, at)
        if dual:
            return dual
    following = line.word(at + 1)
    if following in glue("one") and word in units():
        return _one(line, at)
    if following in glue("two") and word.endswith(("ين", "ان")) and word not in numbers.starts():
        return _pair(line, at)
    if word[0].isdigit() or word in numbers.starts():
        return _counted(line, at)
    return _doubtful(line, at) if word in numbers.doubtful() else None


def _dual(line: Line, at: int) -> Draft | None:
    found = match(duals(), line.words, at)
    if found is None:
        return None
    end, unit = found
    end += line.word(end) in glue("two")
    value, end = _half(line, end, 2.0)
    return _finished(line, Draft(start=at, number=at, end=end, value=value, unit=unit, noun=(at, found[0])))


def _pair(line: Line, at: int) -> Draft | None:
    """Read a dual that only "اثنين" tells from a plural: "لانتحاريين اثنين"."""
    word = line.words[at]
    stem = next((stem for lead in ("", "ل", "ب", "و") if (stem := word.removeprefix(lead)[:-2]) in units()), "")
    if not stem and not word[:-2].endswith("ي"):
        return None  # no person by its form: "إعادة توطين اثنين"
    unit = units()[stem][0][1] if stem else _unit_of(word[:-2])
    return _finished(line, Draft(start=at, number=at, end=at + 2, value=2.0, unit=unit, noun=(at, at + 1)))


def _half(line: Line, at: int, value: float) -> tuple[float, int]:
    """Read a half behind a unit: "عامين ونصف العام"."""
    if line.word(at) not in glue("half"):
        return value, at
    named = line.word(at + 1).removeprefix("ال")
    return value + 0.5, at + 1 + (named in units())


def _one(line: Line, at: int) -> Draft | None:
    found = match(units(), line.words, at)
    if found is None or line.word(found[0]) not in glue("one"):
        return None
    end, unit = found
    return _finished(line, Draft(start=at, number=at, end=end + 1, value=1.0, unit=unit, noun=(at, end)))


def _behind_symbol(line: Line, at: int) -> Draft | None:
    """Read "$20 مليون" and "%20"."""
    if not line.glued(at + 1) or not line.word(at + 1)[:1].isdigit():
        return None
    number = numbers.read(line.words, at + 1)
    unit = match(units(), line.words, at)
    if number is None or unit is None:
        return None
    draft = _of_number(number._replace(start=at), unit[1], number.end, (at, at + 1))
    return _finished(line, draft)


def _of_number(number: Number, unit: Unit | None, end: int, noun: tuple[int, int]) -> Draft:
    return Draft(
        start=number.start, number=number.start, end=end, value=number.value, unit=unit, noun=noun, upper=number.upper,
        bound=number.bound, way=number.way,
    )  # fmt: skip


def _counted(line: Line, at: int) -> Draft | None:
    """Read a number with its unit, with a word that no list knows, or bare."""
    number = number_bounds.read_range(line.words, at)
    if number is None:
        return None
    if number.value == _TEN and line.word(at - 1).startswith("ال") and not line.words[at][0].isdigit():
        return None  # "التاسع عشر"
    end = _past_signs(line, at, number.end)
    found = unit_at(line, end, number)
    if (found is None or not found[2].known) and number.end - at == 1 and _is_label(line, at):
        return None
    if found is None:
        return replace(_of_number(number, None, number.end, (0, 0)), number=at)
    first, last, unit = found
    value, stop = _half(line, last, number.value)
    bracketed = end > number.end and line.word(at - 1) == "("
    draft = _of_number(number._replace(value=value), unit, stop, (first, last))
    written = line.words[at] if _DOTTED.fullmatch(line.words[at]) else ""
    start = min(draft.start, at - 1) if bracketed else draft.start
    return _finished(line, altered(draft, start=start, number=at, written=written))


def _doubtful(line: Line, at: int) -> Draft | None:
    """Take a word that may be no number for one where a known plural follows it: "وست مدن", but not "وست هام"."""
    draft = _counted(line, at)
    sure = (
        draft is not None
        and draft.unit is not None
        and draft.unit.known
        and not line.words[draft.end - 1].endswith("ا")
    )
    return draft if sure else None


def _is_label(line: Line, at: int) -> bool:
    """Say whether the word before a number makes it a label ("المادة 12", "رقم 5"), or it is glued to a Latin word."""
    before = line.word(at - 1)
    if before.startswith("(") or (before in ("-", "–") and line.glued(at) and line.glued(at - 1)):
        before = line.word(at - 2)
    return before in words("figure_labels.txt") or (before[1:] in words("figure_labels.txt") and before[:1] in "وبلف")


def _past_signs(line: Line, at: int, end: int) -> int:
    """Skip a sign between a number and its unit: a stroke ("23/ عاما/"), a bracket ("(5000) طالب"), a quotation mark."""
    bracket = line.word(end) == ")" and line.word(at - 1) == "("
    return end + 1 if line.word(end) in _STROKES or bracket else end


def unit_at(line: Line, at: int, number: Number) -> tuple[int, int, Unit] | None:
    """Return (first word, end, unit) of what is counted behind a number: known, behind "من", with the article, or unknown."""
    if at >= len(line):
        return None
    of = line.words[at] in glue("from")
    known = _known(line, at) or (_known(line, at + 1) or _owned(line, at + 1) if of else None)
    return known or _unknown(line, at, number)


def _known(line: Line, at: int) -> tuple[int, int, Unit] | None:
    found = match(units(), line.words, at)
    if found is None and line.word(at).startswith("ال"):
        found = match(units(), line.words, at, line.words[at][2:])
    return (at, found[0], found[1]) if found else None


def _owned(line: Line, at: int) -> tuple[int, int, Unit] | None:
    """Read a unit with a pronoun on it: "ثلاثة من جنودها"."""
    for ending in glue("own"):
        word = line.word(at).removesuffix(ending)
        found = match(units(), line.words, at, word) if word != line.word(at) else None
        if found:
            return at, found[0], found[1]
    return None


def _unknown(line: Line, at: int, number: Number) -> tuple[int, int, Unit] | None:
    """Take the word behind a number for what it counts, unless it belongs to what follows."""
    word = line.words[at]
    if (number.bound == "vague" and word.startswith("ال")) or (
        word in glue("from") and line.word(at + 1).startswith("ال")
    ):
        at += word in glue("from")
        word = line.words[at].removeprefix("ال")
        return (
            (at, at + 1, _unit_of(word, sound=True))
            if len(word) > 2 and word not in words("figure_never.txt")
            else None
        )
    if not _can_be_counted(line, at, word, number):
        return None
    is_tanwin = number.value % 100 > 10  # eleven and more count one thing in the accusative
    stem = word[:-1] if is_tanwin and word.endswith("ا") and len(word) > 2 else word
    both = line.word(at + 1) == f"و{stem}ه" or (line.word(at + 1), line.word(at + 2)) == ("و", f"{stem}ه")
    unit = _unit_of(stem, word, sound=(number.value % 100 <= 10 and number.value < 1000) or number.value % 100 > 10)
    return at, at + 1, unit._replace(category="people") if both else unit


def _can_be_counted(line: Line, at: int, word: str, number: Number) -> bool:
    if not word[0].isalpha() or len(word) < 3 or word.isascii():
        return False
    if word.startswith(("ال", "لل", "بال", "وال")) and not (word.startswith("بال") and _is_plural(word)):
        return False
    if word in words("figure_never.txt") or word in words("figure_others.txt") or word in numbers.starts():
        return False
    if word[0] == "ف" and (word[1:] in units() or word[1:] in words("figure_never.txt")):
        return False
    if word[0] == "و" and word not in words("figure_waw.txt"):
        return False
    if word in cues("behind") or number.lead.endswith("ال"):
        return False
    if number.value < 3 and number.upper is None:
        return False
    if number.bound == "vague" or (
        number.value in _YEARS and line.words[number.end - 1].isdigit() and not number.bound
    ):
        return False
    if number.value != int(number.value) or line.word(number.start - 1) == "ال" or line.gap(at) > _GAP:
        return False
    if number.value <= 10 or number.value % 100 < 11:
        follows_noun = line.word(number.start - 1)[:2] == "ال" and line.words[number.start].isdigit()
        return not follows_noun or word[0] not in _VERBAL or word.endswith("ه") or _is_plural(word)
    return _SINGULAR.fullmatch(word) is not None or word.endswith("ي")


def _is_plural(word: str) -> bool:
    return word.endswith(("ات", "ين", "ون"))


@lru_cache(maxsize=10_000)
def _unit_of(stem: str, word: str = "", *, sound: bool = False) -> Unit:
    """Return the unit of a word that no list knows: its matching key, or one of people where its form says so.

    ``sound``: whether the word may be a sound plural or an adjective in the accusative, which count people.
    """
    if stem not in nationalities() and not (sound and _PERSONS.fullmatch(word or stem)):
        return Unit(match_key(stem), "thing", known=False)
    return Unit(_PLURAL.sub("", stem) or stem, "people", known=False)


def _finished(line: Line, draft: Draft) -> Draft:
    """Add what belongs to a unit: whose money it is, how often it falls due or what it buys, and bounds behind it."""
    draft = _with_owner(line, draft)
    end, bound = number_bounds.bound_behind(line.words, draft.end)
    draft = altered(draft, end=end, bound=draft.bound or bound)
    found = match(periods(), line.words, draft.end)
    if found and draft.unit and (draft.unit.category not in ("duration",)):
        kind, code = found[1]
        draft = replace(draft, end=found[0])
        draft = replace(draft, period=code) if kind == "period" else replace(draft, per=code)
        end, bound = number_bounds.bound_behind(line.words, draft.end)
        draft = replace(draft, end=end, bound=draft.bound or bound)
    return draft


def _with_owner(line: Line, draft: Draft) -> Draft:
    if draft.unit is None or draft.unit.category != "money":
        return draft
    found = owners().get(line.word(draft.end))
    if found is None:
        return draft
    adjective, codes = found
    shown = (
        draft.unit.name
        if draft.unit.code and codes.get(draft.unit.name) == draft.unit.code
        else f"{draft.unit.name} {adjective}"
    )
    unit = draft.unit._replace(name=shown, code=codes.get(draft.unit.name, ""))
    first, _ = draft.noun
    return replace(draft, unit=unit, end=draft.end + 1, noun=(first, draft.end + 1) if first else draft.noun)
