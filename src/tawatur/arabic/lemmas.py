"""The lemmatiser's dictionary: whether it knows a word, and the lemma of one.

What simplemma says, without its detours: a word of plain Arabic letters stands in the dictionary as it is spelled or not at all,
so that neither its marks nor the case of its letters need be looked at. Of what simplemma tries with a word that is not there, two
things concern Arabic: the pronouns behind a word come off, or a particle before it. Everything else is asked of simplemma itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a]+")
#: Half of a character, as broken text may hold it; simplemma fails with it.
_HALF = re.compile("[\ud800-\udfff]")


def is_known(word: str) -> bool:
    """Say whether the dictionary knows a word as published."""
    if _PLAIN.fullmatch(word):
        return _dictionary().get(word) is not None
    if _HALF.search(word):
        return False
    from simplemma import is_known as is_known_anyhow  # late: the commands that match no words do without it

    return is_known_anyhow(word, lang="ar")


def lemma(word: str) -> str:
    """Return the lemma of a word as published; the word itself where nothing is known of it."""
    if _PLAIN.fullmatch(word):
        return _dictionary().get(word) or _without_pronouns(word) or _without_particle(word) or word
    if _HALF.search(word):
        return word
    from simplemma import lemmatize  # late, as above

    return lemmatize(word, lang="ar")


def _without_pronouns(word: str) -> str | None:
    """Return the lemma of what stands before the pronouns at a word's end, None where that is in no dictionary."""
    pronouns, most, letters = _pronouns()
    stem = word
    for _ in range(most):
        if not stem.endswith(pronouns):  # as most
            return None
        ending = next((one for one in pronouns if stem.endswith(one) and len(stem) - len(one) >= letters), "")
        if not ending:
            return None
        stem = stem[: -len(ending)]
        if found := _dictionary().get(stem):
            return found
    return None


def _without_particle(word: str) -> str | None:
    """Return the lemma of what stands behind the article or particle of a word, None where that is in no dictionary."""
    found = _particles().match(word)
    return _dictionary().get(word[found.end(1) :]) if found else None


@cache
def _pronouns() -> tuple[tuple[str, ...], int, int]:
    """Return the pronouns that stand at the end of words, the longest first, how many do, and the letters of the shortest stem."""
    from simplemma.strategies.clitic_decomposition import CLITIC_LANGS, MAX_CLITICS, MIN_STEM_LEN  # late, as above

    return tuple(sorted(CLITIC_LANGS["ar"], key=len, reverse=True)), MAX_CLITICS, MIN_STEM_LEN


@cache
def _particles() -> re.Pattern[str]:
    from simplemma.strategies.defaultprefixes import DEFAULT_KNOWN_PREFIXES  # late, as above

    return DEFAULT_KNOWN_PREFIXES["ar"]


@cache
def _dictionary() -> Mapping[str, str]:
    from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY  # late, as above

    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("ar")
