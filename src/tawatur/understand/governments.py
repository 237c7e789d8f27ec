"""Which namings of a country or capital stand for its government: "واشنطن" that decides, not "واشنطن" where one meets.

A naming acts where it is the subject of what governments do ("فرضت واشنطن عقوبات", "إن واشنطن ستفرض"), where it has what
governments have ("موقف واشنطن"), where something is between it and another ("محادثات بين واشنطن وموسكو"), or where it is joined by
"و" to one that acts. Behind a preposition of place it is where something happens.
"""

from __future__ import annotations

from functools import cache, lru_cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.understand.names import PACKAGE, word_set
from tawatur.understand.reporting import cue_of
from tawatur.understand.tokens import Sentence

# How far before "بين" the word for what is between two governments can stand: "العلاقات الدبلوماسية والتجارية بين".
_REACH = 4
_EACH = ("كل", "كلا", "كلتا")


def acts(tokens: Sentence, first: int, last: int, cut: int, acting: frozenset[int]) -> bool:
    """Say whether the country or capital at some tokens stands for its government.

    ``cut`` counts the letters of clitics on the first token; ``acting`` holds the last tokens of the namings of the sentence that
    act, as far as it has been read.
    """
    clitics = tokens[first].folded[:cut]
    if clitics in ("و", "ف") and _is_joined(tokens, first, acting):
        return True
    if clitics[-1:] in ("ب", "ل", "ك"):
        return False
    before = tokens[first - 1].folded if first else ""
    if _is_act(before) or before in word_set("government_nouns.txt") or before[1:] in word_set("government_nouns.txt"):
        return True
    if before == "من" and first > 1 and tokens[first - 2].folded in _EACH and _is_act_near(tokens, first - 3):
        return True
    if before == "بين":
        return _is_between(tokens, first - 1)
    if first > 1 and tokens[first - 2].is_word and before in ("فيها", "فيه", "بها", "به", "عليها", "عليه", "له", "لها"):
        return _is_act(tokens[first - 2].folded)
    opens = not before or not tokens[first - 1].is_word or before in word_set("complementizers.txt") or cut == 1
    return opens and last + 1 < len(tokens) and _is_act(_verb_behind(tokens, last + 1))


def _is_joined(tokens: Sentence, first: int, acting: frozenset[int]) -> bool:
    """Say whether a naming with "و" follows one that acts, or one of a pair behind "بين"."""
    return first > 0 and first - 1 in acting


def _verb_behind(tokens: Sentence, at: int) -> str:
    folded = tokens[at].folded
    if folded in ("قد", "لن", "لم", "لا", "سوف", "كانت", "كان", "اذ") and at + 1 < len(tokens):
        return tokens[at + 1].folded
    return folded


def _is_between(tokens: Sentence, at: int) -> bool:
    near = tokens[max(0, at - _REACH) : at]
    return any(token.folded.lstrip("ولب") in _relations() or token.folded in _relations() for token in near)


@cache
def _relations() -> frozenset[str]:
    return word_set("government_relations.txt")


def _is_act_near(tokens: Sentence, at: int) -> bool:
    return at >= 0 and _is_act(tokens[at].folded)


@lru_cache(maxsize=20_000)
def _is_act(folded: str) -> bool:
    """Say whether a word is a verb of what governments do or say, with "و", "ف" or the future "س" before it."""
    cue = cue_of(folded)
    if cue:
        return not cue[0].participle
    bare = folded[1:] if folded[:1] in ("و", "ف") and folded not in _verbs() else folded
    return bare in _verbs() or (bare[:1] == "س" and (bare[1:] in _verbs() or cue_of(bare[1:]) is not None))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(fold(form) for forms in rows(PACKAGE, "government_verbs.tsv") for form in forms)
