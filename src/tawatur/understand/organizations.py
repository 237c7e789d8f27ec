"""Organisations: known names, head words with their complement ("وزارة الخارجية الأميركية"), and what the tagger sees.

Which of them are one organisation under several names is decided in ``organization_forms``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tawatur.model import Name, Span
from tawatur.understand import traits
from tawatur.understand.features import is_everyday, strip_clitics
from tawatur.understand.names import nationality, place, word_set
from tawatur.understand.organization_forms import under_one_name
from tawatur.understand.reading import Reading
from tawatur.understand.spans import overlaps
from tawatur.understand.tagger import ORGANIZATION, Tagged
from tawatur.understand.tokens import Sentence, Token
from tawatur.understand.traits import CLITICS, organization_head, organization_lengths

_LONGEST = 8
_OPEN, _CLOSE = '"«“', '"»”'


def find(reading: Reading, people: Collection[Span] = ()) -> tuple[Name, ...]:
    """Return the organisations of a text in the order of their first naming, none across the naming of a person."""
    found: list[Span] = []
    for tokens, tags in zip(reading.sentences, reading.tags, strict=True):
        found.extend(span for span in _of_sentence(tokens, tags) if not overlaps(span, people))
    return under_one_name(reading, found, people)


def _of_sentence(tokens: Sentence, tags: tuple[Tagged, ...]) -> list[Span]:
    found: list[Span] = []
    tagged = [tag for tag in tags if tag.kind == ORGANIZATION]
    at = 0
    while at < len(tokens):
        match = organization_at(tokens, at) if tokens[at].traits & traits.ORGANIZATION else None
        match = match or (_tagged_at(tokens, tagged, at) if tagged else None)
        if match:
            last, cut = match
            found.append(Span(tokens[at].start + cut, tokens[last].end))
            at = last + 1
        else:
            at += 1
    return found


def organization_at(tokens: Sentence, at: int) -> tuple[int, int] | None:
    """Return (last token, letters of clitics) of the organisation whose name starts at a token, or None."""
    if not tokens[at].traits & traits.ORGANIZATION:
        return None
    found = [match for match in (_known(tokens, at), _headed(tokens, at)) if match]
    return max(
        found, key=lambda match: match[0], default=None
    )  # "مجلس الوزراء" is listed, "مجلس الوزراء الأردني" is longer


def _known(tokens: Sentence, at: int) -> tuple[int, int] | None:
    """Return the longest name of the list that starts at a token, with or without a clitic on its first word."""
    folded = tokens[at].folded
    found = [match for cut in (0, 1) if (not cut or folded[:1] in CLITICS) and (match := _listed(tokens, at, cut))]
    return max(found, key=lambda match: (match[0], -match[1]), default=None)


def _listed(tokens: Sentence, at: int, cut: int) -> tuple[int, int] | None:
    first = tokens[at].folded[cut:]
    for length in organization_lengths().get(first, ()):
        words = [first, *(token.folded for token in tokens[at + 1 : at + length])]
        if len(words) == length and " ".join(words) in word_set("organizations.txt"):
            return at + length - 1, cut
    return None


def _headed(tokens: Sentence, at: int) -> tuple[int, int] | None:
    head = organization_head(tokens[at].folded)
    if head is None:
        return None
    cut, definite = head
    last = _end_of_complement(tokens, at, definite=definite)
    return (last, cut) if last > at else None


def _end_of_complement(tokens: Sentence, at: int, *, definite: bool) -> int:
    """Return the last token of a name that starts with a head word; the head itself where nothing fits."""
    last = at
    for where in range(at + 1, min(at + _LONGEST, len(tokens))):
        if where == at + 1 and tokens[where].text in _OPEN:
            return _end_of_quoted(tokens, where)
        if not (_fits_definite if definite else _fits)(tokens, where, nearest=where == at + 1):
            break
        last = where
    return last


def _end_of_quoted(tokens: Sentence, opened: int) -> int:
    for where in range(opened + 1, min(opened + 6, len(tokens))):
        if tokens[where].text in _CLOSE:
            return where + 1 if where + 1 < len(tokens) and _qualifies(tokens[where + 1].folded) else where
    return opened - 1


def _qualifies(folded: str) -> bool:
    """Say whether a word says more about a name in marks: "الأميركية", "الرياضية", "للإنتاج"."""
    return nationality(folded) != "" or folded.startswith("لل") or (folded.startswith("ال") and folded.endswith("يه"))


def _is_barrier(token: Token, *, nearest: bool) -> bool:
    """Say whether no name of an organisation runs across a word; a title belongs to one only right behind the head."""
    folded = token.folded
    if not token.is_word or folded in word_set("role_barriers.txt") or folded in word_set("organization_never.txt"):
        return True
    if not nearest and (folded in word_set("titles.txt") or folded in word_set("role_heads_definite.txt")):
        return True
    return folded.startswith("وال") and folded[3:] in word_set("role_heads.txt")


def _fits(tokens: Sentence, at: int, *, nearest: bool) -> bool:
    """Say whether a word goes on with a name behind a head without article: "وزارة" "الشباب" "والرياضة" "المصرية"."""
    token = tokens[at]
    folded = token.folded
    if _is_barrier(token, nearest=nearest):
        return False
    if folded.startswith(("ال", "لل", "وال")) or _is_link(tokens, at):
        return True
    if nationality(folded):  # "قوات أجنبية" is no name, "قوات الناتو الأجنبية" and "شركة كذا أوف أميركا" are
        return not nearest
    return nearest and (place(folded) is not None or _is_proper(tokens, at))


def _is_link(tokens: Sentence, at: int) -> bool:
    """Say whether a word ties a field of work to the name: "لحقوق الإنسان", "لشؤون اللاجئين"."""
    follows = tokens[at + 1].folded if at + 1 < len(tokens) else ""
    return tokens[at].folded in word_set("organization_links.txt") and follows.startswith("ال")


def _is_proper(tokens: Sentence, at: int) -> bool:
    """Say whether a word behind a head of the media or of companies is a name: "صحيفة لوباريزيان", "موقع إنسايدر"."""
    head = strip_clitics(tokens[at - 1].folded)
    bare = head[1:] if head[:1] in CLITICS and head not in word_set("named_heads.txt") else head
    return bare in word_set("named_heads.txt") and not is_everyday(tokens[at].text)


def _fits_definite(tokens: Sentence, at: int, *, nearest: bool) -> bool:
    """Say whether a word goes on with a name behind a head with article: "الهيئة" "العامة" "للشباب" "والرياضة"."""
    folded = tokens[at].folded
    if _is_barrier(tokens[at], nearest=nearest):
        return False
    if nationality(folded):
        return True
    if nearest:
        return folded in word_set("organization_adjectives.txt")
    if folded.startswith("وال"):
        return tokens[at - 1].folded.startswith("لل")
    return folded.startswith("لل") or _is_link(tokens, at) or folded in word_set("organization_adjectives.txt")


def _tagged_at(tokens: Sentence, tagged: Sequence[Tagged], at: int) -> tuple[int, int] | None:
    """Return the tagger's organisation at a token: two words or more, or one in marks that is no everyday word."""
    for tag in tagged:
        if not tag.first <= at <= tag.last or tokens[at].folded.startswith("لل"):
            continue
        if at != tag.first and not (at == tag.first + 1 and _is_verb_before(tokens[tag.first])):
            continue
        if at == tag.first and _is_verb_before(tokens[at]):
            return None
        if not all(token.is_word for token in tokens[at : tag.last + 1]):
            continue
        if at < tag.last or _stands_alone(tokens, at):
            return tag.last, 0
    return None


def _is_verb_before(token: Token) -> bool:
    """Say whether the tagger took a verb with "و" or "ف" into a name: "وفاز"."""
    return token.folded[0] in "وف" and len(token.folded) > 3 and is_everyday(token.text[1:])


def _stands_alone(tokens: Sentence, at: int) -> bool:
    """Say whether a single word is a name by itself: in marks, and neither an everyday word nor a place."""
    if not 0 < at < len(tokens) - 1 or tokens[at - 1].text not in _OPEN or tokens[at + 1].text not in _CLOSE:
        return False
    return not is_everyday(tokens[at].text) and place(tokens[at].folded) is None
