"""Words of everyday news by themselves, which are no names."""

from __future__ import annotations

from functools import lru_cache

from tawatur.arabic.lexicon import REMEMBERED
from tawatur.understand.features import is_everyday
from tawatur.understand.names import JOINED, exactly, first_name_count, is_name_unit, word_set

#: How often a word must be attested as a name to be one though it is one of everyday news.
_SURE = 20


def is_plain(text: str, folded: str) -> bool:
    """Say whether a mark, or a word of everyday news, opens no name: "دور فلان", "نظام فلان"."""
    if not text[0].isalpha() or text in exactly("names_by_spelling.txt"):
        return True
    if folded[-1] == "ت" and len(folded) > 4 and not is_name_unit(folded) and is_everyday(text):
        return True  # "تمكنت"
    return is_news_word(folded) and first_name_count(folded) < _SURE and folded not in JOINED


@lru_cache(maxsize=REMEMBERED)
def is_news_word(folded: str) -> bool:
    """Say whether a word, with or without "و" and "ف", is one of everyday news and no name."""
    words = word_set("everyday_words.txt")
    return folded in words or (folded[0] in "وف" and folded[1:] in words and not is_name_unit(folded))
