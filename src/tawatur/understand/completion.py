"""Where a name starts and ends: what the tagger took too little of a text."""

from __future__ import annotations

from tawatur.understand.edges import LIKELY, SURE, is_particle, opens_role
from tawatur.understand.families import is_family_of, is_land_adjective, slot_end
from tawatur.understand.features import is_common, is_everyday, owned
from tawatur.understand.names import (
    JOINED,
    exactly,
    first_name_count,
    is_name_unit,
    later_name_count,
    nationality,
    place,
    word_set,
)
from tawatur.understand.plain_words import is_news_word
from tawatur.understand.reporting import cue_of
from tawatur.understand.roles import is_plain_role, role_head, roles_before
from tawatur.understand.tokens import Sentence, Token
from tawatur.understand.traits import may_be_family

LONGEST = 7  # tokens of a name that is completed
_NAMED = 10  # how often a word of role must be attested as a later name to be one ("مغنية")
_TOP = "ال"
_THEIRS = ("ها", "هم", "هما", "هن")
_ENDINGS = ("ا", "ه", "ون", "ين", "ات", "وا", "هم", "ها")
_BEGINNINGS = ("ي", "ت", "س", "ن", "و", "ب", "ل", "ف", "ك", "م")


def completed(tokens: Sentence, first: int, last: int) -> tuple[int, int]:
    """Return a tagged stretch with the words of the name before and behind it that the tagger left out."""
    while first and last - first < LONGEST and _starts_before(tokens, first):
        first -= 1
    if last == first or (last == first + 1 and is_land_adjective(tokens, first)):
        return first, _second(tokens, first, last)
    if roles_before(tokens, first, ()):
        last = max(last, slot_end(tokens, first, ()))
    while last + 1 < len(tokens) and last - first + 1 < LONGEST and _goes_on(tokens, last):
        last += 1
    return first, last


def _starts_before(tokens: Sentence, first: int) -> bool:
    """Say whether the word before a stretch is a first name that belongs to it ("ثامر" before "ناصر محمد العطيش")."""
    folded = tokens[first - 1].folded
    if slot_end(tokens, first - 1, ()) and roles_before(tokens, first - 1, ()):
        return True
    spelled = tokens[first - 1].text in exactly("names_though_barriers.txt")  # "علي" and no "على"
    if spelled and roles_before(tokens, first - 1, ()):
        return True
    listed = first > 1 and tokens[first - 2].text == ")" and folded[0] == "و"
    if listed and first_name_count(folded[1:]) >= SURE:
        return True  # ") وعمر فلان (الأهلي)"
    if first_name_count(folded) < LIKELY:
        return False
    if first > 1 and tokens[first - 2].text == "،" and roles_before(tokens, first - 1, ()):
        return first_name_count(folded) >= SURE  # "المتحدث باسم التحالف، تركي الفلاني"
    if first_name_count(folded) < SURE or first_name_count(tokens[first].folded) < LIKELY:
        return False
    return not (is_plain_role(tokens[first - 1]) or folded in word_set("names_also_words.txt") or is_news_word(folded))


def _second(tokens: Sentence, first: int, last: int) -> int:
    """Return the last token of a stretch of one name, with the unknown word that follows."""
    if last + 1 >= len(tokens):
        return last
    follows = tokens[last + 1]
    if tokens[last].text.endswith("آل") and last > first:
        return last + 1 if follows.is_word else last
    folded = tokens[last].folded
    if not (first_name_count(folded) or (folded[0] == "و" and first_name_count(folded[1:]))):
        return last
    if is_plain_role(tokens[last]) or opens_role(tokens, last + 1):
        return last
    if _is_family_like_role(tokens, last):
        return last + 1
    if _is_said(tokens, last):
        return last + 1
    owner = last > 0 and tokens[last - 1].folded in word_set("owned_by_people.txt")
    due = owner or bool(roles_before(tokens, last, ())) or is_land_adjective(tokens, last - 1)
    if due and _closes(tokens, last + 1):
        return last + 1
    if can_follow(follows, least=LIKELY if due else SURE) or is_family_of(tokens, last, due=due):
        return last + 1
    return last


def _closes(tokens: Sentence, at: int) -> bool:
    """Say whether a word that is attested in names, though rarely, stands before a mark or a particle: "الرئيس جاكوب زوما على"."""
    token = tokens[at]
    heard = later_name_count(token.folded) or token.text.startswith("وو")  # "وورد" is no "و" with a word
    if not heard or ends_name(token) or is_news_word(token.folded) or role_head(token):
        return False
    return len(token.folded) > 3 and (
        _ends_at(tokens, at) or ends_name(tokens[at + 1]) or bool(role_head(tokens[at + 1]))
    )


def _is_said(tokens: Sentence, last: int) -> bool:
    """Say whether the word behind the first name of who says something closes the name: "قال كريس ويفر، وهو"."""
    cue = cue_of(tokens[last - 1].folded) if last else ()
    if not cue or cue[0].participle or not (_ends_at(tokens, last + 1) or ends_name(tokens[last + 2])):
        return False
    follows = tokens[last + 1]
    if not follows.is_word or is_news_word(follows.folded) or ends_name(follows) or role_head(follows):
        return False
    if later_name_count(follows.folded):
        return True
    if follows.folded.startswith((_TOP, "لل", "بال")) or follows.folded.endswith(_ENDINGS):
        return False
    return len(follows.folded) > 3


def _is_family_like_role(tokens: Sentence, last: int) -> bool:
    """Say whether the word behind a first name is a family name that is a word of role as well: "حسن الراهب", "سامي الكاتب"."""
    follows = tokens[last + 1]
    if not follows.folded.startswith(_TOP) or not role_head(follows) or follows.folded in word_set("titles.txt"):
        return False
    after = tokens[last + 2] if last + 2 < len(tokens) else None
    if after is not None and (after.folded.startswith(_TOP) or after.folded in ("في", "باسم", "علي")):
        return False  # the role goes on: "سامي الكاتب في صحيفة كذا"
    first = tokens[last].folded
    return first_name_count(first) >= SURE and first not in word_set("names_also_words.txt")


def _goes_on(tokens: Sentence, last: int) -> bool:
    """Say whether the word behind a name of two words or more is a further part of it."""
    token, after = tokens[last], tokens[last + 1]
    if not after.is_word or after.text[0].isascii():
        return False
    if token.folded in JOINED:
        return True
    if after.folded in JOINED and last + 2 < len(tokens) and (after.folded != _TOP or after.text.endswith("آل")):
        return tokens[last + 2].is_word and after.folded != "ام"
    if tokens[last - 1].folded in word_set("family_first.txt"):
        return len(after.folded) <= 4 and not ends_name(after)
    if may_be_family(after.folded):
        nisba = after.folded.endswith("ي") or later_name_count(after.folded) >= LIKELY
        return nisba or (_ends_at(tokens, last + 1) and not after.folded.endswith(_ENDINGS))
    return is_unheard(after) or (_ends_at(tokens, last + 1) and _is_odd(after))


def is_unheard(token: Token) -> bool:
    """Say whether a word can be nothing but a name: no list knows it as a word."""
    folded = token.folded
    if len(folded) < 3 or role_head(token) or ends_name(token) or nationality(folded) or place(folded):
        return False
    if folded.startswith((_TOP, "وال", "بال", "لل")) or is_everyday(token.text) or is_news_word(folded):
        return False
    if folded[0] in "وبلفكسيتن" and (
        is_everyday(token.text[1:]) or is_news_word(folded[1:]) or is_name_unit(folded[1:])
    ):
        return False
    return not (token.text[-1] in "اً" or folded.endswith(_ENDINGS) or folded[0] in "ويت")


def _is_odd(token: Token) -> bool:
    """Say whether a rare word without the endings of verbs and plurals may end a name ("صيرفي")."""
    folded = token.folded
    if len(folded) < 4 or role_head(token) or ends_name(token) or nationality(folded) or place(folded):
        return False
    if is_news_word(folded) or folded.startswith((_TOP, *_BEGINNINGS)) or folded.endswith(_ENDINGS):
        return False
    return (
        folded.endswith("ي")
        and folded not in word_set("role_words.txt")
        and "ال" + folded not in word_set("role_words.txt")
    )


def _ends_at(tokens: Sentence, last: int) -> bool:
    return last + 1 >= len(tokens) or not tokens[last + 1].is_word


def can_follow(token: Token, *, least: int) -> bool:
    """Say whether a word can be a later name: none of everyday use, unless attested ``least`` times as a later name."""
    folded = token.folded
    attested = later_name_count(folded)
    if not token.is_word or len(folded) < 3 or cue_of(folded) or (role_head(token) and attested < _NAMED):
        return False
    if is_particle(token) or folded in word_set("subject_stops.txt"):
        return False
    if attested < SURE and (owned(token.text) or token.text.endswith(_THEIRS)):
        return False
    if nationality(folded) or place(folded):  # "الكندي" is a family too, where a name is due
        return least <= LIKELY <= later_name_count(folded) and folded.startswith(_TOP)
    if is_news_word(folded) and attested < (_NAMED if least <= LIKELY else SURE):
        return False
    return attested >= least or (attested >= LIKELY and not is_common(token.text)) or not is_everyday(token.text)


def ends_name(token: Token) -> bool:
    """Say whether no name runs across a word: a particle, a time word, a verb of saying."""
    return is_particle(token) or cue_of(token.folded) is not None
