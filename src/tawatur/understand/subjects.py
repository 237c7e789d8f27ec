"""The subject of a reporting word: behind it, before it, or carried on from what was said before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tawatur.arabic.fold import fold
from tawatur.model import Claim
from tawatur.understand.cast import Cast, Speaker
from tawatur.understand.cues import LEAST_MARKED, Found, is_source, relatives
from tawatur.understand.names import place, word_set
from tawatur.understand.objects import subject_of, takes_object
from tawatur.understand.phrases import COMMAS, end_of_phrase, is_organization, skip_openers
from tawatur.understand.relays import OF_HIM, relayed
from tawatur.understand.reporting import Tier, cue_of
from tawatur.understand.reports import Report
from tawatur.understand.roles import role_head
from tawatur.understand.speakers import can_say, subject
from tawatur.understand.tokens import tokenize
from tawatur.understand.topics import agreeing, carried, opened, topic
from tawatur.understand.units import Unit

_COMMAS = ("،", ",", "؛", ":", ".")
LONGEST_BEFORE = 7
LONGEST_LED = 14
ASIDE = 4  # tokens of the shortest sentence up to its verb with an aside in commas
LONGEST_WAS = 9  # words between "كان" and the verb of its subject
_WAS = ("كان", "كانت", "وكان", "وكانت")


def speaker_of(
    unit: Unit, found: Found, report: Report | None, limit: int, cast: Cast, main: Speaker | None
) -> Speaker | None:
    """Return who speaks with a reporting word whose reach ends at token ``limit``, or None where nobody can be found.

    ``main`` is the last speaker of the unit outside relative and reported clauses.
    """
    if found.cue.participle:
        return _of_participle(unit, found, cast, main)
    if found.cue.tier is Tier.RELAY:
        return relayed(unit, found, report, cast, main)
    ahead = _led(unit, found, cast)
    if ahead:
        return ahead
    explicit = _behind(unit, found, report, cast)
    reports = report is not None or _reports_later(unit, found, limit)
    if explicit and (reports or explicit.person or is_organization(bare_head(explicit.name))):
        return explicit
    if not reports:
        before = _before(unit, found, cast, main)
        return before if before and before.person else None
    return _elsewhere(unit, found, cast, main)


def _of_participle(unit: Unit, found: Found, cast: Cast, main: Speaker | None) -> Speaker | None:
    """Return who speaks with a participle: who spoke before it, unless a body stands nearer that it agrees with."""
    other = _nearer(unit, found, cast) if main and found.cue.feminine and not main.feminine else None
    if other and main:
        return replace(other, via=(main.name, *main.via))
    going_on = main or agreeing(topic(unit, found.at, cast), found) or cast.last()
    return going_on or cast.body_before(unit.tokens[found.at].start, feminine=found.cue.feminine)


def _led(unit: Unit, found: Found, cast: Cast) -> Speaker | None:
    """Return who stands before a verb behind a word that leads to him: "كان", "إن", "سبق ل"."""
    behind_qad = found.at > 1 and unit.tokens[found.at - 1].folded == "قد"
    started = _started(unit, found, cast) if behind_qad else None
    return started or led_in(unit, found, cast) or _said_before(unit, found, cast)


def _behind(unit: Unit, found: Found, report: Report | None, cast: Cast) -> Speaker | None:
    """Return the subject behind a verb, unless it is a thing that the verb says something about."""
    before = unit.tokens[found.at - 1].folded
    governed = found.relative and before in word_set("relative_pronouns.txt")  # "التي أوردت الخبر"
    if governed and found.cue.tier is Tier.ACT:
        return None  # "العائلة التي شكرت محبيها على «…»": what stands behind is the object
    end = report.subject_end if report else min(found.at + 12, len(unit))
    start = _behind_in(unit, found)
    if (
        found.cue.claim is Claim.DEMANDED
        and start < len(unit)
        and unit.tokens[start].folded in word_set("addressed.txt")
    ):
        return None
    if takes_object(found.cue):
        start, end = subject_of(unit, found.cue, start, end, cast)
        if end == start:
            return None  # "ووصف القرار بأنه"
    explicit = subject(unit, start, end, cast, feminine=found.cue.feminine)
    inside = found.cue.present and found.at > 2 and not found.clitic  # "إن القرار يؤكد عناية …"
    doubtful = found.cue.about or governed or (report is not None and inside and _is_bare(unit, report))
    if explicit and doubtful and not explicit.person and not _says(explicit.name, cast):
        return None
    return explicit


def _elsewhere(unit: Unit, found: Found, cast: Cast, main: Speaker | None) -> Speaker | None:
    """Return who speaks with a verb that has a report and no subject behind it."""
    if (
        found.cue.form.startswith(("جاء", "ورد"))
        and found.at > 2
        and unit.tokens[found.at + 1].folded in ("فيه", "فيها")
    ):
        issuer = subject(unit, 1, found.at, cast, feminine=unit.tokens[0].folded.endswith("ت"))
        if issuer:
            return issuer  # "ونشرت الشركة بيانا جاء فيه أن"
    if found.cue.about:  # "الذي وصفه": what is before the verb is its object
        return main if found.relative else _before(unit, found, cast, main) or main
    if found.relative:
        return _before(unit, found, cast, main)
    return (
        _started(unit, found, cast)
        or _before(unit, found, cast, main)
        or (None if main else opened(unit, found, cast))
        or (
            None
            if _has_other_subject(unit, found)
            else carried(unit, found, cast, main) or agreeing(topic(unit, found.at, cast), found)
        )
    )


def _has_other_subject(unit: Unit, found: Found) -> bool:
    """Say whether a verb has its subject right before it, one that nobody knows: then nobody is carried to it."""
    if found.clitic or found.at < 2:
        return False
    before = unit.tokens[found.at - 1]
    if unit.tokens[0].folded.removeprefix("و") in word_set("object_prepositions.txt"):
        return False  # "وعن أسباب البحث قال"
    return before.folded[:2] == "ال" and before.is_word and _ends_before(unit, found.at - 2) is False


def _is_bare(unit: Unit, report: Report) -> bool:
    """Say whether a report is a noun behind its verb, without "أن", a colon or a mark."""
    before = unit.tokens[report.start - 1]
    return not (unit.complements(report.start - 1) or before.text == ":" or unit.quotes[report.start] >= 0)


def _says(name: str, cast: Cast) -> bool:
    """Say whether a phrase can be who says a noun: a body, a role, a place, or who spoke before."""
    first = tokenize(name)[0]
    return can_say(first) or any(speaker.name == name for speaker in cast.past)


def led_in(unit: Unit, found: Found, cast: Cast) -> Speaker | None:
    """Return the person between "إن" or "أن" and the verb: "إن فلان أبلغ ضيفه", "غير أن فلان، مدير كذا، يؤكد"."""
    start = _behind_complementizer(unit, found, cast.name_starts)
    if found.clitic or not start or start == found.at:
        return None
    first = unit.tokens[start]
    called = cast.called_at(first.start)
    named = cast.named_in(first.start, unit.tokens[found.at - 1].end)
    draft = called or (named[0] if named else None)
    if not draft or not (called or (named and named[1].start == first.start) or role_head(first)):
        return None
    return Speaker(cast.name_of(draft), found.cue.feminine, person=True)


def _behind_complementizer(unit: Unit, found: Found, names: Collection[int]) -> int:
    """Return the token behind the nearest "إن" before a verb, or 0; no other verb of reporting may stand between."""
    for at in range(found.at - 1, max(-1, found.at - LONGEST_LED), -1):
        token = unit.tokens[at]
        if token.folded in ("ان", "بان") and not (at + 1 == found.at and unit.tokens[at - 1].start in names):
            return at + 1  # right between a name and the verb it is part of the name: "مون جاي إن قال"
        if (
            unit.quotes[at] >= 0
            or token.text in ".؛:"
            or token.folded in ("لكن", "ولكن")
            or token.folded in relatives()
            or cue_of(token.folded)
        ):
            return 0
    return 0


def _behind_in(unit: Unit, found: Found) -> int:
    """Return where the subject starts: behind "في" for "جاء في"."""
    start = found.at + 1
    if found.cue.form.startswith(("جاء", "ورد")) and start < len(unit) and unit.tokens[start].folded == "في":
        return start + 1
    return start


def _goes_on(unit: Unit, limit: int) -> bool:
    """Say whether a participle goes on with the report: "رد فلان قائلا"."""
    cue = cue_of(unit.tokens[limit].folded) if limit < len(unit) else None
    if cue is None:
        return False
    if cue[0].tier is Tier.RELAY:
        return limit + 1 < len(unit) and unit.tokens[limit + 1].folded in OF_HIM
    return cue[0].participle


def _reports_later(unit: Unit, found: Found, limit: int) -> bool:
    """Say whether words follow though no clause does: in marks, behind a participle, or in the next paragraph."""
    return unit.tokens[-1].text == ":" or _has_wording(unit, found.at, limit) or _goes_on(unit, limit)


def _has_wording(unit: Unit, start: int, end: int) -> bool:
    """Say whether somebody's wording stands in marks between two tokens."""
    return any(unit.opens_quote(at) and unit.words_in_quote(at) >= LEAST_MARKED for at in range(start, end))


def bare_head(name: str) -> str:
    """Return the first word of a phrase, folded, without article."""
    return fold(name).split()[0].removeprefix("ال")


def _before(unit: Unit, found: Found, cast: Cast, main: Speaker | None) -> Speaker | None:
    """Return the subject that stands before the verb: "لكن المتحدث قال", "التي قالت"."""
    if found.clitic:
        return None
    end = _before_aside(unit, found.at)
    if found.relative:
        if unit.tokens[end - 1].folded.endswith("ما"):
            return main
        return _antecedent(unit, end - 1, found, cast)
    apposed = (
        cast.named_until(unit.tokens[max(0, end - 8)].start, unit.tokens[end - 2].end)
        if end > 1 and unit.tokens[end - 1].text in COMMAS
        else None
    )
    if apposed:
        return Speaker(cast.name_of(apposed), found.cue.feminine, person=True)  # "شاب، يدعى فلان، قال"
    start = end
    while start > 0 and end - start < LONGEST_BEFORE and not _ends_before(unit, start - 1):
        start -= 1
    if start >= end:
        return None
    named = cast.named_in(unit.tokens[start].start, unit.tokens[end - 1].end)
    if named and unit.tokens[end - 1].end == named[1].end:
        return Speaker(cast.name_of(named[0]), found.cue.feminine, person=True)
    start = skip_openers(unit, start, end)
    if start == 0 and end == 1 and unit.tokens[0].folded[0] == "و" and place(unit.tokens[0].folded[1:]):
        return Speaker(unit.tokens[0].text[1:], feminine=True)
    if start >= end or end_of_phrase(unit, start, end) < end - 1:
        return None
    newest = start + 1 < end and unit.tokens[start].folded in ("اخر", "احدث")
    if not can_say(unit.tokens[start + newest]):
        return None
    return subject(unit, start, end, cast, feminine=found.cue.feminine)


def _before_aside(unit: Unit, end: int) -> int:
    """Return the token behind the subject of a verb that an aside parts from it: "وفلان، من جهته، قال"."""
    if end < ASIDE or unit.tokens[end - 1].text not in COMMAS:
        return end
    for start in (end - 2, end - 3):
        words = " ".join(token.folded for token in unit.tokens[start : end - 1])
        if unit.tokens[start - 1].text in COMMAS and words in word_set("asides.txt"):
            return start - 1
    return end


def _antecedent(unit: Unit, end: int, found: Found, cast: Cast) -> Speaker | None:
    """Return what a relative clause is about, where that can say something: "المسؤول الذي قال", not "الأدلة التي تؤكد"."""
    if end > 0 and unit.tokens[end - 1].text in COMMAS:
        end -= 1
    start = end
    while start > 0 and end - start < LONGEST_BEFORE and not _ends_antecedent(unit, start - 1):
        start -= 1
        if not unit.tokens[start].folded.startswith("ال"):
            break
    if start >= end:
        return None
    named = cast.named_in(unit.tokens[start].start, unit.tokens[end - 1].end)
    if named:
        return Speaker(cast.name_of(named[0]), found.cue.feminine, person=True)
    first = unit.tokens[start]
    body = _body_before(unit, end, found, cast)
    if body:
        return body
    if first.folded[0] in "بلوف" and end == start + 1 and place(first.folded[1:]):
        return Speaker(first.text[1:], feminine=True)
    if not can_say(first):
        return None
    return subject(unit, start, end, cast, feminine=found.cue.feminine)


def _body_before(unit: Unit, end: int, found: Found, cast: Cast) -> Speaker | None:
    """Return the organisation of a verb's gender that ends before a token, with what follows "عن": "مركز الدفاع عن البيئة"."""
    behind = unit.tokens[end - 1].end
    for at in range(end - 1, max(-1, end - 4), -1):
        name = cast.body_until(unit.tokens[at].end)
        if name and (at == end - 1 or unit.tokens[at + 1].folded == "عن"):
            if found.cue.feminine != name.split()[0].endswith("ة"):
                return None
            whole = cast.text[unit.tokens[at].end - len(name) : behind]
            return Speaker(cast.fuller(whole, unit.tokens[at].start) or whole, found.cue.feminine)
    return None


def _ends_antecedent(unit: Unit, at: int) -> bool:
    token = unit.tokens[at]
    leads = token.folded in word_set("object_prepositions.txt") or is_source(token.folded)
    return (
        leads or _ends_before(unit, at) or bool(cue_of(token.folded)) or token.folded in word_set("role_barriers.txt")
    )


def _nearer(unit: Unit, found: Found, cast: Cast) -> Speaker | None:
    """Return the body behind a feminine verb nearest before a feminine participle: "…، بيد أن المحكمة لم تستجب، مشيرة"."""
    for at in range(found.at - 2, 0, -1):
        token, before = unit.tokens[at], unit.tokens[at - 1].folded
        if token.text == "." or unit.quotes[at] >= 0:
            return None
        verb = (before.endswith("ت") and before[-2:] != "ات") or before == "ان"
        if verb and token.folded.endswith("ه") and is_organization(token.folded.removeprefix("ال")):
            return subject(unit, at, found.at, cast, feminine=True)
    return None


def _said_before(unit: Unit, found: Found, cast: Cast) -> Speaker | None:
    """Return the person behind "سبق ل": "وسبق للوزير أن وصف …"."""
    if unit.tokens[0].folded not in ("سبق", "وسبق") or found.at < 3 or unit.tokens[found.at - 1].folded != "ان":
        return None
    first = unit.tokens[1]
    called = cast.called_at(first.start)
    named = cast.named_in(first.start, unit.tokens[found.at - 1].start)
    draft = called or (named[0] if named else None)
    return Speaker(cast.name_of(draft), person=True) if draft and first.folded[0] == "ل" else None


def _started(unit: Unit, found: Found, cast: Cast) -> Speaker | None:
    """Return the subject behind "كان" at the start of a unit whose verb follows later: "وكان الوزير، …، قد صرح"."""
    if found.at < 3 or unit.tokens[0].folded not in _WAS or found.clitic:
        return None
    near = unit.tokens[found.at - 1].folded in ("قد", "،") or end_of_phrase(unit, 1, found.at) == found.at
    near = near or (found.at < LONGEST_WAS and not any(_breaks(unit, at) for at in range(1, found.at)))
    return subject(unit, 1, found.at, cast, feminine=found.cue.feminine) if near else None


def _breaks(unit: Unit, at: int) -> bool:
    """Say whether a token between "كان" and its verb opens another clause."""
    token = unit.tokens[at]
    return token.text in _COMMAS or token.folded in relatives() or cue_of(token.folded) is not None


def _ends_before(unit: Unit, at: int) -> bool:
    token = unit.tokens[at]
    return token.text in _COMMAS or unit.quotes[at] >= 0 or token.folded in word_set("complementizers.txt")
