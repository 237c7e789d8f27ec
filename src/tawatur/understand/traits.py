"""What a word may be wherever it stands, asked once a word: most may be nothing, and whoever looks for something passes them over.

A trait is a bit. Each says yes wherever the whole rule, which looks at a word's neighbours too, could find something.
"""

from __future__ import annotations

from functools import cache, lru_cache

from tawatur.arabic.clitics import proclitics
from tawatur.arabic.lexicon import REMEMBERED
from tawatur.understand.features import is_everyday
from tawatur.understand.names import (
    exactly,
    first_name_count,
    lengths,
    nationality,
    place,
    place_lengths,
    word_set,
)
from tawatur.understand.plain_words import is_plain
from tawatur.understand.reporting import cue_of
from tawatur.understand.role_words import head_of, is_barrier_word, is_plainly_role

#: The name of a person, of a place of the gazetteer, or of an organisation may open with the word; it is a word for a place
#: ("مدينة"), of role, or of reporting; no phrase of role runs across it.
PERSON, PLACE, ORGANIZATION, PLACE_HEAD, ROLE, REPORT, BARRIER = (1 << bit for bit in range(7))

CLITICS = "وفبلك"
_LIKELY = 3  # how often a word of everyday news must be attested as a first name that may stand behind a title
#: Data files whose words are no family name.
NO_FAMILY = (
    "everyday_definite.txt",
    "role_barriers.txt",
    "subject_stops.txt",
    "role_words.txt",
    "organization_heads.txt",
    "place_heads.txt",
    "courtesies.txt",
)
#: "ورد" and "وردت", which are words of reporting by what follows them.
STOOD = frozenset(("ورد", "وردت"))


def traits_of(text: str, folded: str) -> int:
    """Return the traits of a word or mark as published, and folded."""
    heads = word_set("place_heads.txt")
    found = PERSON if _opens_person(text, folded) else 0
    found |= PLACE if place_openings(folded) else 0
    found |= ORGANIZATION if _opens_organization(folded) else 0
    found |= PLACE_HEAD if folded in heads or folded[1:] in heads else 0
    found |= ROLE if head_of(text) else 0
    found |= REPORT if folded in STOOD or cue_of(folded) is not None else 0
    return found | (BARRIER if _is_barrier(text, folded) else 0)


def _is_barrier(text: str, folded: str) -> bool:
    return is_barrier_word(folded) if text[0].isalpha() else text not in '"«»“”' and text not in "-–()"


# --- People ------------------------------------------------------------------------------------------------------------


def _opens_person(text: str, folded: str) -> bool:
    """Say whether ``namelike`` may find a name that starts with a word: five in six need not be asked where they stand."""
    if _opens_never(text, folded):
        return False
    if is_plain(text, folded) and first_name_count(folded) < _LIKELY:
        return False
    if may_be_family(folded) or not is_everyday(text):
        return True
    return any(first_name_count(word) > 0 or word in word_set("known_alone.txt") for word in (folded, folded[1:]))


def _opens_never(text: str, folded: str) -> bool:
    """Say whether no name starts with a word wherever it stands: a mark, a particle, an adjective of role, a role."""
    if not text[0].isalpha() or (folded in ("الي", "علي") and text != "علي"):
        return True
    if any(folded in word_set(name) for name in ("role_barriers.txt", "role_words.txt", "courtesies.txt")):
        return text not in exactly("names_though_barriers.txt")
    if folded.startswith("ال") and nationality(folded):
        return True
    if folded in word_set("organization_heads.txt") or folded.removeprefix("و") in word_set("organization_heads.txt"):
        return True
    return is_plainly_role(folded)


@lru_cache(maxsize=REMEMBERED)
def may_be_family(folded: str) -> bool:
    """Say whether a folded word with the article can be a family name: it is rare in news, and nothing else is known of it."""
    if not folded.startswith("ال") or len(folded) < 4 or cue_of(folded):
        return False
    if (
        nationality(folded)
        or place(folded)
        or folded in word_set("organizations.txt")
        or any(folded in word_set(name) for name in NO_FAMILY)
    ):
        return False
    return folded[2:] not in word_set("organization_heads.txt") and folded[2:] not in word_set("role_heads.txt")


# --- Places and organisations ------------------------------------------------------------------------------------------


@lru_cache(maxsize=REMEMBERED)
def place_openings(folded: str) -> tuple[tuple[int, str], ...]:
    """Return (letters cut, rest) of every way to read a word that may open a place of the gazetteer; short rests are none."""
    known = place_lengths()
    readings = (pair for pair in proclitics(folded) if pair[1] in known)
    return tuple((cut, rest) for cut, rest in readings if not cut or len(rest) > (5 if rest[:2] == "ال" else 3))


def _opens_organization(folded: str) -> bool:
    """Say whether a word opens a listed name or is a head word, with or without a clitic: most are neither."""
    bare = folded[1:] if folded[:1] in CLITICS else folded
    listed = organization_lengths()
    return folded in listed or bare in listed or organization_head(folded) is not None


def organization_head(folded: str) -> tuple[int, bool] | None:
    """Return (letters of clitics, whether it has the article) of a head word, or None."""
    heads = word_set("organization_heads.txt")
    for cut in (0, 1):
        bare = folded[cut:]
        if cut and folded[0] not in CLITICS:
            break
        if bare in heads or bare.removeprefix("ال") in heads:
            return cut, bare not in heads
    return None


@cache
def organization_lengths() -> dict[str, tuple[int, ...]]:
    """Return the numbers of words of the listed organisations by their first word."""
    return lengths(word_set("organizations.txt"))
