"""Statements of sources behind prepositions, and sources that only pass on what was said."""

from __future__ import annotations

from dataclasses import replace

from tawatur.model import Statement, StatementKind
from tawatur.understand.cast import Cast
from tawatur.understand.chains import is_own
from tawatur.understand.clauses import end_of_clause
from tawatur.understand.names import word_set
from tawatur.understand.reporting import cue_of
from tawatur.understand.reports import Report
from tawatur.understand.sources import Source, report_behind, speaker_is_medium
from tawatur.understand.speakers import can_say
from tawatur.understand.tokens import tokenize
from tawatur.understand.units import Unit
from tawatur.understand.wording import is_all_marked, marked_in, span_of, statement

_NEAR_INSIDE = 60  # characters from the start of what a medium passes on to what somebody says in it
LONGEST_BETWEEN = 8  # words between such a source and what is said: "عبر صفحتها الرسمية، إن"
LEAST_GAP = 4  # words between the last statement and a source that are the source's own
_QUOTING = ("نقلا", "ونقلا")
_GAP_LINKS = ("فيما", "بينما", "وقد", "كما", "وذلك", "في", "حين")


def with_source(unit: Unit, source: Source, cast: Cast, found: list[Statement]) -> list[Statement]:
    """Add what a source says, or the source to the chain of a statement that it follows."""
    start = unit.tokens[source.at].start
    nearest = [s for s in found if s.span.end <= start]
    if source.opens:
        return _by_opening(unit, source, cast, found)
    later = [s for s in found if s.span.start > start]
    if later and unit.tokens[source.at].folded.startswith("نقلا"):
        return [_instead(s, source) if s in later else s for s in found]
    if nearest:
        last = max(s.span.end for s in nearest)
        gap = _gap(unit, last, source.at)
        if source.at - gap >= LEAST_GAP:
            return found + _by_source(unit, (gap, source.at), source, cast)
        near = [s for s in nearest if s.span.end >= last - 1]
        passes = source.media or source.speaker.person or can_say(tokenize(source.speaker.name)[0])
        itself = is_own(source.speaker.name, cast.own) or any(source.speaker.name == s.speaker for s in near)
        if gap < source.at or itself or not passes:
            return found
        if cast.past:
            cast.past[-1] = replace(cast.past[-1], via=(*cast.past[-1].via, source.speaker.name))
        passed = [_through(s, source) if s in near else s for s in found]
        for one in passed:
            if one.span.end >= last - 1 and source.media:
                cast.through(one.speaker, one.via)
        return passed
    if later and _is_inside(unit, source, later[0]):
        cast.through(later[0].speaker, _through(later[0], source).via)
        return [_through(s, source) if s.speaker == later[0].speaker and s in later else s for s in found]
    begin, end = _begin(unit, source.at), source.at
    if source.end < len(unit) and unit.tokens[source.end].folded in word_set("object_prepositions.txt"):
        end = end_of_clause(
            unit, source.end
        )  # "تعمل الآلة بحسب الشركة عن طريق …": it stands in the middle of its words
    if source.at - begin < 3:
        return found
    cast.spoke(source.speaker)
    return found + _by_source(unit, (begin, end), source, cast)


def _by_opening(unit: Unit, source: Source, cast: Cast, found: list[Statement]) -> list[Statement]:
    """Add what a source says with which a unit opens, or the source to the chain of what follows."""
    behind = report_behind(unit, source)
    start = unit.tokens[behind[0]].start if behind else len(cast.text)
    inside = [s for s in found if s.span.start >= start]
    if inside and not source.media and unit.tokens[source.at].folded in _QUOTING:
        cast.through(inside[0].speaker, inside[0].via)
        return [_from(s, source) if s in inside else s for s in found]
    if source.media and inside and inside[0].span.start - start < _NEAR_INSIDE:
        cast.through(inside[0].speaker, (*inside[0].via, source.speaker.name))
        return [_through(s, source) if s in inside and s.speaker == inside[0].speaker else s for s in found]
    if not behind:
        if source.media and cast.past:  # "…». حسب ما أوردت الوكالة."
            cast.through(cast.past[-1].name, (source.speaker.name,))
        return found
    cast.spoke(source.speaker)
    return found + _by_source(unit, behind, source, cast)


def _gap(unit: Unit, last: int, end: int) -> int:
    """Return the first token behind an offset that is no comma and no link; ``end`` where nothing stands before that token."""
    at = next((at for at in range(end) if unit.tokens[at].start >= last), end)
    while at < end and (not unit.tokens[at].is_word or unit.tokens[at].folded in _GAP_LINKS):
        at += 1
    return at


def _is_inside(unit: Unit, source: Source, statement: Statement) -> bool:
    """Say whether a source stands between a verb and what it reports: "أفاد فلان، حسب ما ذكرته مصادر، أنه …"."""
    at = next((at for at in range(source.end, len(unit)) if unit.tokens[at].start >= statement.span.start), 0)
    if not at or at - source.end > LONGEST_BETWEEN or not (unit.tokens[at - 1].text == ":" or unit.complements(at - 1)):
        return False
    apart = any(unit.tokens[n].text in ".؟!؛" or cue_of(unit.tokens[n].folded) for n in range(source.end, at))
    return not apart and any(cue_of(unit.tokens[n].folded) for n in range(source.at))


def _through(statement: Statement, source: Source) -> Statement:
    if source.speaker.name in statement.via:
        return statement
    return replace(statement, via=(*statement.via, source.speaker.name))


def _from(statement: Statement, source: Source) -> Statement:
    """Return a statement that a medium has from a source: "ونقلا عن مصدر، أكدت الصحيفة أن"."""
    if speaker_is_medium(statement.speaker):
        return _instead(statement, source)
    return replace(statement, via=(source.speaker.name, *statement.via))


def _instead(statement: Statement, source: Source) -> Statement:
    """Return a statement that its speaker only passes on: "قالت البعثة، نقلا عن فلان، إن"."""
    return replace(statement, speaker=source.speaker.name, via=(statement.speaker,))


def _begin(unit: Unit, end: int) -> int:
    """Return where the clause before a source starts: behind ", وقد" or ", كما", or behind the dateline "دبي (CNN) -- "."""
    for at in range(end - 4, 2, -1):
        if unit.tokens[at - 1].text in "،؛" and unit.tokens[at].folded in ("وقد", "كما", "فيما", "بينما", "وهي", "وهو"):
            return at + 1
    for at in range(min(14, len(unit) - 2)):
        if unit.tokens[at].text == ")" and unit.tokens[at + 1].text in "-–—":
            while unit.tokens[at + 1].text in "-–—" and at + 2 < len(unit):
                at += 1
            return at + 1
    return 0


def _by_source(unit: Unit, stretch: tuple[int, int], source: Source, cast: Cast) -> list[Statement]:
    start, end = stretch
    while end > start and unit.tokens[end - 1].text in "،,.":
        end -= 1
    if end - start < 3:
        return []
    marked = list(marked_in(unit, start, end))
    cue = statement(
        StatementKind.INDIRECT, span_of(unit, start, end, cast.text), source.speaker, source.speaker.via, None, cast
    )
    word = unit.tokens[source.at].text
    found = [] if is_all_marked(unit, Report(start, start, end), marked) else [cue]
    found += [
        statement(StatementKind.DIRECT, unit.spans[unit.quotes[at]], source.speaker, source.speaker.via, None, cast)
        for at in marked
    ]
    return [with_cue(statement, word) for statement in found]


def with_cue(statement: Statement, word: str) -> Statement:
    """Return a statement with the word that says whose it is."""
    return replace(statement, cue=word)
