"""Where a name starts and ends: what the tagger took too much of a text, several names or words around one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tawatur.understand.families import ends_there, is_land_adjective
from tawatur.understand.features import is_common, is_everyday, owned, strip_clitics
from tawatur.understand.mention import Mention, mention_of
from tawatur.understand.name_features import is_no_part
from tawatur.understand.names import (
    JOINED,
    exactly,
    first_name_count,
    is_name_unit,
    later_name_count,
    nationality,
    place,
    word_set,
    word_sets,
)
from tawatur.understand.no_names import is_no_name
from tawatur.understand.plain_words import is_news_word, is_plain
from tawatur.understand.role_phrases import is_owned_role
from tawatur.understand.roles import is_plain_role, role_head, roles_before
from tawatur.understand.tokens import Sentence, Token

#: How often an everyday word must be attested as a later name: where a name is not due, and where it is.
SURE, LIKELY = 20, 3
_GOES_ON = ("في", "علي", "باسم", "لدي", "عن")
_LONG = 6  # letters of a word with "ب" that is no name
_GOVERNED = 6  # tokens between a verb and the name behind its subject's role
_PAIR = 4  # letters of "و" with a name that may be a name with the letter ("وهبي")
_TOP, _FUTURE = "ال", ("سي", "ست", "سن", "وسي", "وست", "فسي", "فست")


def parts_of(tokens: Sentence, first: int, last: int) -> Iterator[tuple[int, int, int | None]]:
    """Yield the stretches of a tagged stretch that may each be a name: cut at particles, roles and "و" with a name.

    With each goes how many letters of its first word are clitics, where that is known.
    """
    start, cut = first, None
    for at in range(first + 1, last + 1):
        parts = _parts(tokens[at]) or _is_inner_title(tokens, at, last) or opens_role(tokens, at)
        if not parts and not _conjoins(tokens, start, at, last):
            continue
        if start < at:
            yield start, at - 1, cut
        start, cut = (at + 1, None) if parts else (at, 1)
    if start <= last:
        yield start, last, cut


def opens_role(tokens: Sentence, at: int) -> bool:
    """Say whether a first name is a role all the same, by the word behind it: "دان أمين سر اللجنة", "وليام دوق كامبريدج"."""
    if tokens[at].folded not in word_set("role_heads_names.txt") or at + 1 >= len(tokens):
        return False
    behind = tokens[at + 1].folded
    return behind in word_set("role_heads_names_behind.txt") or place(behind) is not None


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


def _conjoins(tokens: Sentence, start: int, at: int, last: int) -> bool:
    """Say whether "و" opens another name at a token: "فلان وفلان" are two people. The name before it starts at ``start``."""
    folded = tokens[at].folded
    if folded[0] != "و" or len(folded) < 4 or first_name_count(folded) + later_name_count(folded) >= LIKELY:
        return False
    whole = at < last or (at > start + 1 and len(folded) > _PAIR and not is_everyday(tokens[at].text))
    if tokens[at].text[1] in "أإآ" or (whole and tokens[at].text[1] not in "ايو"):
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
    while last >= first and (not tokens[last].is_word or (last > first and _is_left_out(tokens, first, last))):
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
    if not is_plain(tokens[first].text, tokens[first].folded):
        return False
    return folded in word_set("everyday_words.txt") or last > first + 1 or is_name_unit(tokens[first + 1].folded)


def _before_clitic(tokens: Sentence, first: int, last: int) -> int:
    """Return the last token of a stretch before a word with a preposition: "فلان لوكالة كذا" is "فلان"."""
    for at in range(first + 1, last + 1):
        folded, text = tokens[at].folded, tokens[at].text
        if (
            len(folded) < (4 if at == last and (at > first + 1 or tokens[first].folded.startswith(_TOP)) else 5)
            or folded[0] not in "لب"
            or is_name_unit(folded)
        ):
            continue
        long = len(folded) > _LONG or (len(folded) == _LONG and text[-1] == "ة")
        if folded[0] == "ب" and long and is_common(text[1:]) and not is_common(text):
            return at - 1  # "فلان باستهزاء"
        if folded[1:] in _media_words() or (is_common(text[1:]) and (folded[0] == "ل" or at == last)):
            return at - 1
    return last


@cache
def _media_words() -> frozenset[str]:
    """Return the first words of media and other organisations."""
    names = word_sets("organizations.txt", "media_heads.txt", "organization_heads.txt")
    return frozenset(name.split()[0] for name in names)


def _is_plain(token: Token) -> bool:
    """Say whether a word is of everyday use and never a first name ("نظام")."""
    return is_common(token.text) and not first_name_count(token.folded) and token.folded not in JOINED


def _is_left_out(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether the last word of a stretch is no part of its name: the start of a clause, or a thing and whose it is."""
    token, before = tokens[last], tokens[last - 1]
    if before.folded in JOINED and last > first + 1 and (before.folded != _TOP or before.text.endswith("آل")):
        return False  # "آل ثاني"
    if token.folded[0] == "ف" and last == first + 1 and ends_there(tokens, last):
        return False  # "نيجيل فاراج بعد"
    if token.folded.startswith("وي") and last + 1 < len(tokens) and role_head(tokens[last + 1]):
        return False  # "سارة ليا ويتسن مديرة كذا"
    if _ends_before(token):
        return True
    rare = later_name_count(token.folded) < SURE and first_name_count(token.folded) < SURE
    plain = last > first + 1 and is_no_part(token.folded) and not token.folded.startswith(_TOP)
    return rare and (plain or owned(token.text))


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
