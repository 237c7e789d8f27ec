"""Statements: words that the text attributes to a speaker, with the chain through which they came.

Reporting verbs with their subject and report, participles that carry a subject on, and sources behind prepositions. Words in
marks are direct; the reported clause around them is a statement of its own, unless the marks hold all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tawatur.model import Claim, Name, Span, Statement, StatementKind
from tawatur.understand.cast import Cast, Speaker
from tawatur.understand.chains import is_own, told_to
from tawatur.understand.names import word_set
from tawatur.understand.people import Draft
from tawatur.understand.reading import Reading
from tawatur.understand.reporting import Tier
from tawatur.understand.reports import LEAST_MARKED, Found, Report, cues, report_of, withheld
from tawatur.understand.sources import Source, report_behind, sources
from tawatur.understand.speakers import can_say, subject
from tawatur.understand.subjects import led_in, speaker_of
from tawatur.understand.tokens import tokenize
from tawatur.understand.units import Unit, units

_NEAR_INSIDE = 60  # characters from the start of what a medium passes on to what somebody says in it
LEAST_GAP = 4  # words between the last statement and a source that are the source's own
_GAP_LINKS = ("فيما", "بينما", "وقد", "كما", "وذلك", "في", "حين")
_LONGEST_OCCASION = 7  # words of "وفي تغريدة أخرى له"
EARLIER = ("كان", "كانت", "وكان", "وكانت", "سبق", "وسبق")  # what was said before another occasion


def find(
    reading: Reading, people: Sequence[Draft], organizations: Sequence[Name] = (), own: Sequence[str] = ()
) -> tuple[Statement, ...]:
    """Return the statements of a text in order; a reported clause comes before the marked words inside it.

    ``own``: what the outlet calls itself, folded (``chains.own_names``).
    """
    cast = Cast(reading.text, people, organizations, own=own)
    found: list[Statement] = []
    for unit in units(reading):
        found.extend(_of_unit(unit, cast))
    return tuple(sorted(found, key=lambda statement: (statement.span.start, -statement.span.end)))


def _of_unit(unit: Unit, cast: Cast) -> list[Statement]:
    in_order = cues(unit, cast.name_starts)
    named = sources(unit, cast)
    talk = Talk()
    for number, cue in enumerate(in_order):
        if not any(source.at <= cue.at < source.end for source in named):
            _take(unit, cue, _limit(unit, in_order, number), cast, talk)
    found = talk.found
    for source in named:
        found = _with_source(unit, source, cast, found)
    return found or _without_cue(unit, cast)


@dataclass
class Talk:
    """What a unit has said so far: statements, who is its speaker, and who reports which stretch of tokens."""

    found: list[Statement] = field(default_factory=list)
    main: Speaker | None = None
    told: list[tuple[int, int, Speaker]] = field(default_factory=list)

    def teller(self, at: int) -> Speaker | None:
        """Return who reports the clause that a token stands in."""
        return next((speaker for start, end, speaker in reversed(self.told) if start <= at < end), None)


def _take(unit: Unit, cue: Found, limit: int, cast: Cast, talk: Talk) -> None:
    """Add what a reporting word reports, and remember who speaks."""
    report = report_of(unit, cue, limit)
    speaker = speaker_of(unit, cue, report, limit, cast, talk.main)
    if speaker is None:
        return
    teller = talk.teller(cue.at)
    if teller and teller.name == speaker.name and any(start == cue.at for start, _, _ in talk.told):
        return  # "قالت السلطات إنها تعتقد أن …" is one statement
    if teller and teller.name != speaker.name:
        speaker = replace(speaker, via=(*speaker.via, teller.name, *teller.via))
    else:
        speaker = _with_chain(unit, cue, report, limit, speaker, cast)
    if teller is None and not cue.relative:
        cast.spoke(speaker)
    if (teller is None and not cue.relative) or (cue.cue.tier is Tier.STRONG and speaker.person):
        talk.main = speaker  # a participle goes on with whoever is told of: "قال المتحدث إن الرئيس أكد …، مشيرا"
    if report:
        talk.told.append((report.start, report.end, speaker))
    acts = cue.cue.claim in (Claim.PROMISED, Claim.THREATENED)
    told = report and teller and teller.name != speaker.name and not acts
    if told and led_in(unit, cue, cast):
        _pass_on(talk, unit.tokens[cue.at].start, speaker)
    new = _claimed(unit, cue, limit, _reported(unit, cue, report, limit, speaker, cast))
    spans = {statement.span for statement in new}  # the nearer reporting word knows who said it
    talk.found = [old for old in talk.found if old.span not in spans] + new


def _claimed(unit: Unit, cue: Found, limit: int, found: list[Statement]) -> list[Statement]:
    """Give statements what the speaker claims with them: denied, not denied, not confirmed."""
    report, claim = withheld(unit, cue, limit) if cue.cue.claim is Claim.REFUSED else (None, cue.cue.claim)
    return [replace(one, claim=claim, negated=cue.negated or report is not None) for one in found]


def _pass_on(talk: Talk, at: int, speaker: Speaker) -> None:
    """Give the clause around an offset to whom it tells of: "قال المتحدث إن الرئيس أكد …" are the president's words."""
    talk.found = [
        replace(old, speaker=speaker.name, via=speaker.via) if old.span.start <= at < old.span.end else old
        for old in talk.found
    ]


def _limit(unit: Unit, in_order: Sequence[Found], number: int) -> int:
    """Return the token where the reach of a reporting word ends: the next one that is not in a relative clause."""
    for later in in_order[number + 1 :]:
        if not later.relative:
            return later.at
    return len(unit)


def _with_chain(unit: Unit, cue: Found, report: Report | None, limit: int, speaker: Speaker, cast: Cast) -> Speaker:
    """Return the speaker with the chain through which the words came: stated here, or still that of the words before."""
    if speaker.via:
        cast.through(speaker.name, speaker.via)
        return speaker
    stated = _stated(unit, cue, report, limit, cast)
    if stated is not None:
        stated = tuple(medium for medium in stated if medium != speaker.name)
        cast.through(speaker.name, stated)
        return replace(speaker, via=stated)
    if unit.tokens[0].folded in EARLIER:
        return speaker
    last = cast.past[-1] if cast.past else None
    via = cast.chains.get(speaker.name, ())
    if not via and last and last.name == speaker.name:
        via = last.via
    return replace(speaker, via=via)


def _stated(unit: Unit, cue: Found, report: Report | None, limit: int, cast: Cast) -> tuple[str, ...] | None:
    """Return the medium that stands behind the reporting word, or before it where the unit opens with an occasion."""
    end = report.start if report else limit
    behind = told_to(unit, cue.at + 1, end, cast)
    if behind or not unit.tokens[0].folded.removeprefix("و").startswith(("في", "خلال")):
        return behind
    before = told_to(unit, 0, cue.at, cast)
    return behind if before is None else before


# --- Verbs and participles ---------------------------------------------------------------------------------------------


def _reported(
    unit: Unit, cue: Found, report: Report | None, limit: int, speaker: Speaker, cast: Cast
) -> list[Statement]:
    via = speaker.via
    if report is None:
        start, end = cue.at + 1, limit
        return [_direct(unit, at, speaker, via, cue, cast) for at in _marked(unit, start, end)]
    behind = report.end + 1 if unit.tokens[report.end - 1].text not in "،,؛" else report.end
    goes_on = behind < min(limit, len(unit)) and unit.opens_quote(behind)
    marked = list(_marked(unit, report.start, unit.end_of_quote(behind) if goes_on else report.end))
    found = [_direct(unit, at, speaker, via, cue, cast) for at in marked]
    if not _is_all_marked(unit, report, marked) and not _opens_marked(unit, report, marked):
        span = _span(unit, report.start, report.end, cast.text)
        found.insert(0, _statement(StatementKind.INDIRECT, span, speaker, via, cue, cast))
    return found


def _marked(unit: Unit, start: int, end: int) -> Iterable[int]:
    """Yield the first tokens of the quotations between two tokens that hold somebody's wording."""
    at = start
    while at < min(end, len(unit)):
        if unit.quotes[at] >= 0:
            behind = unit.end_of_quote(at)
            if unit.words_in_quote(at) >= (1 if at == start and _said(unit, at) else LEAST_MARKED):
                yield at
            at = behind
        else:
            at += 1


def _said(unit: Unit, at: int) -> bool:
    return at > 0 and unit.tokens[at - 1].text == ":"


def _is_all_marked(unit: Unit, report: Report, marked: Sequence[int]) -> bool:
    """Say whether a report is one quotation and nothing else."""
    if len(marked) != 1 or marked[0] > report.start:
        return False
    return unit.end_of_quote(marked[0]) >= report.end - 2


def _opens_marked(unit: Unit, report: Report, marked: Sequence[int]) -> bool:
    """Say whether a report opens with a quotation behind no "إن": what follows it is the outlet's link to the next one."""
    return bool(marked) and marked[0] == report.start and report.start == report.subject_end


def _direct(unit: Unit, at: int, speaker: Speaker, via: tuple[str, ...], cue: Found, cast: Cast) -> Statement:
    return _statement(StatementKind.DIRECT, unit.spans[unit.quotes[at]], speaker, via, cue, cast)


def _statement(
    kind: StatementKind, span: Span, speaker: Speaker, via: tuple[str, ...], cue: Found | Source | None, cast: Cast
) -> Statement:
    return Statement(
        kind=kind,
        text=cast.text[span.start : span.end],
        speaker=speaker.name,
        via=via,
        cue=cue.cue.form if isinstance(cue, Found) else "",
        span=span,
    )


def _span(unit: Unit, start: int, end: int, text: str) -> Span:
    """Return the stretch of tokens, with the marks of quotations that it opens or closes."""
    first, last = unit.tokens[start].start, unit.tokens[end - 1].end
    if first and text[first - 1] in '"«“' and unit.quotes[start] >= 0:
        first -= 1
    if unit.quotes[end - 1] >= 0 and text[last : last + 1] in ('"', "»", "”"):
        last += 1
    return Span(first, last)


# --- Sources behind prepositions ---------------------------------------------------------------------------------------


def _with_source(unit: Unit, source: Source, cast: Cast, found: list[Statement]) -> list[Statement]:
    """Add what a source says, or the source to the chain of a statement that it follows."""
    start = unit.tokens[source.at].start
    nearest = [s for s in found if s.span.end <= start]
    if source.opens:
        behind = report_behind(unit, source)
        start = unit.tokens[behind[0]].start if behind else len(cast.text)
        inside = [s for s in found if s.span.start >= start]
        if source.media and inside and inside[0].span.start - start < _NEAR_INSIDE:
            return [_through(s, source) if s in inside and s.speaker == inside[0].speaker else s for s in found]
        cast.spoke(source.speaker)
        return found + (_by_source(unit, behind, source, cast) if behind else [])
    later = [s for s in found if s.span.start > start]
    if later and unit.tokens[source.at].folded.startswith("نقلا"):
        return [_instead(s, source) if s in later else s for s in found]
    if nearest:
        last = max(s.span.end for s in nearest)
        gap = _gap(unit, last, source.at)
        if source.at - gap >= LEAST_GAP:
            return found + _by_source(unit, (gap, source.at), source, cast)
        near = [s for s in nearest if s.span.end >= last - 1]
        passes = source.media or source.speaker.person or can_say(next(tokenize(source.speaker.name)))
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
    begin = _begin(unit, source.at)
    if source.at - begin < 3:
        return found
    cast.spoke(source.speaker)
    return found + _by_source(unit, (begin, source.at), source, cast)


def _gap(unit: Unit, last: int, end: int) -> int:
    """Return the first token behind an offset that is no comma and no link; ``end`` where nothing stands before that token."""
    at = next((at for at in range(end) if unit.tokens[at].start >= last), end)
    while at < end and (not unit.tokens[at].is_word or unit.tokens[at].folded in _GAP_LINKS):
        at += 1
    return at


def _through(statement: Statement, source: Source) -> Statement:
    return replace(statement, via=(*statement.via, source.speaker.name))


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
    marked = list(_marked(unit, start, end))
    cue = _statement(
        StatementKind.INDIRECT, _span(unit, start, end, cast.text), source.speaker, source.speaker.via, None, cast
    )
    word = unit.tokens[source.at].text
    found = [] if _is_all_marked(unit, Report(start, start, end), marked) else [cue]
    found += [
        _statement(StatementKind.DIRECT, unit.spans[unit.quotes[at]], source.speaker, source.speaker.via, None, cast)
        for at in marked
    ]
    return [_with_cue(statement, word) for statement in found]


def _with_cue(statement: Statement, word: str) -> Statement:
    return replace(statement, cue=word)


# --- Without a reporting word ------------------------------------------------------------------------------------------


def _without_cue(unit: Unit, cast: Cast) -> list[Statement]:
    """Return a quotation behind a name and a colon ("فلان: «…»"), or one that carries a paragraph on."""
    for at in range(len(unit)):
        if not unit.opens_quote(at) or unit.words_in_quote(at) < LEAST_MARKED:
            continue
        if at and unit.tokens[at - 1].text == ":":
            speaker = _announced(unit, at - 1, cast)
        else:
            carries = at == 0 and unit.opens_paragraph and unit.end_of_quote(0) >= len(unit) - 1
            speaker = cast.last() if carries else None
        if speaker:
            span = unit.spans[unit.quotes[at]]
            return [_with_cue(_statement(StatementKind.DIRECT, span, speaker, (), None, cast), ":")]
    return []


def _announced(unit: Unit, colon: int, cast: Cast) -> Speaker | None:
    """Return who speaks behind a colon without a verb: "فلان: «…»", "وفي تغريدة أخرى: «…»", "أصدر المجلس بيانا: «…»"."""
    if not colon:
        return None
    named = cast.named_in(unit.tokens[0].start, unit.tokens[colon].start)
    if named:
        return Speaker(cast.name_of(named[0]), person=True)
    occasions = word_set("speech_occasions.txt")
    words = [token.folded for token in unit.tokens[:colon]]
    spoken = next((at for at, word in enumerate(words) if word.removesuffix("ا") in occasions), 0)
    if words[0] in ("في", "وفي") and spoken and colon < _LONGEST_OCCASION:
        return cast.last()
    return subject(unit, 1, spoken, cast, feminine=words[0].endswith("ت")) if spoken > 1 else None
