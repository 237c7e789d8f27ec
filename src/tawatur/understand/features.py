"""What sort of word a word is: everyday or not, and what it is without its clitics."""

from __future__ import annotations

from functools import lru_cache

from tawatur.arabic import lemmas
from tawatur.arabic.lexicon import REMEMBERED


def strip_clitics(folded: str) -> str:
    """Take a conjunction or preposition off a word where a definite or long word is left."""
    if folded[:1] in ("و", "ف", "ب", "ك") and folded[1:3] == "ال":
        return folded[1:]
    if folded[:2] == "لل":
        return "ال" + folded[2:]
    return folded


@lru_cache(maxsize=REMEMBERED)
def is_common(text: str) -> bool:
    """Say whether the lemmatiser's dictionary knows the word."""
    return lemmas.is_known(text)


@lru_cache(maxsize=REMEMBERED)
def is_everyday(text: str) -> bool:
    """Say whether a word is in the lemmatiser's dictionary once its clitics, article or pronoun are off."""
    if is_common(text):
        return True
    bare = text
    for prefix in ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل"):
        if text.startswith(prefix) and len(text) - len(prefix) > 2:
            bare = text.removeprefix(prefix)
            break
    if bare != text and is_common(bare):
        return True
    for suffix in ("ها", "هم", "ه"):
        if bare.endswith(suffix) and len(bare) - len(suffix) > 2:
            stem = bare.removesuffix(suffix)
            return is_common(stem) or (stem.endswith("ت") and is_common(stem[:-1] + "ة"))
    return False


def owned(text: str) -> bool:
    """Say whether a word is an everyday noun with a pronoun: "مشاركته"."""
    for suffix in ("ها", "هم", "ه"):
        stem = text.removesuffix(suffix)
        if stem != text and len(stem) > 2 and not is_common(text):
            return is_common(stem) or (stem.endswith("ت") and is_common(stem[:-1] + "ة"))
    return False
