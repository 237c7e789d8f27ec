"""Where people are named: stretches of tokens, without the clitics that are written onto the first."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tawatur.model import Span
from tawatur.understand.families import is_family_of, is_land_adjective, may_be_family
from tawatur.understand.features import is_common, is_everyday, strip_clitics
from tawatur.understand.names import first_name_count, is_name_unit, later_name_count, nationality, place, word_set
from tawatur.understand.reading import Reading
from tawatur.understand.reporting import cue_of
from tawatur.understand.roles import is_plain_role, role_head, roles_before
from tawatur.understand.tagger import PERSON
from tawatur.understand.tokens import Sentence, Token

_CLITICS = "وفبلك"
_FUTURE = re.compile("[وف]?س[يتن]...")  # a verb of the future: "وسيشارك"
SURE, LIKELY = (
    20,
    3,
)  # how often an everyday word must be attested as a later name, where a name is not due and where it is
# Particles that open a name of two words; "عبد الله" and "عبدالله" are one unit.
_JOINED = ("عبد", "ابو", "ابي", "ابا", "بن", "ابن", "ال", "بنت", "ام")


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of a person: sentence, first and last token (inclusive), span, and folded units of the name."""

    sentence: int
    first: int
    last: int
    span: Span
    units: tuple[str, ...]
    tagged: bool = True


def tagged_mentions(reading: Reading) -> list[Mention]:
    """Return the people that the tagger sees, in order."""
    found: list[Mention] = []
    for at, (tokens, tags) in enumerate(zip(reading.sentences, reading.tags, strict=True)):
        for first, last in _joined([(tag.first, tag.last) for tag in tags if tag.kind == PERSON]):
            for start, end in _split(tokens, first, _completed(tokens, first, last)):
                mention = _trimmed(at, tokens, start, end)
                if mention:
                    found.append(mention)
    return found


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that touch: two names never follow each other without a comma or a conjunction."""
    found: list[tuple[int, int]] = []
    for first, last in stretches:
        if found and found[-1][1] == first - 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _split(tokens: Sentence, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch before "و" with a first name: "فلان وفلان" are two people."""
    start = first
    for at in range(first + 1, last + 1):
        folded = tokens[at].folded
        if folded[0] == "و" and first_name_count(folded[1:]) >= LIKELY > first_name_count(folded):
            yield start, at - 1
            start = at
    yield start, last


def _completed(tokens: Sentence, first: int, last: int) -> int:
    """Return the last token of a stretch that stops behind a first name, with the unknown word that follows."""
    if last + 1 >= len(tokens):
        return last
    follows = tokens[last + 1]
    if last == first + 1 and tokens[first].folded in word_set("family_first.txt"):
        return last + 1 if follows.is_word and len(follows.folded) <= 4 and not _ends_name(follows) else last
    if first < last and not (last == first + 1 and is_land_adjective(tokens, first)):
        return last
    if not first_name_count(tokens[last].folded) or is_plain_role(tokens[last]):
        return last
    due = bool(roles_before(tokens, last, ())) or is_land_adjective(tokens, last - 1)
    if can_follow(follows, least=LIKELY if due else SURE) or is_family_of(tokens, last, due=due):
        return last + 1
    return last


def can_follow(token: Token, *, least: int) -> bool:
    """Say whether a word can be a later name: none of everyday use, unless attested ``least`` times as a later name."""
    folded = token.folded
    if not token.is_word or len(folded) < 3 or cue_of(folded) or role_head(token):
        return False
    if folded in word_set("role_barriers.txt") or folded in word_set("subject_stops.txt"):
        return False
    if nationality(folded) or place(folded):  # "الكندي" is a family too, where a name is due
        return least <= LIKELY <= later_name_count(folded) and folded.startswith("ال")
    attested = later_name_count(folded)
    return attested >= least or (attested >= LIKELY and not is_common(token.text)) or not is_everyday(token.text)


def _ends_name(token: Token) -> bool:
    return token.folded in word_set("role_barriers.txt") or cue_of(token.folded) is not None


def _trimmed(at: int, tokens: Sentence, first: int, last: int) -> Mention | None:
    while first <= last and (_opens_no_name(tokens[first]) or (first < last and is_land_adjective(tokens, first))):
        first += 1
    while first < last and _is_plain(tokens[first]) and is_name_unit(tokens[first + 1].folded):
        first += 1
    last = _before_clitic(tokens, first, last)
    while last >= first and (not tokens[last].is_word or (last > first and _is_verb_like(tokens[last]))):
        last -= 1
    if first > last or _is_no_name(tokens, first, last):
        return None
    return mention_of(at, tokens, first, last)


def _before_clitic(tokens: Sentence, first: int, last: int) -> int:
    """Return the last token of a stretch before a word with a preposition: "فلان لوكالة كذا" is "فلان"."""
    for at in range(first + 1, last + 1):
        folded, text = tokens[at].folded, tokens[at].text
        if len(folded) < 5 or folded[0] not in "لب" or is_name_unit(folded):
            continue
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
    return is_common(token.text) and not first_name_count(token.folded) and token.folded not in _JOINED


def _is_verb_like(token: Token) -> bool:
    """Say whether a word behind a name starts a new clause ("فاحتفظ", "صباح الجمعة")."""
    folded = token.folded
    if folded in word_set("role_barriers.txt") and later_name_count(folded) < SURE:
        return True
    return folded[0] in "وف" and not is_name_unit(folded) and len(folded) > 4 and is_everyday(token.text[1:])


def _is_no_name(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether a tagged stretch is a place, a label, or everyday words."""
    words = [token.folded for token in tokens[first : last + 1]]
    whole = " ".join(words)
    if words[0] in ("ال", "وال") and tokens[first].text.endswith("آل"):
        return True  # a family
    if whole in word_set("people_not.txt") or (last > first and place(whole)):
        return True
    if first and strip_clitics(tokens[first - 1].folded).removeprefix("ال") in word_set("organization_heads.txt"):
        return True
    common = [is_common(token.text) and not first_name_count(token.folded) for token in tokens[first : last + 1]]
    return all(common) or (words[0] == "باسم" and first > 0 and bool(role_head(tokens[first - 1])))


def _opens_no_name(token: Token) -> bool:
    heads = word_set("role_heads.txt")
    folded = token.folded
    if _FUTURE.match(folded) and not is_name_unit(folded):
        return True
    if folded in heads and folded not in word_set("role_heads_names.txt"):
        return True
    if not token.is_word or folded in word_set("courtesies.txt") or folded in word_set("titles.txt"):
        return True
    return (folded.startswith("ال") and folded[2:] in heads) or (bool(nationality(folded)) and folded.startswith("ال"))


def mention_of(
    at: int, tokens: Sentence, first: int, last: int, *, tagged: bool = True, cut: int | None = None
) -> Mention:
    """Return the mention of tokens ``first`` to ``last``; ``cut`` letters of the first are clitics (None: find out)."""
    if cut is None:
        cut = 1 if _has_clitic(tokens[first].folded) else 0
    span = Span(tokens[first].start + cut, tokens[last].end)
    words = [tokens[first].folded[cut:], *(token.folded for token in tokens[first + 1 : last + 1] if token.is_word)]
    return Mention(at, first, last, span, name_units(words), tagged)


def name_units(words: list[str]) -> tuple[str, ...]:
    """Return folded words as units of a name: what opens a unit ("عبد", "أبو", "آل") is written together with it."""
    units: list[str] = []
    opened = ""
    for word in words:
        if word in _JOINED:
            opened += word if word not in ("بن", "ابن", "بنت") else ""
            continue
        units.append(opened + word)
        opened = ""
    return tuple([*units, opened] if opened else units)


def _has_clitic(folded: str) -> bool:
    if folded[:1] not in _CLITICS or len(folded) < 4:
        return False
    bare, whole = _weight(folded[1:]), _weight(folded)
    return bare > 8 * whole and (folded[0] in "ولبف" or bare > 5)


def _weight(folded: str) -> int:
    return first_name_count(folded) + later_name_count(folded)


def recurring_mentions(reading: Reading, named: list[Mention]) -> list[Mention]:
    """Return the places where a name that the text gives in full stands again, or a part of it alone, untagged."""
    whole = {mention.units[0]: mention.units for mention in named if len(mention.units) > 1}
    parts = {unit for mention in named if len(mention.units) > 1 for unit in _telling(mention.units)}
    taken = {(m.sentence, token) for m in named for token in range(m.first, m.last + 1)}
    found = []
    for at, tokens in enumerate(reading.sentences):
        for where, token in enumerate(tokens):
            last = _end_of_whole(tokens, where, whole)
            if last and not any((at, near) in taken for near in range(where, last + 1)):
                found.append(mention_of(at, tokens, where, last, tagged=False, cut=_match(token.folded, whole)))
                taken.update((at, near) for near in range(where, last + 1))
                continue
            cut = _match(token.folded, parts)
            if cut is not None and (at, where) not in taken and _may_be_name(tokens, where, cut):
                found.append(mention_of(at, tokens, where, where, tagged=False, cut=cut))
    return found


def _end_of_whole(tokens: Sentence, where: int, whole: Mapping[str, tuple[str, ...]]) -> int:
    """Return the last token of a name that stands at a token as the text gives it in full elsewhere, or 0."""
    cut = _match(tokens[where].folded, whole)
    if cut is None:
        return 0
    units = whole[tokens[where].folded[cut:]]
    words = tuple(token.folded for token in tokens[where + 1 : where + len(units)])
    return where + len(units) - 1 if words == units[1:] else 0


def _telling(units: tuple[str, ...]) -> Iterator[str]:
    """Yield the units by which a person is called alone: the last name, and a first name that is rare."""
    yield units[-1]
    if first_name_count(units[0]) < 20:
        yield units[0]


def _match(folded: str, parts: Container[str]) -> int | None:
    if folded in parts:
        return 0
    return 1 if folded[:1] in _CLITICS and folded[1:] in parts else None


def _may_be_name(tokens: Sentence, where: int, cut: int) -> bool:
    token = tokens[where]
    bare = token.folded[cut:]
    if len(bare) < 3 or (place(bare) and later_name_count(bare) < 20):
        return False
    if not is_common(token.text[cut:]) or may_be_family(bare):
        return True
    before = tokens[where - 1] if where else None
    return before is not None and before.is_word and (cue_of(before.folded) is not None or _opens_no_name(before))
