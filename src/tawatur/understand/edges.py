"""Where a name starts and ends: what the tagger took too much of a text, or too little."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from tawatur.arabic.lexicon import lines
from tawatur.understand.families import is_family_of, is_land_adjective, may_be_family, slot_end
from tawatur.understand.features import is_common, is_everyday, strip_clitics
from tawatur.understand.mention import JOINED, Mention, mention_of
from tawatur.understand.names import (
    PACKAGE,
    first_name_count,
    is_name_unit,
    later_name_count,
    nationality,
    place,
    word_set,
)
from tawatur.understand.no_names import is_no_name
from tawatur.understand.reporting import cue_of
from tawatur.understand.role_phrases import is_owned_role
from tawatur.understand.roles import is_plain_role, role_head, roles_before
from tawatur.understand.tokens import Sentence, Token

#: How often an everyday word must be attested as a later name: where a name is not due, and where it is.
SURE, LIKELY = 20, 3
_GOES_ON = ("في", "علي", "باسم", "لدي", "عن")
_LONG = 6  # letters of a word with "ب" that is no name
_NAMED = 10  # how often a word of role must be attested as a later name to be one ("مغنية")
LONGEST = 7  # tokens of a name that is completed
_GOVERNED = 6  # tokens between a verb and the name behind its subject's role
_TOP, _FUTURE = "ال", ("سي", "ست", "سن", "وسي", "وست", "فسي", "فست")
_ENDINGS = ("ا", "ه", "ون", "ين", "ات", "وا", "هم", "ها")
_BEGINNINGS = ("ي", "ت", "س", "ن", "و", "ب", "ل", "ف", "ك", "م")


# --- Too much: several names, or words around a name -----------------------------------------------------------------


def parts_of(tokens: Sentence, first: int, last: int) -> Iterator[tuple[int, int, int | None]]:
    """Yield the stretches of a tagged stretch that may each be a name: cut at particles, roles and "و" with a name.

    With each goes how many letters of its first word are clitics, where that is known.
    """
    start, cut = first, None
    for at in range(first + 1, last + 1):
        parts = _parts(tokens[at]) or _is_inner_title(tokens, at, last) or _opens_role(tokens, at)
        if not parts and not _conjoins(tokens, at, last):
            continue
        if start < at:
            yield start, at - 1, cut
        start, cut = (at + 1, None) if parts else (at, 1)
    if start <= last:
        yield start, last, cut


def _opens_role(tokens: Sentence, at: int) -> bool:
    """Say whether a first name is a role all the same, by the word behind it: "دان أمين سر اللجنة"."""
    if tokens[at].folded not in word_set("role_heads_names.txt") or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].folded in word_set("role_heads_names_behind.txt")


def _is_inner_title(tokens: Sentence, at: int, last: int) -> bool:
    """Say whether a title stands between two names ("آل الشيخ" is none)."""
    if at == last or tokens[at].folded not in word_set("titles.txt"):
        return False
    return tokens[at - 1].folded not in JOINED


def _parts(token: Token) -> bool:
    """Say whether no name runs across a word: "علي تويتر" is the preposition, "ونائبه" a role."""
    folded = token.folded
    if token.text in exactly("names_by_spelling.txt"):
        return True
    if folded[0] == "و" and role_head(token) and is_plain_role(token) and not is_name_unit(folded):
        return True
    return is_particle(token) and folded != "علي" and later_name_count(folded) < SURE


def is_particle(token: Token) -> bool:
    """Say whether a word is one that no name and no role runs across; "فان" is a part of a name and "فإن" none."""
    return token.folded in word_set("role_barriers.txt") and token.text not in exactly("names_though_barriers.txt")


def _conjoins(tokens: Sentence, at: int, last: int) -> bool:
    """Say whether "و" opens another name at a token: "فلان وفلان" are two people."""
    folded = tokens[at].folded
    if folded[0] != "و" or len(folded) < 4 or first_name_count(folded) + later_name_count(folded) >= LIKELY:
        return False
    if tokens[at].text[1] in "أإآ" or (at < last and tokens[at].text[1] not in "ايو"):
        return True  # no foreign name starts so
    bare = first_name_count(folded[1:])
    return bare >= LIKELY or (bare > 0 and at < last) or (at < last and not is_everyday(tokens[at].text))


def trimmed(at: int, tokens: Sentence, first: int, last: int, cut: int | None = None) -> Mention | None:
    """Return the name in a tagged stretch of sentence number ``at``, or None where it names nobody.

    ``cut`` letters of the first word are clitics (None: find out).
    """
    start = first
    while first <= last and (
        opens_no_name(tokens[first])
        or (first < last and (is_land_adjective(tokens, first) or _opens_plainly(tokens, first, last)))
    ):
        first += 1
    while first < last and first and f"{tokens[first - 1].folded} {tokens[first].folded}" in word_set("people_not.txt"):
        first += 1  # "شركة فيس بوك فلان"
    while first < last and _is_plain(tokens[first]) and is_name_unit(tokens[first + 1].folded):
        if first == start and roles_before(tokens, first, ()):
            break  # "الرئيس رؤوفين فلان"
        first += 1
    last = _before_clitic(tokens, first, last)
    while last >= first and (not tokens[last].is_word or (last > first and _ends_before(tokens[last]))):
        last -= 1
    if last > first + 1 and (_is_announced(tokens, first, last) or _takes_preposition(tokens, last)):
        last -= 1
    if first > last or is_no_name(tokens, first, last):
        return None
    return mention_of(at, tokens, first, last, cut=cut if first == start else None)


def _is_announced(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether the last word of a stretch is what the named one announces, not a family: "أعلن فلان الفلاني الحداد"."""
    if tokens[last].folded not in word_set("announced.txt"):
        return False
    return any("علن" in token.folded for token in tokens[max(0, first - _GOVERNED) : first])


def _takes_preposition(tokens: Sentence, last: int) -> bool:
    """Say whether the last word of a stretch is a role that goes on: "فلان الفلاني مشرف في المطبخ"."""
    head = role_head(tokens[last])
    if not head or tokens[last].folded.startswith(_TOP) or head in word_set("role_heads_names.txt"):
        return False
    return last + 1 < len(tokens) and tokens[last + 1].folded in _GOES_ON


def _opens_plainly(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether a stretch starts with an everyday word: "دور فلان"; "وقوات فلان" where what is left is a name by itself."""
    folded = tokens[first].folded
    if folded in word_set("everyday_definite.txt") and first_name_count(folded) < LIKELY:
        return True
    if not is_plain_word(tokens[first]):
        return False
    return folded in word_set("everyday_words.txt") or last > first + 1 or is_name_unit(tokens[first + 1].folded)


def is_plain_word(token: Token) -> bool:
    """Say whether a word of everyday news opens no name: "دور فلان", "نظام فلان"."""
    folded = token.folded
    if not token.is_word or token.text in exactly("names_by_spelling.txt"):
        return True
    if folded[-1] == "ت" and len(folded) > 4 and not is_name_unit(folded) and is_everyday(token.text):
        return True  # "تمكنت"
    return is_news_word(folded) and first_name_count(folded) < SURE and folded not in JOINED


@lru_cache(maxsize=50_000)
def is_news_word(folded: str) -> bool:
    """Say whether a word, with or without "و" and "ف", is one of everyday news and no name."""
    words = word_set("everyday_words.txt")
    return folded in words or (folded[0] in "وف" and folded[1:] in words and not is_name_unit(folded))


def _before_clitic(tokens: Sentence, first: int, last: int) -> int:
    """Return the last token of a stretch before a word with a preposition: "فلان لوكالة كذا" is "فلان"."""
    for at in range(first + 1, last + 1):
        folded, text = tokens[at].folded, tokens[at].text
        if len(folded) < (4 if at == last and at > first + 1 else 5) or folded[0] not in "لب" or is_name_unit(folded):
            continue
        if folded[0] == "ب" and len(folded) > _LONG and is_common(text[1:]) and not is_common(text):
            return at - 1  # "فلان باستهزاء"
        if folded[1:] in _media_words() or (is_common(text[1:]) and (folded[0] == "ل" or at == last)):
            return at - 1
    return last


@cache
def _media_words() -> frozenset[str]:
    """Return the first words of media and other organisations."""
    names = word_set("organizations.txt") | word_set("media_heads.txt") | word_set("organization_heads.txt")
    return frozenset(name.split()[0] for name in names)


def _is_plain(token: Token) -> bool:
    """Say whether a word is of everyday use and never a first name ("نظام")."""
    return is_common(token.text) and not first_name_count(token.folded) and token.folded not in JOINED


def _ends_before(token: Token) -> bool:
    """Say whether a word at the end of a stretch starts a new clause ("فاحتفظ", "صباح الجمعة")."""
    folded = token.folded
    if folded in word_set("clause_openers.txt") or (is_particle(token) and later_name_count(folded) < SURE):
        return True
    rare = later_name_count(folded) < SURE and first_name_count(folded) < SURE
    if rare and (
        is_news_word(folded)
        or folded.startswith("وال")
        or (folded[0] == "ي" and len(folded) < 6 and is_common(token.text))
    ):
        return True
    if folded.startswith("في") and not is_common(token.text):
        return False  # "فيدمان"
    return folded[0] in "وف" and not is_name_unit(folded) and len(folded) > 4 and is_everyday(token.text[1:])


@cache
def exactly(name: str) -> frozenset[str]:
    """Return the entries of a data file of this package as they are spelled."""
    return frozenset(lines(PACKAGE, name))


def _is_future(text: str) -> bool:
    """Say whether a word is a verb of the future ("سيلتقي") and no foreign name ("سيرخيو")."""
    return is_everyday(text.lstrip("وف").removeprefix("س"))


def opens_no_name(token: Token) -> bool:
    """Say whether no name starts with a word: a title, a role, a courtesy, an adjective of a country, a verb of the future."""
    heads = word_set("role_heads.txt")
    folded = token.folded
    if folded.startswith(_FUTURE) and len(folded) > 5 and not is_name_unit(folded) and _is_future(token.text):
        return True
    if folded.startswith("لل") and not is_name_unit(folded):
        return True
    if folded in heads and folded not in word_set("role_heads_names.txt"):
        return True
    if folded in word_set("complementizers.txt") or (is_owned_role(folded) and not is_name_unit(folded)):
        return True
    courtesies = word_set("courtesies.txt")
    if not token.is_word or folded in courtesies or folded[1:] in courtesies:
        return True
    if strip_clitics(folded) in word_set("titles.txt"):
        return True
    return folded.startswith(_TOP) and (
        folded[2:] in heads or bool(nationality(folded)) or folded in word_set("role_words.txt")
    )


# --- Too little ----------------------------------------------------------------------------------------------------------


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
    if is_plain_role(tokens[last]):
        return last
    if _is_family_like_role(tokens, last):
        return last + 1
    if _is_said(tokens, last):
        return last + 1
    due = bool(roles_before(tokens, last, ())) or is_land_adjective(tokens, last - 1)
    if can_follow(follows, least=LIKELY if due else SURE) or is_family_of(tokens, last, due=due):
        return last + 1
    return last


def _is_said(tokens: Sentence, last: int) -> bool:
    """Say whether the word behind the first name of who says something closes the name: "قال كريس ويفر، وهو"."""
    cue = cue_of(tokens[last - 1].folded) if last else ()
    if not cue or cue[0].participle or not (_ends_at(tokens, last + 1) or ends_name(tokens[last + 2])):
        return False
    follows = tokens[last + 1]
    if not follows.is_word or is_news_word(follows.folded) or ends_name(follows) or role_head(follows):
        return False
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
    if nationality(folded) or place(folded):  # "الكندي" is a family too, where a name is due
        return least <= LIKELY <= later_name_count(folded) and folded.startswith(_TOP)
    if is_news_word(folded) and attested < (_NAMED if least <= LIKELY else SURE):
        return False
    return attested >= least or (attested >= LIKELY and not is_common(token.text)) or not is_everyday(token.text)


def ends_name(token: Token) -> bool:
    """Say whether no name runs across a word: a particle, a time word, a verb of saying."""
    return is_particle(token) or cue_of(token.folded) is not None
