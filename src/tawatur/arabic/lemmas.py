"""The lemmatiser's dictionary: whether it knows a word, and the lemma of one.

What simplemma says, without its detours: a word of plain Arabic letters stands in the dictionary as it is spelled or not at all,
so that neither its marks nor the case of its letters need be looked at. Everything else is asked of simplemma itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a]+")


def is_known(word: str) -> bool:
    """Say whether the dictionary knows a word as published."""
    if _PLAIN.fullmatch(word):
        return _dictionary().get(word) is not None
    from simplemma import is_known as is_known_anyhow  # late: the commands that match no words do without it

    return is_known_anyhow(word, lang="ar")


def lemma(word: str) -> str:
    """Return the lemma of a word as published; the word itself where nothing is known of it."""
    if _PLAIN.fullmatch(word) and (found := _dictionary().get(word)):
        return found
    from simplemma import lemmatize  # late, as above

    return lemmatize(word, lang="ar")


@cache
def _dictionary() -> Mapping[str, str]:
    from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY  # late, as above

    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("ar")
