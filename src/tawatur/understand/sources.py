"""Sources behind prepositions: "بحسب وسائل إعلام", "وفقا لما نقلته وكالة كذا", before or behind what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tawatur.arabic.fold import fold
from tawatur.understand.cast import Cast, Speaker
from tawatur.understand.chains import is_own
from tawatur.understand.clauses import end_of_clause
from tawatur.understand.cues import bare_forms, is_basis
from tawatur.understand.features import owned
from tawatur.understand.names import word_set, word_sets
from tawatur.understand.phrases import end_of_phrase, skip_openers
from tawatur.understand.reporting import Tier, cue_of
from tawatur.understand.speakers import subject
from tawatur.understand.tokens import Token
from tawatur.understand.units import Unit

_COMMAS = ("،", ",", "؛")
_TAKE_L = ("وفقا", "ووفقا", "طبقا", "وطبقا")
_LINKS = ("فان", "فقد", "ان", "فانه", "فانها", "انه", "انها", "قد")
_STRONG_LINKS = ("فان", "فقد", "فانه", "فانها")
LEAST_BEFORE = 4  # words of what "كما ذكر فلان" follows
LONGEST_SOURCE = 26  # words of a source with its relative clause
_REPORTS_OF_OTHERS = frozenset(
    ("نقلت", "نقل", "نقلته", "نقله", "اوردته", "اورده", "اوردت", "اورد", "نشرته", "نشرت", "نشره", "نشر")
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase: tokens ``at`` to ``end`` (exclusive), who it is, and whether it opens its unit."""

    at: int
    end: int
    speaker: Speaker
    opens: bool
    media: bool  # it only passes on what others say


def sources(unit: Unit, cast: Cast) -> list[Source]:
    """Return the source phrases of a unit outside quotations, in order."""
    found, words = [], word_set("source_words.txt")
    for at in [at for at, token in enumerate(unit.tokens[:-1]) if token.folded in words or token.folded == "كما"]:
        if unit.quotes[at] >= 0:
            continue
        source = _source(unit, at, cast) if unit.tokens[at].folded in words else _as_said(unit, at, cast)
        if source:
            found.append(source)
    return found


def _as_said(unit: Unit, at: int, cast: Cast) -> Source | None:
    """Return the source of "… ، كما ذكر خبراء" at the end of a sentence."""
    cue = cue_of(unit.tokens[at + 1].folded) if at > LEAST_BEFORE else None
    if cue is None or cue[0].tier is not Tier.STRONG or cue[0].participle:
        return None
    start = skip_openers(unit, at + 2, len(unit))
    end = end_of_phrase(unit, start, len(unit))
    behind = skip_openers(unit, end, len(unit))
    if end <= start or (behind < len(unit) and unit.tokens[behind].text not in (*_COMMAS, ".")):
        return None
    speaker = subject(unit, start, end, cast, feminine=cue[0].feminine)
    return Source(at, end, speaker, False, speaker_is_medium(speaker.name)) if speaker else None


def _source(unit: Unit, at: int, cast: Cast) -> Source | None:
    start = at + 1
    if unit.tokens[start].folded in ("عن", "علي"):
        start += 1
    if start >= len(unit):
        return None
    word = unit.tokens[start].folded
    media = False
    if word in ("ما", "لما") or unit.tokens[at].folded.endswith("سبما"):
        start += unit.tokens[at].folded.endswith("سبما") is False
        if start >= len(unit):
            return None
        media = unit.tokens[start].folded in _REPORTS_OF_OTHERS
        start += 1
    elif is_basis(word):
        return None
    elif _said_noun(word) and start + 1 < len(unit):
        start += 1
    return _named(unit, at, start, cast, media=media)


def _said_noun(word: str) -> bool:
    """Say whether whoever owns a word speaks: "حسب قول فلان"."""
    return word[:2] != "ال" and not bare_forms(word).isdisjoint(word_set("said_nouns.txt"))


def _named(unit: Unit, at: int, start: int, cast: Cast, *, media: bool) -> Source | None:
    """Return the source whose noun phrase starts at a token, with who it passes on: "عن الناشط فلان", "عنه"."""
    limit = len(unit)
    start = skip_openers(unit, start, limit)
    end = end_of_phrase(unit, start, limit)
    speaker = _without_preposition(unit, start, end, cast)
    said = start > at + 2 or cue_of(unit.tokens[start - 1].folded) is not None  # "حسب ما قال مكتبه"
    if not speaker or end <= start:
        return None
    if end == start + 1 and not speaker.person and not said and _is_manner(unit.tokens[start]):
        return None
    speaker, end = _relayed_in(unit, end, speaker, cast)
    by = unit.tokens[end].folded if end + 1 < limit else ""
    if by in word_set("issued_by.txt") or by in word_set("published_by.txt"):
        behind = skip_openers(unit, end + 1, limit)
        other = subject(unit, behind, limit, cast, feminine=False)
        if other and by in word_set("published_by.txt"):
            other = replace(speaker, via=(other.name,))
        return Source(at, end_of_phrase(unit, behind, limit), other or speaker, _opens(unit, at), False)
    media = media or speaker_is_medium(speaker.name)
    if media and _is_tool(unit, start):
        return None  # "وفق برنامج إلكتروني"
    whose = skip_openers(unit, end, limit) if media else limit  # "نقلته وكالة كذا، الثلاثاء، عن فلان"
    if whose < limit and unit.tokens[whose].folded == "عن":
        behind = skip_openers(unit, whose + 1, limit)
        other = subject(unit, behind, limit, cast, feminine=False)
        if other:
            between = () if is_own(speaker.name, cast.own) else (speaker.name,)
            told = Speaker(other.name, other.feminine, other.person, between)
            return Source(at, end_of_phrase(unit, behind, limit), told, _opens(unit, at), False)
    return Source(at, end, speaker, _opens(unit, at), media)


def _is_tool(unit: Unit, start: int) -> bool:
    """Say whether a word like "برنامج" is no medium: an indefinite word follows that is no name."""
    if start + 1 >= len(unit) or unit.tokens[start].folded.removeprefix("ل") not in ("برنامج", "محطه", "بوابه"):
        return False
    return not unit.marked_off(start + 1) and unit.tokens[start + 1].folded[:2] != "ال"


def _relayed_in(unit: Unit, end: int, speaker: Speaker, cast: Cast) -> tuple[Speaker, int]:
    """Return a source with who passed its words on, and where that ends: "حسب ما أفادت العائلة في بيان نقلته الوكالة"."""
    if (
        end + 3 >= len(unit)
        or unit.tokens[end].folded != "في"
        or unit.tokens[end + 1].folded not in word_set("occasions.txt")
    ):
        return speaker, end
    if unit.tokens[end + 2].folded not in word_set("published_by.txt"):
        return speaker, end
    teller = subject(unit, end + 3, len(unit), cast, feminine="ت" in unit.tokens[end + 2].folded[-3:])
    if not teller or speaker.via:
        return speaker, end
    return replace(speaker, via=(teller.name,)), end_of_phrase(unit, end + 3, len(unit))


def _is_manner(token: Token) -> bool:
    """Say whether a word with a pronoun is how somebody put it ("تعبيره"), not whose words they are ("مكتبه")."""
    bare = token.folded.removeprefix("ل")
    bodies = word_sets("organization_heads.txt", "role_heads.txt")
    return owned(token.text) and not any(
        bare.startswith(head) and len(bare) - len(head) < 3 for head in bodies if len(head) > 2
    )


def speaker_is_medium(name: str) -> bool:
    """Say whether a source is a medium, which passes on what somebody else says where that one is named."""
    words = fold(name).split()
    return words[0] in word_set("media_heads.txt") or " ".join(words).strip('"«»') in word_set("media_names.txt")


def _without_preposition(unit: Unit, start: int, end: int, cast: Cast) -> Speaker | None:
    """Return the subject of a noun phrase without the ل that is written onto it."""
    found = subject(unit, start, end, cast, feminine=False)
    if start >= end or (found and found.person):
        return found
    first, folded = unit.tokens[start], unit.tokens[start].folded
    if unit.tokens[start - 1].folded not in _TAKE_L or folded[0] != "ل":
        return replace(found, feminine=_is_feminine(found.name)) if found else None
    name = cast.text[first.start + 1 : unit.tokens[end - 1].end].lstrip("ـ")
    name = ("ا" + name) if folded[:2] == "لل" else name
    return Speaker(cast.fuller(name, first.start) or name, _is_feminine(name))


def _is_feminine(phrase: str) -> bool:
    """Say whether a noun phrase is feminine by the ending of its head."""
    head = phrase.split()[0]
    return head.endswith(("ة", "ات")) or fold(head).removeprefix("ال") in word_set("plurals.txt")


def _opens(unit: Unit, at: int) -> bool:
    return at <= 1


def report_behind(unit: Unit, source: Source) -> tuple[int, int] | None:
    """Return what an opening source says: from behind the phrase, its comma and فإن/فقد, to the end of the clause."""
    link = _link(unit, source.end)
    if link:
        return (link, end_of_clause(unit, link)) if link < len(unit) - 1 else None
    start = source.end
    while start < len(unit) and unit.quotes[start] < 0 and unit.tokens[start].text not in _COMMAS:
        if unit.tokens[start].folded in _LINKS:
            break
        start += 1
        if start > source.end + 12:
            return None
    while start < len(unit) and (unit.tokens[start].text in _COMMAS or unit.tokens[start].folded in _LINKS):
        start += 1
    return (start, end_of_clause(unit, start)) if start < len(unit) - 1 else None


def _link(unit: Unit, start: int) -> int:
    """Return the token behind the "فإن" or "فقد" that leads from an opening source to what it says, or 0."""
    for at in range(start, min(start + LONGEST_SOURCE, len(unit))):
        if unit.tokens[at].text in ".؟!:":
            return 0
        if unit.quotes[at] < 0 and unit.tokens[at].folded in _STRONG_LINKS:
            return at + 1
    return 0
