"""Which names in a text are one organisation: full name, short form, abbreviation in brackets, other spelling, "الوزارة".

"وزارة الدفاع الفرنسية" is also "وزارة الدفاع", "الدفاع الفرنسية" no; "صحيفة كذا الفرنسية" is also "كذا" where that is no everyday
word; "الوزارة" is it too, where no other ministry is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import REMEMBERED
from tawatur.model import Name, Span
from tawatur.understand.features import is_everyday, strip_clitics
from tawatur.understand.names import is_name_unit, nationality, place, word_set
from tawatur.understand.reading import Reading
from tawatur.understand.spans import name_at, overlaps
from tawatur.understand.tokens import Sentence, tokenize

_LONGEST_SHORT_FORM = 3
_CLITICS = ("و", "ف", "ب", "ل", "ك", "ول", "وب", "فل")


def under_one_name(reading: Reading, found: Collection[Span], people: Collection[Span] = ()) -> tuple[Name, ...]:
    """Return one ``Name`` for each organisation of some spans, with the namings by its short forms added."""
    names = {span: name_at(reading.text, span) for span in sorted(found)}
    keys = {span: _key(name) for span, name in names.items()}
    heads = _fuller(set(keys.values()))
    groups: dict[tuple[str, ...], list[Span]] = {}
    for span, key in keys.items():
        groups.setdefault(heads.get(key, key), []).append(span)
    taken = [*names, *people]
    for owner, span in _short_namings(reading, groups, taken):
        groups[owner].append(span)
    made = [_name(reading.text, sorted(spans)) for spans in groups.values()]
    return tuple(sorted(made, key=lambda name: name.spans[0]))


def _name(text: str, spans: list[Span]) -> Name:
    forms = list(dict.fromkeys(name_at(text, span) for span in spans))
    if len(forms) == 1:
        return Name(name=forms[0], spans=tuple(spans))
    fullest = max(forms, key=lambda form: len(form.split()))
    seen = {fold(fullest)}
    aliases = [form for form in forms if fold(form) not in seen and not seen.add(fold(form))]  # type: ignore[func-returns-value]
    return Name(name=fullest, spans=tuple(spans), aliases=tuple(aliases))


@lru_cache(maxsize=20_000)
def _key(name: str) -> tuple[str, ...]:
    """Return the words of a name in the form that all its spellings share: no marks, no articles, countries by code."""
    words = [token.folded for token in tokenize(name) if token.is_word]
    return tuple(nationality(word) or word.removeprefix("ال") for word in words)


def _fuller(keys: set[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return for each name that lacks the country of exactly one other: that other ("مجلس الوزراء" is the Saudi one)."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for short in keys:
        longer = [key for key in keys if len(key) == len(short) + 1 and key[:-1] == short and key[-1].isupper()]
        if len(longer) == 1 and len(short) > 1:
            found[short] = longer[0]
    return found


def _short_namings(
    reading: Reading, groups: dict[tuple[str, ...], list[Span]], taken: Collection[Span]
) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Yield (group, span) of every naming by a short form."""
    shorts = _short_forms(reading, groups)
    if not shorts:
        return
    firsts = {form[0] for form in shorts}
    wanted = {clitic + first for first in firsts for clitic in ("", *_CLITICS)}
    for tokens in reading.sentences:
        for at, token in enumerate(tokens):
            if token.folded not in wanted:
                continue
            for cut, rest in _rests(token.folded):
                if rest not in firsts:
                    continue
                match = _short_at(tokens, at, cut, shorts)
                if match and not overlaps(match[1], taken) and match[1].start > groups[match[0]][0].start:
                    yield match
                    break


@lru_cache(maxsize=REMEMBERED)
def _rests(folded: str) -> tuple[tuple[int, str], ...]:
    """Return (letters cut, rest) of a word with and without its clitics."""
    clitics = (one for one in _CLITICS if folded.startswith(one) and len(folded) > len(one) + 2)
    return ((0, folded), *((len(clitic), folded[len(clitic) :]) for clitic in clitics))


def _short_at(
    tokens: Sentence, at: int, cut: int, shorts: dict[tuple[str, ...], tuple[str, ...]]
) -> tuple[tuple[str, ...], Span] | None:
    words = [tokens[at].folded[cut:], *(token.folded for token in tokens[at + 1 : at + _LONGEST_SHORT_FORM])]
    for length in range(len(words), 0, -1):
        owner = shorts.get(tuple(words[:length]))
        if owner and not (length == 1 and _goes_on(tokens, at, words[0])):
            return owner, Span(tokens[at].start + cut, tokens[at + length - 1].end)
    return None


def _goes_on(tokens: Sentence, at: int, word: str) -> bool:
    """Say whether "الوزارة" is the head of something else: "الوزارة الجديدة"."""
    follows = tokens[at + 1].folded if at + 1 < len(tokens) else ""
    return word[2:] in word_set("organization_heads.txt") and follows.startswith("ال")


def _short_forms(reading: Reading, groups: dict[tuple[str, ...], list[Span]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the group that each short form stands for, without those that could stand for two."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    brackets = _bracketed(reading, groups)
    for key, spans in groups.items():
        for span in spans:
            words = tuple(token.folded for token in tokenize(reading.text, span.start, span.end) if token.is_word)
            for form in (*_without_head(words), *_head_alone(words), *brackets.get(span, ())):
                found.setdefault(form, set()).add(key)
    return {form: next(iter(keys)) for form, keys in found.items() if len(keys) == 1 and form not in groups}


def _without_head(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the name proper behind a head word ("كذا" of "صحيفة كذا الفرنسية"), and either word of a name of two without head."""
    if len(words) < 2:
        return
    if len(words) == 2 and words[0] not in word_set("organization_heads.txt"):
        yield from ((word,) for word in words if _is_proper(word) and len(word) > 3)
    rest = list(words[1:]) if words[0] in word_set("named_heads.txt") else []
    while rest and nationality(rest[-1]):
        rest.pop()
    if 0 < len(rest) <= _LONGEST_SHORT_FORM and all(_is_proper(word) for word in rest):
        yield tuple(rest)


def _is_proper(word: str) -> bool:
    return not (is_everyday(word) or nationality(word) or place(word) or is_name_unit(word)) and len(word) > 2


def _head_alone(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    head = strip_clitics(words[0])
    if len(words) > 1 and head in word_set("anaphoric_heads.txt"):
        yield ("ال" + head,)


def _bracketed(reading: Reading, groups: dict[tuple[str, ...], list[Span]]) -> dict[Span, list[tuple[str, ...]]]:
    """Return the abbreviation that stands in brackets or marks behind a name: "المنظمة … (أوبك)"."""
    ends = {span.end: span for spans in groups.values() for span in spans}
    found: dict[Span, list[tuple[str, ...]]] = {}
    for tokens in reading.sentences:
        for at, token in enumerate(tokens[:-3]):
            span = ends.get(token.end)
            if span and _is_bracketed(tokens, at + 2):
                found.setdefault(span, []).append((tokens[at + 2].folded,))
    return found


def _is_bracketed(tokens: Sentence, at: int) -> bool:
    """Say whether a word that is no everyday word stands alone in brackets or marks."""
    opened, closed = tokens[at - 1].text in '("«“', tokens[at + 1].text in ')"»”'
    return opened and closed and tokens[at].is_word and not is_everyday(tokens[at].text)
