"""What the name tagger sees of a token: its letters, the gazetteers, and its neighbours."""

from __future__ import annotations

from functools import lru_cache

import simplemma

from tawatur.arabic.fold import fold_word
from tawatur.understand.names import first_name_count, is_name_unit, later_name_count, nationality, place, word_set
from tawatur.understand.reporting import is_reporting_verb
from tawatur.understand.tokens import Sentence, Token

_ALI = ("علي", "عليّ")
_LIKE_ALI = ("عمر", "عمر")
_NO_CHARACTER = "\ufffd"  # what half of a surrogate pair is shown as to the model, which takes whole characters only
_CLITICS = ("و", "ف", "ب", "ل", "ك")


@lru_cache(maxsize=100_000)
def word_features(text: str, folded: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (features of the word itself, features that its neighbours see as well)."""
    if not text[0].isalpha():
        shape = "0" if text[0].isdigit() else _NO_CHARACTER if "\ud800" <= text[0] <= "\udfff" else folded
        return (f"w={shape}",), (f"w={shape}",)
    bare = folded[1:] if folded[:1] in _CLITICS and len(folded) > 3 else ""
    own = [f"p{n}={folded[:n]}" for n in (1, 2, 3)] + [f"s{n}={folded[-n:]}" for n in (1, 2, 3)]
    own += [f"n={min(len(folded), 9)}", f"bf={_names(bare)}" if bare else "bf=", f"bp={_is_place(bare)}"]
    shared = [f"w={folded}", f"k={_kind(text, folded)}", f"g={_names(folded)}", f"pl={_is_place(folded)}"]
    return tuple(own), tuple(shared)


def _names(folded: str) -> str:
    if not folded or not is_name_unit(folded):
        return "-"
    return f"{_bucket(first_name_count(folded))}{_bucket(later_name_count(folded))}"


def _bucket(count: int) -> str:
    return "0" if count == 0 else "1" if count < 3 else "2" if count < 20 else "3"


def _is_place(folded: str) -> str:
    found = place(folded) if folded else None
    return found.kind if found else "-"


def _kind(text: str, folded: str) -> str:
    """Say what sort of word it is: the first of role, nationality, verb, common word that fits."""
    bare = strip_clitics(folded)
    if bare in word_set("role_heads.txt") or bare.removeprefix("ال") in word_set("role_heads.txt"):
        return "role"
    if nationality(folded):
        return "nat"
    if is_reporting_verb(folded):
        return "say"
    if folded in word_set("role_words.txt") or folded in word_set("courtesies.txt"):
        return "mod"
    return "common" if is_common(text) else "-"


def strip_clitics(folded: str) -> str:
    """Take a conjunction or preposition off a word where a definite or long word is left."""
    if folded[:1] in ("و", "ف", "ب", "ك") and folded[1:3] == "ال":
        return folded[1:]
    if folded[:2] == "لل":
        return "ال" + folded[2:]
    return folded


@lru_cache(maxsize=100_000)
def is_common(text: str) -> bool:
    """Say whether the lemmatiser's dictionary knows the word."""
    return simplemma.is_known(text, lang="ar")


@lru_cache(maxsize=100_000)
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


def sentence_features(tokens: Sentence) -> list[list[str]]:
    """Return the features of each token of a sentence.

    Folding makes the name "علي" and the preposition "على" one word, and the training text writes both "علي". Where a text does
    tell them apart, the name is shown to the model as a name that no word is like.
    """
    words = [word_features(*_LIKE_ALI if token.text in _ALI else (token.text, token.folded)) for token in tokens]
    return [_in_context(words, at, tokens) for at in range(len(tokens))]


def _in_context(words: list[tuple[tuple[str, ...], tuple[str, ...]]], at: int, tokens: Sentence) -> list[str]:
    own, shared = words[at]
    found = ["b", *own, *shared]
    for step in (-2, -1, 1, 2):
        near = at + step
        if 0 <= near < len(words):
            found.extend(_seen_from(step, words[near][1]))
        else:
            found.append(f"{step}edge")
    if at:
        found.append(f"-1|0{_pair(words[at - 1])}|{_pair(words[at])}")
    if at + 1 < len(words):
        found.append(f"0|1{_pair(words[at])}|{_pair(words[at + 1])}")
    return found


@lru_cache(maxsize=100_000)
def _seen_from(step: int, shared: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{step}{feature}" for feature in shared)


def _pair(word: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    return "".join(word[1][1:]) or word[1][0]


def folded_token(text: str) -> Token:
    """Return a token without a place in a text, for training."""
    return Token(text, fold_word(text), 0, 0)
