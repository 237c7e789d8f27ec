"""Names that no list knows: family names, foreign names, and adjectives of countries unheard of, told by where they stand."""

from __future__ import annotations

from collections.abc import Collection

from tawatur.arabic.fold import fold
from tawatur.understand.features import is_everyday, strip_clitics
from tawatur.understand.names import first_name_count, later_name_count, nationality, place, word_set
from tawatur.understand.reporting import cue_of
from tawatur.understand.roles import role_head, roles_after, roles_before
from tawatur.understand.tokens import Sentence, Token
from tawatur.understand.traits import NO_FAMILY, may_be_family

LIKELY, ATTESTED, WELL = 3, 20, 50  # how often a word is attested as a name: perhaps one, surely one, nothing else
#: Words that open a unit of a name and are none alone.
OPEN_UNITS = ("عبد", "ابو", "ابي", "ابا", "بن", "ابن", "ال", "بنت", "ام", "ايه")


def is_family_of(tokens: Sentence, first: int, *, cut: int = 0, due: bool) -> bool:
    """Say whether the word behind a first name is its unlisted family name; ``due`` where a name is to be expected.

    ``cut`` letters of the first name are clitics. Where no name is expected, the first name must be one that is no other word, and
    stand at the end of a phrase or be well attested.
    """
    at = first + 1
    folded = tokens[first].folded[cut:]
    if at >= len(tokens) or not may_be_family(tokens[at].folded) or folded in OPEN_UNITS:
        return False
    if first and tokens[first - 1].folded in word_set("titles_alone.txt"):
        return False
    count, is_word = first_name_count(folded), folded in word_set("names_also_words.txt")
    if due:
        return count >= ATTESTED or not is_word
    return not is_word and (count >= WELL or (count >= ATTESTED and ends_there(tokens, at)))


def ends_there(tokens: Sentence, last: int) -> bool:
    """Say whether a phrase ends behind a token: with the sentence, a mark, or a word that no phrase runs across."""
    if last + 1 >= len(tokens):
        return True
    after = tokens[last + 1]
    barrier = after.folded in ("في", "من") or after.folded in word_set("role_barriers.txt")
    return not after.is_word or barrier or cue_of(after.folded) is not None


def foreign_end(tokens: Sentence, at: int, taken: Collection[int]) -> int:
    """Return the last of two or three words from a token on that are in no list and of no everyday use, or 0.

    Behind a role such words are a foreign name.
    """
    end = at
    while end < min(len(tokens), at + 3) and end not in taken and _is_unheard(tokens[end], first=end == at):
        end += 1
    return end - 1 if end - at > 1 else 0


def _is_unheard(token: Token, *, first: bool) -> bool:
    folded = token.folded
    if not token.is_word or len(folded) < 3 or folded.startswith(("ال", "وال", "بال", "لل", "و")) or cue_of(folded):
        return False
    if folded in word_set("role_barriers.txt") or role_head(token) or nationality(folded) or place(folded):
        return False
    if folded in word_set("names_also_words.txt") or (folded[0] in "بلفك" and _is_usual(token.text[1:])):
        return False
    if not first and later_name_count(folded) >= LIKELY:
        return True
    return not _is_usual(token.text)


def _is_usual(text: str) -> bool:
    """Say whether a word is of everyday use, also with the ending of an adverb ("ملوحا")."""
    return is_everyday(text) or (text.endswith("ا") and is_everyday(text[:-1])) or fold(text) in ("هو", "هي", "هم")


def called_unheard(tokens: Sentence, at: int, taken: Collection[int]) -> bool:
    """Say whether two words that may be a name stand before a role ("أكد فلان فلان أمين عام النادي"): one is attested."""
    if at + 1 >= len(tokens) or at + 1 in taken or first_name_count(tokens[at].folded) < LIKELY:
        return False
    second = tokens[at + 1]
    return (
        _fills(second, first=False) and not second.folded.startswith("ال") and bool(roles_after(tokens, at + 1, taken))
    )


def slot_end(tokens: Sentence, at: int, taken: Collection[int]) -> int:
    """Return the last of two to four words from a token on that fill the place of a name behind a role, or 0.

    The words end with a mark, a verb of saying or a particle; none is one of everyday news, and one at least is in no list of words
    or is attested as a name.
    """
    end = at
    while end < min(len(tokens), at + 4) and end not in taken and _fills(tokens[end], first=end == at):
        end += 1
    while end > at + 2 and is_everyday(tokens[end - 1].text) and later_name_count(tokens[end - 1].folded) < LIKELY:
        end -= 1
    words = tokens[at:end]
    if len(words) < 2 or not ends_there(tokens, end - 1):
        return 0
    odd = any(not is_everyday(token.text) or first_name_count(token.folded) > 0 for token in words[:1])
    late = any(not is_everyday(token.text) or later_name_count(token.folded) > 0 for token in words[1:])
    unknown = (
        not is_everyday(words[0].text) and len(words[0].folded) > 3
    )  # what follows a word that nobody knows is its name
    return end - 1 if odd and (late or unknown) else 0


def _fills(token: Token, *, first: bool) -> bool:
    """Say whether a word may stand in the place of a name: no word of everyday news, no role, no verb of the present."""
    folded = token.folded
    if not token.is_word or len(folded) < 2 or cue_of(folded) or role_head(token) or nationality(folded):
        return False
    if any(folded in word_set(name) for name in (*NO_FAMILY, "everyday_words.txt")):
        return False
    if token.text.startswith(("وال", "بال", "لل", "ال") if first else ("وال", "بال", "لل")) or token.text[-1] == "ً":
        return False
    if first_name_count(folded) + later_name_count(folded) >= LIKELY:
        return True
    if folded[0] in "وبلفك" and folded[1:] in word_set("everyday_words.txt"):
        return False
    if folded[0] in "بل" and is_everyday(token.text[1:]) and not is_everyday(token.text):
        return False
    return not (folded[0] in "يستن" and is_everyday(token.text)) and not (
        token.text.endswith("اً") or token.text.endswith("ًا")
    )


def is_land_adjective(tokens: Sentence, at: int) -> bool:
    """Say whether a word is an adjective of a country between a role and a first name: "الرئيس الزمرداني فلان"."""
    if not at or at + 1 >= len(tokens):
        return False
    folded = tokens[at].folded
    if not folded.startswith("ال") or not folded.endswith(("ي", "يه")) or later_name_count(folded) >= ATTESTED:
        return False
    before = strip_clitics(tokens[at - 1].folded)
    definite = before.startswith("ال") or before.endswith(("ه", "ها", "هم")) or nationality(before) != ""
    if not definite or first_name_count(tokens[at + 1].folded) < 1:
        return False
    return bool(role_head(tokens[at - 1])) or bool(roles_before(tokens, at, ()))
