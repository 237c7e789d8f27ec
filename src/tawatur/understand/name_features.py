"""What the name tagger sees of a token: its letters, the gazetteers, what its word mostly is, and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tawatur.arabic.fold import fold_word
from tawatur.arabic.lexicon import rows
from tawatur.understand.features import is_common
from tawatur.understand.names import (
    PACKAGE,
    first_name_count,
    is_name_unit,
    later_name_count,
    lengths,
    nationality,
    place,
    place_lengths,
    word_set,
)
from tawatur.understand.reporting import is_reporting_verb
from tawatur.understand.tokens import Sentence, Token
from tawatur.understand.traits import traits_of

_ALI = ("علي", "عليّ")
_LIKE_ALI = "عمر"
_NO_CHARACTER = "\ufffd"  # what half of a surrogate pair is shown as to the model, which takes whole characters only
_PLAIN = ("O4", "O5")
_WITH_ARTICLE = ("وال", "بال", "فال", "كال")
STEPS = (-2, -1, 1, 2)
# How far back a head word is told of, and the distance from which on it is one.
BACK, _FAR = 5, 4
HEADS = ("role", "title", "org", "media", "plh", "occ", "say")
# What a word shares, as a neighbour or, without a step, the token itself sees it.
_SHARED = re.compile(r"(?P<step>-?\d)?(?P<shared>al|na|(?:w|k|g|pl|c\d)=.*)", re.DOTALL)
_HINTS = ("c=", "k=", "g=", "pl=", "c0=", "c1=", "c2=", "c3=", "c4=")


class Word(NamedTuple):
    """What is known of a word by itself."""

    own: tuple[str, ...]  # features that only the token itself has
    shared: tuple[str, ...]  # features that its neighbours see as well
    pair: str  # what pairs with a neighbour's
    kind: str  # "" for what is no word
    base: str  # the folded word without clitics

    @property
    def alone(self) -> tuple[str, ...]:
        """What the model sees of the token itself and its neighbours do not."""
        return ("b", *self.own)

    @property
    def features(self) -> tuple[str, ...]:
        """What the model sees of the token itself."""
        return (*self.alone, *self.shared)


def sentence_features(tokens: Sentence) -> list[list[str]]:
    """Return the features of each token of a sentence, as the model is trained on them; ``name_scores`` sums their weights."""
    words = [_known(token.text) for token in tokens]
    kinds = [word.kind for word in words]
    found = [[*word.features, *_around(words, at), *behind_head(kinds, at)] for at, word in enumerate(words)]
    for at, word in enumerate(words):
        for inside, feature in listed(word.base, tokens, at):
            found[inside].append(feature)
    return found


def hints(tokens: Sentence) -> list[list[str]]:
    """Return what the lists know of each token of a sentence, without its letters: for a model that reads those itself."""
    words = [_known(token.text) for token in tokens]
    found = [[hint for hint in (*word.own, *word.shared) if hint.startswith(_HINTS)] for word in words]
    for at, word in enumerate(words):
        for inside, hint in listed(word.base, tokens, at):
            found[inside].append(hint)
    return found


def folded_token(text: str) -> Token:
    """Return a token without a place in a text, for training; a lone mark of direction counts as a sign."""
    folded = fold_word(text) or "_"
    return Token(text, folded, 0, 0, traits_of(text, folded))


# --- One word ----------------------------------------------------------------------------------------------------------


def word_of(text: str) -> Word:
    """Return what is known of a word as published.

    Folding makes the name "علي" and the preposition "على" one word, and the training text writes both "علي". Where a text does
    tell them apart, the name is shown to the model as a name that no word is like.
    """
    text = _LIKE_ALI if text in _ALI else text
    folded = fold_word(text) or "_"
    if not text[0].isalpha():
        shape = "0" if text[0].isdigit() else _NO_CHARACTER if "\ud800" <= text[0] <= "\udfff" else folded
        return Word((), (f"w={shape}",), ".", "", folded)
    if text[0].isascii():
        return Word(("latin",), (f"w={folded}", "k=latin"), "latin", "latin", folded)
    clitic, base = _split(folded)
    begins = (f"p1={folded[:1]}", f"p2={folded[:2]}", f"p3={folded[:3]}")
    ends = (f"s1={base[-1:]}", f"s2={base[-2:]}", f"s3={base[-3:]}")
    own = (*begins, *ends, f"p4={base[:4]}", f"s4={base[-4:]}", f"n={min(len(base), 9)}", f"c={clitic}")
    kind = _kind(text, folded, base)
    paired = (f"k={kind}", f"g={_names(base)}", f"pl={_is_place(base)}")
    article = "al" if base.startswith("ال") else "na"
    mostly, shares = _classes().get(base) or _classes().get(folded) or ("-", "----")
    classes = (f"c0={mostly}", *(f"c{n}={share}" for n, share in enumerate(shares, 1)))
    whole = (*own, f"b={base}") if clitic else own
    return Word(whole, (f"w={base}", *paired, article, *classes), "".join(paired), kind, base)


_known = lru_cache(maxsize=20_000)(word_of)


def _split(folded: str) -> tuple[str, str]:
    """Return (clitics, rest) of a word: conjunctions and prepositions before the article or before a known word."""
    if folded.startswith(_WITH_ARTICLE) and len(folded) > 4:
        return folded[0], folded[1:]
    for clitics in ("ل", "ول"):
        if folded.startswith(clitics + "ل") and len(folded) > 3 + len(clitics):
            return clitics, "ال" + folded[len(clitics) + 1 :]
    if folded.startswith(("وبال", "فبال")):
        return folded[:2], folded[2:]
    if folded in _classes():
        return "", folded
    if folded[:1] in ("و", "ب", "ل", "ف", "ك") and len(folded) > 3 and folded[1:] in _classes():
        return folded[0], folded[1:]
    if folded[:2] in ("وب", "ول", "فب") and len(folded) > 4 and folded[2:] in _classes():
        return folded[:2], folded[2:]
    return "", folded


@cache
def _classes() -> dict[str, tuple[str, str]]:
    """Return by word what it mostly is and how often it is part of a person's, place's, organisation's or other name."""
    return {word: (mostly, shares) for word, mostly, shares in rows(PACKAGE, "word_classes.tsv.gz")}


def is_no_part(folded: str) -> bool:
    """Say whether a word is so much an everyday one that it is no part of a person's name ("دعمه", "الضرر")."""
    mostly, shares = _classes().get(folded) or ("", "")
    return mostly[:2] in _PLAIN and shares[0] == "0"


def _names(base: str) -> str:
    """Return how often a word is attested in the names of people."""
    if base.startswith("عبدال") and len(base) > 6:
        return "abd"
    if not is_name_unit(base):
        return "abu" if base.startswith(("ابو", "ابي", "بو")) and len(base) > 5 else "-"
    return f"{_bucket(first_name_count(base))}{_bucket(later_name_count(base))}"


def _bucket(count: int) -> str:
    return "0" if count == 0 else "1" if count < 3 else "2" if count < 20 else "3"


def _is_place(base: str) -> str:
    found = place(base)
    return found.kind if found else "-"


def _kind(text: str, folded: str, base: str) -> str:
    """Say what sort of word it is: the first of title, role, nationality, verb and so on that fits."""
    bare = base.removeprefix("ال")
    if base in word_set("titles.txt"):
        return "title"
    if base in word_set("role_heads.txt") or bare in word_set("role_heads.txt"):
        return "role"
    if nationality(folded) or nationality(base):
        return "nat"
    if is_reporting_verb(folded):
        return "say"
    if folded in word_set("role_words.txt") or folded in word_set("courtesies.txt"):
        return "mod"
    for kind, name in (("media", "media_heads.txt"), ("org", "organization_heads.txt"), ("plh", "place_heads.txt")):
        if base in word_set(name) or bare in word_set(name):
            return kind
    if bare in word_set("occasions.txt"):
        return "occ"
    return "common" if is_common(text) else "-"


# --- Its neighbours ----------------------------------------------------------------------------------------------------


def seen(word: Word, step: int) -> list[str]:
    """Return what a token sees of the word at a step from it."""
    return [f"{step}{feature}" for feature in word.shared]


def shared(feature: str) -> tuple[int, str] | None:
    """Return at which step (0: by the token itself) a feature sees what a word shares, and what that is; None for all others."""
    found = _SHARED.fullmatch(feature)
    return (int(found["step"] or 0), found["shared"]) if found else None


def edge(step: int) -> str:
    """Return what a token sees where no word is left at a step from it."""
    return f"{step}edge"


def paired(one: str, other: str) -> tuple[str, str]:
    """Return what two neighbours see together, from what pairs of each: the first of them, and the second."""
    return f"0|1{one}|{other}", f"-1|0{one}|{other}"


def behind_head(kinds: Sequence[str], at: int) -> tuple[str, ...]:
    """Return which head stands how far before a token with only words between."""
    for back in range(1, min(BACK, at) + 1):
        kind = kinds[at - back]
        if not kind:
            break
        if kind in HEADS:
            return (f"back={kind}" if kind == "say" else f"back={kind}{min(back, _FAR)}",)
    return ()


def listed(base: str, tokens: Sentence, at: int) -> Iterator[tuple[int, str]]:
    """Yield what the tokens of a place of several words, or of an organisation of the lists, that opens at a token see."""
    for sign, last in (("P", _place_end(base, tokens, at)), ("O", _organization_end(base, tokens, at))):
        for inside in range(at, last):
            yield inside, f"m={sign}{'B' if inside == at else 'I'}"


def may_open(base: str) -> bool:
    """Say whether a place of several words, or an organisation of the lists, may start with a word."""
    return base in _organization_lengths() or any(length > 1 for length in place_lengths().get(base, ()))


def _around(words: Sequence[Word], at: int) -> list[str]:
    found: list[str] = []
    for step in STEPS:
        near = at + step
        found += seen(words[near], step) if 0 <= near < len(words) else [edge(step)]
    if at:
        found.append(paired(words[at - 1].pair, words[at].pair)[1])
    if at + 1 < len(words):
        found.append(paired(words[at].pair, words[at + 1].pair)[0])
    return found


def _place_end(base: str, tokens: Sentence, at: int) -> int:
    for length in place_lengths().get(base, ()):
        if length > 1 and at + length <= len(tokens) and place(_joined(base, tokens, at, length)):
            return at + length
    return at


def _organization_end(base: str, tokens: Sentence, at: int) -> int:
    for length in _organization_lengths().get(base, ()):
        if at + length <= len(tokens) and _joined(base, tokens, at, length) in word_set("organizations.txt"):
            return at + length
    return at


def _joined(base: str, tokens: Sentence, at: int, length: int) -> str:
    return " ".join([base, *(token.folded for token in tokens[at + 1 : at + length])])


@cache
def _organization_lengths() -> dict[str, tuple[int, ...]]:
    return lengths(word_set("organizations.txt"))


def is_mostly_name(folded: str) -> bool | None:
    """Say whether a word is more often a part of some name than none; None where that is open or not known."""
    mostly, _ = _classes().get(folded) or ("O3", "")
    if mostly[:2] in _PLAIN:
        return False
    return None if mostly[:2] == "O3" else True
