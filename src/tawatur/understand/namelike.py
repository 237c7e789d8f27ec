"""People that the tagger does not see: a first name with a word that can follow it, where a name is due."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import REMEMBERED
from tawatur.understand.completion import can_follow
from tawatur.understand.edges import LIKELY, SURE
from tawatur.understand.families import WELL, called_unheard, foreign_end, is_family_of, slot_end
from tawatur.understand.features import is_common, is_everyday, strip_clitics
from tawatur.understand.mention import Mention, mention_of
from tawatur.understand.names import (
    first_name_count,
    later_name_count,
    nationality,
    place,
    word_set,
    word_sets,
)
from tawatur.understand.no_names import is_listed_as_none
from tawatur.understand.plain_words import is_plain
from tawatur.understand.reading import Reading
from tawatur.understand.reporting import Tier, cue_of
from tawatur.understand.role_words import head_of
from tawatur.understand.roles import COMMAS, is_plain_role, role_head, roles_after, roles_before
from tawatur.understand.tokens import Sentence
from tawatur.understand.traits import PERSON, may_be_family

LONGEST = 4
_LISTING = (")", ":", "،", ",")


def namelike_mentions(reading: Reading, known: Collection[Mention]) -> list[Mention]:
    """Return the people of the gazetteer that stand behind a role, a title or another name, or are sure by themselves."""
    taken: dict[int, set[int]] = {}
    for mention in known:
        taken.setdefault(mention.sentence, set()).update(range(mention.first, mention.last + 1))
    parts = {unit for mention in known for unit in mention.units}
    found: list[Mention] = []
    for number, tokens in enumerate(reading.sentences):
        here = taken.get(number, set()) | {token for token, near in enumerate(tokens) if near.folded in parts}
        for at in [at for at, token in enumerate(tokens) if token.traits & PERSON]:
            match = _name_at(tokens, at, here) if at not in here else None
            if match and not is_listed_as_none(tokens, at, match[0]):
                found.append(mention_of(number, tokens, at, match[0], cut=match[1]))
                here.update(range(at, match[0] + 1))
    return found


def _name_at(tokens: Sentence, at: int, taken: Collection[int]) -> tuple[int, int] | None:
    """Return (last token, letters of clitics) of a name that starts at a token."""
    if _is_no_first(tokens, at):
        return None
    if _is_titled_family(tokens, at):
        return at, 0
    coordinated = at > 0 and at - 1 in taken
    led = bool(roles_before(tokens, at, taken))
    for cut in (0, 1) if tokens[at].folded[:1] in "ولب" else (0,):
        count = first_name_count(tokens[at].folded[cut:])
        if last := _unlisted(tokens, at, cut, taken, led=led):
            return max(last, _last(tokens, at, taken, least=LIKELY)), cut
        if not cut and led and _stands_alone(tokens, at):
            return at, 0
        if _is_known(tokens, at, cut):
            return at, cut
        if len(tokens[at].folded) - cut < 3 or count < 3 or (cut and first_name_count(tokens[at].folded) >= 3):
            continue
        royal = led and not cut and _is_royal(tokens, at, taken)
        if (royal or _titled(tokens, at)) and not cut:
            last = _last(tokens, at, taken, least=LIKELY)
            return (last, cut) if last > at or count >= SURE or (royal and count >= LIKELY) else None
        due = (cut == 1 and (coordinated or _is_listed(tokens, at))) or (not cut and (led or _is_due(tokens, at)))
        last = _last(tokens, at, taken, least=LIKELY if due else SURE)
        if last == at:
            continue
        if due or _is_sure(tokens[at].text[cut:], count, tokens[last].folded):
            return last, cut
    return None


def _is_sure(first: str, count: int, last: str) -> bool:
    """Say whether a first name, attested ``count`` times, and the last one are a name wherever they stand."""
    if not is_common(first) and count >= 5 and later_name_count(last) >= LIKELY:
        return True
    if fold(first) in word_set("names_also_words.txt") or count < WELL:
        return False
    return later_name_count(last) >= SURE and (last not in word_set("everyday_definite.txt") or last.endswith("ري"))


def _unlisted(tokens: Sentence, at: int, cut: int, taken: Collection[int], *, led: bool) -> int:
    """Return the last token of a name with a part that no list knows, or 0. ``cut`` letters of the first are clitics.

    ``led``: a role stands before it.
    """
    folded = tokens[at].folded[cut:]
    if at + 1 >= len(tokens) or at + 1 in taken or len(folded) < 3 or folded.startswith("ال"):
        return 0
    count = first_name_count(folded)
    called = may_be_family(tokens[at + 1].folded) and bool(roles_after(tokens, at + 1, taken))
    due = called or _is_owner(tokens, at, cut) or (at - 1 in taken if cut else led or _is_due(tokens, at))
    heard = count > 0 if due else count >= SURE and (not cut or tokens[at].folded[0] == "و")
    if heard and not is_plain_role(tokens[at]) and is_family_of(tokens, at, cut=cut, due=due):
        return at + 1
    if not cut and count >= LIKELY and _is_due(tokens, at) and called_unheard(tokens, at, taken):
        return at + 1
    if cut or not (led or _is_of_country(tokens, at)):
        return 0
    if end := slot_end(tokens, at, taken):
        return end
    conjoined = folded[0] == "و" and first_name_count(folded[1:]) > 0
    if due and not conjoined and not is_everyday(tokens[at].text) and may_be_family(tokens[at + 1].folded):
        return at + 1
    return foreign_end(tokens, at, taken)


def _is_of_country(tokens: Sentence, at: int) -> bool:
    """Say whether an adjective of a country stands before a token that is used like a role ("الألماني فلان")."""
    if not at or not (nationality(tokens[at - 1].folded) and tokens[at - 1].folded.startswith("ال")):
        return False
    before = tokens[at - 2] if at > 1 else None
    return (
        before is None
        or not before.is_word
        or before.folded in word_set("role_barriers.txt")
        or bool(cue_of(before.folded))
    )


def _is_owner(tokens: Sentence, at: int, cut: int) -> bool:
    """Say whether a token stands behind what people have or what befalls them: "حكومة فلان", "خلفا لفلان"."""
    if not at or (cut and tokens[at].folded[0] != "ل"):
        return False
    before = tokens[at - 1].folded
    return before in word_set("owned_by_people.txt") or before[1:] in word_set("owned_by_people.txt")


def _is_due(tokens: Sentence, at: int) -> bool:
    """Say whether a name is to be expected at a token: behind a verb of saying, or behind "إن" before such a verb."""
    if _is_listed(tokens, at):
        return True
    before = tokens[at - 1].folded if at else ""
    cue = cue_of(before)
    if cue and cue[0].tier is Tier.STRONG and not cue[0].participle:
        return True
    return before in word_set("complementizers.txt") and any(cue_of(token.folded) for token in tokens[at + 2 : at + 4])


def _is_listed(tokens: Sentence, at: int) -> bool:
    """Say whether two words stand in a list whose names have something in brackets behind them: ") وفلان كذا (الأهلي)"."""
    if not at or at + 2 >= len(tokens) or tokens[at + 2].text != "(":
        return False
    return tokens[at - 1].text in _LISTING


def _is_no_first(tokens: Sentence, at: int) -> bool:
    """Say whether no name starts at a token though it might by itself: an everyday word, or a name behind a word for a place."""
    token = tokens[at]
    if token.folded == "باسم" and not _is_due(tokens, at):
        return True
    if is_plain(token.text, token.folded) and not (
        first_name_count(token.folded) >= LIKELY and (_titled(tokens, at) or _is_listed(tokens, at))
    ):
        return True
    if _is_common_definite(token.text, token.folded):
        return not _titled(tokens, at)
    before = at - 1
    while before > 0 and first_name_count(tokens[before].folded) >= SURE:
        before -= 1  # "شركة سعد إبراهيم الفلاني"
    return at > 0 and _holds_a_name(tokens[before].folded)


@lru_cache(maxsize=REMEMBERED)
def _holds_a_name(folded: str) -> bool:
    """Say whether a word opens a place or a body whose name follows: "مدينة كذا", "حزب كذا"."""
    if strip_clitics(folded) in word_set("place_heads.txt"):
        return True
    return folded in word_set("organization_heads.txt") and folded not in word_set("owned_by_people.txt")


@lru_cache(maxsize=REMEMBERED)
def _is_common_definite(text: str, folded: str) -> bool:
    return folded.startswith("ال") and is_common(text)


def _is_titled_family(tokens: Sentence, at: int) -> bool:
    """Say whether a family name stands alone behind a title or an adjective of a country: "الوزير فلان", "الرئيس التونسي فلان"."""
    folded = tokens[at].folded
    after = tokens[at + 1].folded if at + 1 < len(tokens) else ""
    adjective = after.startswith("ال") and (after.endswith(("ي", "يه")) or after in word_set("role_words.txt"))
    if not at or adjective or not may_be_family(folded):
        return False
    before = tokens[at - 1].folded
    if role_head(tokens[at - 1]) in word_set("role_heads_not_behind.txt") or _is_of_occasion(tokens, at - 1):
        return False
    if before in word_set("titles.txt") and before not in word_set("titles_alone.txt"):
        return later_name_count(folded) >= LIKELY or (folded.endswith("ي") and not folded.startswith("الم"))
    land = before.startswith("ال") and nationality(before) != "" and later_name_count(folded) >= LIKELY
    return land and bool(roles_before(tokens, at, ()))


def _is_known(tokens: Sentence, at: int, cut: int) -> bool:
    """Say whether a word is somebody whom everybody knows by one name, and no other word."""
    return tokens[at].folded[cut:] in word_set("known_alone.txt") and not is_everyday(tokens[at].text[cut:])


def _stands_alone(tokens: Sentence, at: int) -> bool:
    """Say whether one rare word stands between commas behind a role: "قال مدرب الفريق، تيتي، إن"."""
    token = tokens[at]
    if at + 1 >= len(tokens) or tokens[at - 1].text not in COMMAS or tokens[at + 1].text not in (*COMMAS, "("):
        return False
    found = place(token.folded)
    named = strip_clitics(tokens[at - 2].folded).removeprefix("ال") in word_set("place_heads.txt") if found else False
    return len(token.folded) > 2 and not is_everyday(token.text) and not named and (not found or found.kind == "city")


def _is_royal(tokens: Sentence, at: int, taken: Collection[int]) -> bool:
    """Say whether the role before a token is one whose bearers are called by one name: "الأمير", "ملكة زمردة"."""
    nearest = roles_before(tokens, at, taken)[-1][0]
    return f"ال{role_head(tokens[nearest])}" in word_set("titles_alone.txt")


def _is_of_occasion(tokens: Sentence, at: int) -> bool:
    """Say whether a word is no title but an adjective: "المؤتمر الصحفي السنوي"."""
    before = strip_clitics(tokens[at - 1].folded) if at else ""
    return before.startswith("ال") and before[2:] in word_sets("occasions.txt", "speech_occasions.txt")


def _titled(tokens: Sentence, at: int) -> bool:
    """Say whether a title, or a kinsman ("ابنها"), stands right before a token."""
    return at > 0 and _is_title(tokens[at - 1].text, tokens[at - 1].folded)


@lru_cache(maxsize=REMEMBERED)
def _is_title(text: str, folded: str) -> bool:
    if strip_clitics(folded) in word_set("titles.txt"):
        return True
    return head_of(text) in word_set("role_heads_kin.txt")


def _last(tokens: Sentence, first: int, taken: Collection[int], *, least: int) -> int:
    """Return the last token of the name that starts at a token: behind it words that can be later names."""
    last = first
    while (
        last + 1 < min(len(tokens), first + LONGEST)
        and last + 1 not in taken
        and can_follow(tokens[last + 1], least=least)
    ):
        last += 1
    return last
