"""Statements: words that the text attributes to a speaker, with the chain through which they came.

Reporting verbs with their subject and report, participles that carry a subject on, and sources behind prepositions. Words in
marks are direct; the reported clause around them is a statement of its own, unless the marks hold all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tawatur.model import Claim, Name, Statement, StatementKind
from tawatur.understand.altered import altered
from tawatur.understand.cast import Cast, Speaker
from tawatur.understand.chains import told_to
from tawatur.understand.cues import COMMAS, LEAST_MARKED, Found, cues
from tawatur.understand.names import word_set
from tawatur.understand.people import Draft
from tawatur.understand.reading import Reading
from tawatur.understand.reporting import Tier
from tawatur.understand.reports import Report, report_of, withheld
from tawatur.understand.sourced import with_cue, with_source
from tawatur.understand.sources import sources
from tawatur.understand.speakers import subject
from tawatur.understand.subjects import led_in, speaker_of
from tawatur.understand.units import Unit, units
from tawatur.understand.wording import is_all_marked, is_person, marked_in, opens_marked, span_of, statement

_LONGEST_OCCASION = 7  # words of "وفي تغريدة أخرى له"
LONGEST_SUBJECT = 9  # words behind a verb in which its subject is named
LEAST_BEFORE = 3  # words in which an occasion can be told of before a reporting word
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
        here = _of_unit(unit, cast)
        cast.silent = None if here else unit
        direct = any(one.kind is StatementKind.DIRECT for one in here)
        cast.quoting = (direct and _ends_quoted(unit)) or (len(unit) > 0 and unit.tokens[-1].text == ":")
        found.extend(here)
    return tuple(sorted(found, key=lambda statement: (statement.span.start, -statement.span.end)))


def _ends_quoted(unit: Unit) -> bool:
    """Say whether a unit ends with a quotation, a full stop apart."""
    return any(number >= 0 for number in unit.quotes[-2:])


def _of_unit(unit: Unit, cast: Cast) -> list[Statement]:
    in_order = cues(unit, cast.name_starts)
    named = sources(unit, cast)
    talk = Talk()
    for number, cue in enumerate(in_order):
        if not any(source.at <= cue.at < source.end for source in named):
            _take(unit, cue, _limit(unit, in_order, number), cast, talk)
    found = talk.found
    for source in named:
        found = with_source(unit, source, cast, found)
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
        speaker = _with_chain(unit, cue, report, limit, speaker, cast, first=not talk.told)
    if teller is None and not cue.relative:
        cast.spoke(speaker)
    answers = report is None and cue.clitic and not cue.cue.participle  # "…، ليرد المذيع قائلا"
    if (teller is None and not cue.relative) or (speaker.person and cue.cue.tier is Tier.STRONG) or answers:
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
    return [altered(one, claim=claim, negated=cue.negated or report is not None) for one in found]


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


def _with_chain(
    unit: Unit, cue: Found, report: Report | None, limit: int, speaker: Speaker, cast: Cast, *, first: bool
) -> Speaker:
    """Return the speaker with the chain through which the words came: stated here, or still that of the words before."""
    if speaker.via:
        cast.through(speaker.name, speaker.via)
        return speaker
    stated = _stated(unit, cue, report, limit, cast, first=first)
    if stated is not None:
        stated = tuple(medium for medium in stated if medium not in speaker.name)  # "تقرير لمجلة كذا"
        cast.through(speaker.name, stated)
        return altered(speaker, via=stated)
    if unit.tokens[0].folded in EARLIER:
        return speaker
    last = cast.past[-1] if cast.past else None
    via = cast.chains.get(speaker.name, ())
    if not via and last and last.name == speaker.name:
        via = last.via
    return altered(speaker, via=via)


def _stated(
    unit: Unit, cue: Found, report: Report | None, limit: int, cast: Cast, *, first: bool
) -> tuple[str, ...] | None:
    """Return the medium that stands behind the reporting word, or before it where the unit opens with an occasion.

    ``first``: nobody has spoken in the unit yet ("ودافعت في مقابلة مع القناة عن …، كما أكدت أن").
    """
    end = report.start if report else limit
    behind = told_to(unit, cue.at + 1, end, cast)
    if (
        behind
        or cue.at < LEAST_BEFORE
        or not (first or unit.tokens[0].folded.removeprefix("و").startswith(("في", "خلال")))
    ):
        return behind
    before = told_to(unit, 0, cue.at, cast)
    return behind if before is None else before


# --- Verbs and participles ---------------------------------------------------------------------------------------------


def _reported(
    unit: Unit, cue: Found, report: Report | None, limit: int, speaker: Speaker, cast: Cast
) -> list[Statement]:
    via = speaker.via
    if report is None:
        marked = [*marked_in(unit, cue.at + 1, limit)] or _said_before(unit, cue, speaker, cast)
        return [_direct(unit, at, speaker, via, cue, cast) for at in marked]
    behind = report.end + 1 if unit.tokens[report.end - 1].text not in "،,؛" else report.end
    goes_on = behind < min(limit, len(unit)) and unit.opens_quote(behind)
    marked = list(marked_in(unit, report.start, unit.end_of_quote(behind) if goes_on else report.end))
    marked = [at for at in marked if not is_person(unit, at, cast)]
    found = [_direct(unit, at, speaker, via, cue, cast) for at in marked]
    if not is_all_marked(unit, report, marked) and not opens_marked(unit, report, marked):
        span = span_of(unit, report.start, report.end, cast.text)
        found.insert(0, statement(StatementKind.INDIRECT, span, speaker, via, cue, cast))
    return found


def _said_before(unit: Unit, cue: Found, speaker: Speaker, cast: Cast) -> list[int]:
    """Return the first token of the marked words right before a verb whose subject stands behind it: "«…»، يقول فلان"."""
    last = cue.at - 2 if cue.at and unit.tokens[cue.at - 1].text in COMMAS else cue.at - 1
    if last < 0 or unit.quotes[last] < 0 or cue.clitic or cue.relative or cue.cue.tier is not Tier.STRONG:
        return []
    first = next(at for at in range(last, -1, -1) if unit.opens_quote(at))
    behind = unit.tokens[cue.at + 1 : cue.at + LONGEST_SUBJECT]
    named = cast.named_in(behind[0].start, behind[-1].end) if behind and speaker.person else None
    said = named is not None and cast.name_of(named[0]) == speaker.name
    return [first] if said and unit.words_in_quote(first) >= LEAST_MARKED else []


def _direct(unit: Unit, at: int, speaker: Speaker, via: tuple[str, ...], cue: Found, cast: Cast) -> Statement:
    return statement(StatementKind.DIRECT, unit.spans[unit.quotes[at]], speaker, via, cue, cast)


# --- Without a reporting word ------------------------------------------------------------------------------------------


def _without_cue(unit: Unit, cast: Cast) -> list[Statement]:
    """Return a quotation behind a name and a colon ("فلان: «…»"), or one that carries a paragraph on."""
    for at in range(len(unit)):
        if not unit.opens_quote(at) or unit.words_in_quote(at) < LEAST_MARKED:
            continue
        if at and unit.tokens[at - 1].text == ":":
            speaker = _announced(unit, at - 1, cast)
        else:
            carries = at == 0 and cast.quoting and unit.opens_paragraph and unit.end_of_quote(0) >= len(unit) - 1
            speaker = cast.last() if carries else None
        if speaker:
            span = unit.spans[unit.quotes[at]]
            return [with_cue(statement(StatementKind.DIRECT, span, speaker, (), None, cast), ":")]
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
