"""Who said what an agency or a spokesman passes on: "نقلت وكالة كذا عن فلان قوله إن"."""

from __future__ import annotations

from dataclasses import replace

from tawatur.arabic.fold import fold
from tawatur.understand.cast import Cast, Speaker
from tawatur.understand.chains import is_own
from tawatur.understand.cues import Found
from tawatur.understand.names import word_set
from tawatur.understand.phrases import COMMAS
from tawatur.understand.reports import Report
from tawatur.understand.speakers import subject
from tawatur.understand.units import Unit

OF_HIM = ("عنه", "عنها", "عنهم")  # whoever was named before: "قال مصدر، نقلت عنه وكالة كذا، إن"
_SAYING = ("قول", "قولا", "تصريح", "تصريحات", "تاكيد")
_LEARNED = ("علم", "علمت")
_REACH = 20
_WAS = ("كان", "كانت", "وكان", "وكانت")


def relayed(unit: Unit, found: Found, report: Report | None, cast: Cast, main: Speaker | None) -> Speaker | None:
    """Return who said what the subject of a verb of passing on passes on, with that subject in the chain."""
    end = report.subject_end if report else len(unit)
    start = found.at + 1
    if start < len(unit) and unit.tokens[start].folded in OF_HIM:
        said = main or cast.last()
        agency = subject(unit, start + 1, end, cast, feminine=found.cue.feminine)
        return replace(said, via=(agency.name,)) if said and agency else said
    learned = found.cue.form in _LEARNED
    for at in range(start, min(end, found.at + _REACH)):
        told = _told(unit, at, end, cast, learned=learned)
        if told:
            agency = _agency(unit, found, at, cast)
            between = agency and agency.name != told.name and not is_own(agency.name, cast.own)
            return replace(told, via=(agency.name,) if agency and between else ())
    said = subject(unit, start, end, cast, feminine=found.cue.feminine)
    if not (learned and said):
        return said
    head = fold(said.name).split()[0]  # whoever else learns something says nothing: "علمت هيئة المحلفين أن"
    return said if head in word_set("sayers.txt") or head in word_set("media_heads.txt") else None


def _told(unit: Unit, at: int, end: int, cast: Cast, *, learned: bool) -> Speaker | None:
    """Return who is named behind "عن", "على لسان" or "قول" at a token, behind "من" for "علمت الصحيفة من مصادر"."""
    folded = unit.tokens[at].folded
    if learned:
        return subject(unit, at + 1, end, cast, feminine=False) if folded == "من" else None
    if folded in ("عن", "لسان") or (folded in _SAYING and at + 1 < end):
        return subject(unit, at + 1, end, cast, feminine=False)
    return None


def _agency(unit: Unit, found: Found, until: int, cast: Cast) -> Speaker | None:
    """Return who passes on: behind the verb, before it ("وكان فلان نقل عن"), or the body that spoke last."""
    feminine = found.cue.feminine
    behind = subject(unit, found.at + 1, until, cast, feminine=feminine) if until > found.at + 1 else None
    if behind or (until > found.at + 1 and unit.tokens[0].folded not in _WAS):
        return behind
    if found.at and not found.clitic:
        start = found.at
        while start > 0 and unit.tokens[start - 1].text not in (*COMMAS, ".", ":") and unit.quotes[start - 1] < 0:
            start -= 1
        before = subject(unit, start, found.at, cast, feminine=feminine) if start < found.at else None
        if before:
            return before
    body = cast.last_body()
    return body if body and (feminine or not body.feminine) else None
