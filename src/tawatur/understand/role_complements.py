"""What role phrases go on with: bodies and places to which a role belongs, and adjectives."""

from __future__ import annotations

from functools import lru_cache

from tawatur.arabic.lexicon import REMEMBERED
from tawatur.understand.names import nationality, place, word_set
from tawatur.understand.tokens import Sentence, Token


@lru_cache(maxsize=REMEMBERED)
def is_institution(folded: str) -> bool:
    """Say whether a word, with or without the article, opens what a role belongs to: a body, a place, a field of work."""
    bare = folded.removeprefix("ال")
    if any(bare in word_set(name) for name in ("organization_heads.txt", "place_heads.txt", "role_complements.txt")):
        return True
    return place(folded) is not None or folded in word_set("organizations.txt")


def is_of_somewhere(tokens: Sentence, at: int, stop: int) -> bool:
    """Say whether a word that is an adjective elsewhere is a body and where it is from: "مدرب منتخب فرنسا"."""
    if at + 1 >= stop or not is_institution(tokens[at].folded):
        return False
    after = tokens[at + 1].folded
    return place(after) is not None or after.startswith("ال")


def is_of_land(token: Token) -> bool:
    """Say whether a word is the adjective of a country with the article: "السعودي"."""
    return token.folded.startswith("ال") and nationality(token.folded) != ""


@lru_cache(maxsize=REMEMBERED)
def is_indefinite_adjective(folded: str) -> bool:
    """Say whether a word is an adjective of nationality or of role without the article: "شريك بارز", "دبلوماسي مصري"."""
    if place(folded):
        return False
    if nationality(folded):
        return True
    return "ال" + folded in word_set("role_words.txt") or "ال" + folded.removesuffix("ا") in word_set("role_words.txt")
