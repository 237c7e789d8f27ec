"""The grammar of a role phrase, read forward from its first word: "وزير الخارجية الأميركي", "شريك بارز في مؤسسة كذا".

A phrase is open while its last word calls for another ("وزير", "نائب رئيس", "بصحيفة") and closed behind a definite word, a place
or an adjective. What goes on with a closed phrase is an adjective, a preposition that the role takes, or "و" with a further
complement; another role word starts a phrase of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import REMEMBERED, rows
from tawatur.understand.features import is_common, is_everyday, owned, strip_clitics
from tawatur.understand.names import PACKAGE, nationality, place, word_set
from tawatur.understand.role_complements import is_indefinite_adjective, is_institution, is_of_land, is_of_somewhere
from tawatur.understand.role_words import OWN, head_of, is_plainly_role, role_word
from tawatur.understand.tokens import Sentence, Token
from tawatur.understand.traits import BARRIER, ROLE

Stretch = tuple[int, int]
LONGEST = 14  # tokens of a role phrase
_OPENING, _CLOSING = '"«“(', '"»”)'
_QUOTED = 6  # the most tokens between marks inside a role
_ALONE = ("باسم", "في", "وفي")


class Phrase(NamedTuple):
    """A role phrase: its first and last token, and whether its last word calls for another."""

    first: int
    last: int
    is_open: bool


class _Step(NamedTuple):
    at: int  # the token behind what was read
    is_open: bool


# --- Role words ----------------------------------------------------------------------------------------------------


def role_head(token: Token) -> str:
    """Return the role word of a token without clitics, article and tanwin ("وللرئيس" → "رئيس"), or ""."""
    return head_of(token.text) if token.traits & ROLE else ""


def is_plain_role(token: Token) -> bool:
    """Say whether a word is one of role and no first name as well ("ونظيره", but not "رائد")."""
    return is_plainly_role(token.folded)


@lru_cache(maxsize=REMEMBERED)
def is_owned_role(folded: str) -> bool:
    """Say whether a word is one of role with a pronoun ("هدافه", "مدربها")."""
    head, bare = role_word(folded), strip_clitics(folded)
    return bool(head) and bare != head and bare.endswith(OWN) and bare.startswith(head)


def clitics_of_head(folded: str) -> int:
    """Return how many letters of a role word are clitics that a phrase can do without ("بالزعيم": 1, "للزعيم": 0)."""
    heads = word_set("role_heads.txt")
    if folded[0] in "وفبك" and (
        folded[1:3] == "ال" or (folded[0] == "و" and folded not in heads and role_word(folded[1:]))
    ):
        return 1
    whole = folded in heads or folded.rstrip("ا") in heads
    return 1 if not whole and folded[0] in "ولبفك" and folded[1:].rstrip("ا") in heads else 0


def is_definite(token: Token) -> bool:
    """Say whether a role word has the article or a pronoun ("الوزير", "للوزير", "نظيره")."""
    bare = strip_clitics(token.folded)
    if bare.startswith(("ال", "وال")):
        return True
    head = role_word(token.folded)
    return (head.endswith(OWN) and not token.text.endswith("ة")) or (bool(head) and bare.endswith(OWN) and bare != head)


def is_barrier(token: Token) -> bool:
    """Say whether no role phrase runs across a token."""
    return bool(token.traits & BARRIER)


# --- A phrase --------------------------------------------------------------------------------------------------------


def phrase_at(tokens: Sentence, head: int, stop: int, taken: Collection[int] = ()) -> Phrase:
    """Return the role phrase whose first word stands at ``head``; it ends before token ``stop`` and before names (``taken``)."""
    stop = min(stop, head + LONGEST, len(tokens))
    ranked = _end_of_rank(tokens, head, stop)
    if ranked:
        return Phrase(head, ranked, is_open=False)
    definite = is_definite(tokens[head])
    step = _Step(head + 1, is_open=not definite)
    while step.at < stop and step.at not in taken:
        following = _step(tokens, step, head, stop, taken)
        if following is None:
            break
        step = following
    return Phrase(head, step.at - 1, step.is_open)


def _end_of_rank(tokens: Sentence, head: int, stop: int) -> int:
    """Return the last token of a rank with its additions ("الفريق أول الركن"), or 0."""
    if strip_clitics(tokens[head].folded) not in word_set("ranks.txt"):
        return 0
    end, tails = head, word_set("rank_tails.txt")
    while end + 1 < stop:
        two = " ".join(token.folded for token in tokens[end + 1 : end + 3])
        if end + 2 < stop and two in tails:
            end += 2
        elif tokens[end + 1].folded in tails:
            end += 1
        else:
            break
    return end if end > head or head + 1 == stop else 0


def _step(tokens: Sentence, step: _Step, head: int, stop: int, taken: Collection[int]) -> _Step | None:
    """Return the phrase with the next word or words, or None where it ends."""
    token = tokens[step.at]
    if token.text == "#":
        return _Step(step.at + 1, step.is_open)
    if token.text[0].isdigit() and step.is_open and step.at > head + 1:
        return _Step(step.at + 1, is_open=False)  # "موفد فرانس 24"
    if not token.is_word:
        return _marked(tokens, step, stop)
    if token.folded.startswith("باسم") and token.folded != "باسم" and owned(token.text):
        return _Step(step.at + 1, is_open=False)  # "المتحدث باسمها"
    if token.folded == "عام" and step.at == head + 1 and step.is_open:
        return _Step(step.at + 1, is_open=True)  # "مدير عام التعليم"
    if token.folded == "في" and role_head(tokens[head]) in word_set("peer_bodies.txt"):
        return None  # "الفريق" is a team here and no general
    if token.folded in _ALONE or token.folded in _prepositions().get(_governor(tokens, head, step.at), ()):
        return _behind_preposition(tokens, step.at, stop, taken)
    if is_barrier(token):
        return None
    if token.folded in word_set("name_never.txt"):
        return _Step(step.at + 1, is_open=False)  # "مدافع مانشستر سيتي"
    if token.folded.startswith("ال"):
        return None if not step.is_open and _starts_role(token) else _Step(step.at + 1, is_open=False)
    if is_indefinite_adjective(token.folded) and not (step.is_open and is_of_somewhere(tokens, step.at, stop)):
        return _Step(step.at + 1, is_open=False) if not is_definite(tokens[head]) else None
    return _clitic_step(tokens, step, head) or (_bare_step(tokens, step, stop) if step.is_open else None)


def _governor(tokens: Sentence, head: int, at: int) -> str:
    """Return the role word that takes a preposition: the word before it ("المقرب من"), or the first of the phrase."""
    before = tokens[at - 1].folded.removeprefix("ال")
    return before if before in _prepositions() else role_head(tokens[head])


def _marked(tokens: Sentence, step: _Step, stop: int) -> _Step | None:
    """Read a name in marks: "رئيس «المجلس الأعلى»", "مدير شركة (كذا)"."""
    if not step.is_open or tokens[step.at].text not in _OPENING:
        return None
    for close in range(step.at + 2, min(step.at + _QUOTED + 2, stop)):
        if tokens[close].text in _CLOSING:
            return _Step(close + 1, is_open=False)
    return None


def _behind_preposition(tokens: Sentence, at: int, stop: int, taken: Collection[int]) -> _Step | None:
    """Read a preposition with its word: "في مجلس", "عن المحافظين"; none where a time or an occasion follows."""
    if at + 1 >= stop:
        return None
    if at + 1 in taken:
        return _Step(_behind_name(at + 1, stop, taken), is_open=False) if tokens[at].folded == "باسم" else None
    after = tokens[at + 1]
    if tokens[at].folded == "باسم":
        return _Step(at + 1, is_open=True)
    if after.text in _OPENING:
        return _marked(tokens, _Step(at + 1, is_open=True), stop)
    if not after.is_word or is_barrier(after) or after.folded in word_set("occasions.txt"):
        return None
    if not is_everyday(after.text) and not place(after.folded) and not is_institution(after.folded):
        return _Step(at + 2, is_open=False)
    return _Step(at + 2, is_open=_calls_for_more(after))


def _behind_name(at: int, stop: int, taken: Collection[int]) -> int:
    """Return the token behind a name inside a role: "المتحدثة باسم فلانة"."""
    while at < stop and at in taken:
        at += 1
    return at


def _clitic_step(tokens: Sentence, step: _Step, head: int) -> _Step | None:
    """Read a word with a preposition or conjunction written onto it: "للأمم", "لشؤون", "بوزارة", "والتعاون"."""
    token = tokens[step.at]
    folded, bare = token.folded, token.folded[1:]
    if folded.startswith("لل"):
        return None if folded[2:] in _hearers() or owned(token.text) else _Step(step.at + 1, is_open=False)
    if folded.startswith("بال") and not role_word(bare) and not owned(token.text) and len(bare) > 4:
        return _Step(step.at + 1, is_open=False) if is_institution(bare) or not is_everyday(token.text[1:]) else None
    if folded[0] in "لب" and len(bare) > 2 and is_institution(bare):
        visiting = folded[0] == "ل" and place(bare) is not None and is_of_land(tokens[step.at - 1])
        if visiting and role_head(tokens[head]) in word_set("role_heads_visiting.txt"):
            return None  # "زيارة الوزير السعودي لإسبانيا"
        return _Step(step.at + 1, is_open=not bare.startswith("ال") and place(bare) is None)
    adjective = tokens[step.at - 1].folded in word_set("role_words.txt") or is_of_land(tokens[step.at - 1])
    if folded[0] == "ل" and adjective and len(bare) > 3 and is_common(token.text[1:]) and not owned(token.text):
        return _Step(step.at + 1, is_open=True)  # "المدير التنفيذي لسلسلة كذا"
    if folded[0] == "و" and not step.is_open and len(bare) > 2 and not role_word(bare):
        if bare.startswith("ال"):
            return _Step(step.at + 1, is_open=False)
        if is_institution(bare):
            return _Step(step.at + 1, is_open=place(bare) is None)
    return None


def _bare_step(tokens: Sentence, step: _Step, stop: int) -> _Step | None:
    """Read a word without the article where the phrase calls for one; behind a word that nobody knows only another such goes on."""
    token = tokens[step.at]
    if nationality(token.folded) or place(token.folded) or owned(token.text):
        return _Step(step.at + 1, is_open=False)
    if token.folded in word_set("organizations.txt"):
        return _Step(step.at + 1, is_open=False)
    if step.at + 1 < stop and place(f"{token.folded} {tokens[step.at + 1].folded}"):
        return _Step(step.at + 2, is_open=False)  # "مهاجم بوركينا فاسو"
    if token.folded[0] in "بلفكو" and not is_common(token.text) and is_everyday(token.text[1:]):
        return None
    if role_head(token) or is_everyday(token.text) or is_institution(token.folded):
        return _Step(step.at + 1, is_open=True)
    after = tokens[step.at + 1] if step.at + 1 < stop else None
    unknown = after is not None and after.is_word and not is_everyday(after.text) and not is_barrier(after)
    return _Step(step.at + 1, is_open=unknown)


def _starts_role(token: Token) -> bool:
    """Say whether a definite word opens a role of its own behind a closed phrase ("الدكتور", but not "السياسي")."""
    return bool(role_head(token)) and token.folded not in word_set("role_words.txt")


def _calls_for_more(token: Token) -> bool:
    if (
        token.folded in word_set("organizations.txt")
        or token.folded.startswith("ال")
        or place(token.folded)
        or nationality(token.folded)
    ):
        return False
    return not owned(token.text)


@cache
def _prepositions() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for head, *words in rows(PACKAGE, "role_prepositions.tsv"):
        found[fold(head)] = frozenset(fold(word) for word in words)
    return found


@cache
def _hearers() -> frozenset[str]:
    """Those to whom something is said: "للصحفيين" is no part of a role."""
    return word_set("hearers.txt")


# --- Phrases one behind the other -------------------------------------------------------------------------------------


def chain_from(tokens: Sentence, head: int, stop: int, taken: Collection[int] = ()) -> list[Phrase]:
    """Return the role phrases that follow each other from ``head`` on without a comma: "رئيس المجلس عضو اللجنة الدكتور"."""
    found: list[Phrase] = []
    at = head
    while True:
        phrase = phrase_at(tokens, at, stop, taken)
        found.append(phrase)
        at = skip_courtesies(tokens, phrase.last + 1, stop)
        if at >= stop or at in taken or not role_head(tokens[at]):
            return found
        single = phrase.first == phrase.last
        if phrase.is_open and not (single and is_conjoined(tokens[at])):
            return found
        if is_conjoined(tokens[at]):
            if single:  # "الكاتب والصحفي السعودي" is one role
                joined = phrase_at(tokens, at, stop, taken)
                found[-1] = Phrase(phrase.first, joined.last, joined.is_open)
                at = skip_courtesies(tokens, joined.last + 1, stop)
                if at >= stop or at in taken or joined.is_open or not _follows(tokens[at]):
                    return found
        elif is_courteous(tokens, head) and phrase.last > phrase.first:
            continue  # "معالي المستشار بالديوان المشرف على المركز"
        elif not _follows(tokens[at]) and (is_definite(tokens[phrase.first]) or not role_head(tokens[at])):
            return found  # "الرئيس الأميركي الزعيم الكوري" are two men, "رئيسة اللجنة الناقدة" is one


def is_courteous(tokens: Sentence, head: int) -> bool:
    """Say whether a word of courtesy stands before a role: all roles that follow are of one person."""
    return head > 0 and strip_clitics(tokens[head - 1].folded) in word_set("courtesies.txt")


def is_conjoined(token: Token) -> bool:
    """Say whether "و" is written onto a role word ("ومدير", "ونظيره", but not "وزير")."""
    folded = token.folded
    return folded[0] == "و" and folded.rstrip("ا") not in word_set("role_heads.txt") and bool(role_word(folded[1:]))


def _follows(token: Token) -> bool:
    """Say whether a role word without "و" may start the next role of one person: a title, or a word that calls for a complement."""
    if not role_head(token):
        return False
    return strip_clitics(token.folded) in word_set("titles.txt") or (
        not is_definite(token) and not is_conjoined(token) and not clitics_of_head(token.folded)
    )


def skip_courtesies(tokens: Sentence, at: int, stop: int) -> int:
    """Return the first token from ``at`` on that is no word of courtesy."""
    while at < stop and tokens[at].folded in word_set("courtesies.txt"):
        at += 1
    return at


def is_role(tokens: Sentence, phrase: Phrase) -> bool:
    """Say whether a phrase says enough: not "أحد" or "رجل" alone."""
    return phrase.last > phrase.first or tokens[phrase.first].folded not in word_set("role_heads_needy.txt")
