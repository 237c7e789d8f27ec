"""Who wrote it and through whom it came: author lines, datelines, agency credits.

"كتب: سامي الحلبي", "القاهرة - رويترز", "الرياض (واس) - …", "المصدر: أ ف ب". Known agencies come from the outlets, places
and generic credits from ``data/datelines.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from tawatur.arabic.lexicon import lines as entries
from tawatur.arabic.lexicon import rows
from tawatur.extract import markers
from tawatur.extract.lines import Line, Role, comparable, is_paragraph
from tawatur.model import Outlets

#: An author line is a place, a name or two, and an agency; a note on the author, marked as one, may be longer.
BYLINE_WORDS, NOTE_WORDS = 9, 25
_PARTS = re.compile(r"\s*[-–—:|/،,()\[\]•]+\s*|\s+ـ\s+|\s+تصوير\s+|\s+من\s+(?=\S+\s*$)|\s+و(?=[^\s]+\s+[^\s]+$)")
_DASH = re.compile(r"\s[-–—]+\s|\s?[-–—]{2,}\s?|[)\]]\s*[-–—:]|[:：]")
# A credit of a word or two in brackets that stands alone: "--(وأز)".
_BRACKETED = re.compile(r"[\W_]*[(\[][^()\[\]\d]{2,20}[)\]][\W_]*")
#: The words before the text of an article that begins with its place and agency.
DATELINE_CHARACTERS = 90
#: The pieces of a dateline or an author line, each with what encloses or precedes it.
_PIECE = re.compile(r"[^()\[\]\-–—/،,:]+")
#: "الدوحة في 14 مارس": the day behind a place.
_DAY_BEHIND = re.compile(r"\s+في\s.*$")


class Credits(NamedTuple):
    """Authors and the agency's credit ("واس"), as published."""

    authors: tuple[str, ...] = ()
    agency: str = ""


def mark_bylines(lines: Sequence[Line], outlets: Outlets) -> tuple[Line, ...]:
    """Return the lines with author lines marked as removed; what they say is read by ``of_line``.

    A line is one if it begins with "كتب" and the like, if the markup says so, or if it reads "place - name" and stands between the
    headline and the first paragraph.
    """
    found = list(lines)
    known = {
        comparable(author) for line in lines if line.hint == "byline" for author in of_line(line.text, outlets).authors
    }
    for at, line in enumerate(lines):
        if line.role is not None:
            continue
        if line.words <= BYLINE_WORDS and (_is_byline(lines, at, outlets) or _names(line, known)):
            found[at] = line.is_(Role.REMOVED, reason="byline")
        elif not _leads_on(lines, at) and _is_note(line):
            found[at] = line.is_(Role.REMOVED, reason="author_note")
    return tuple(found)


def _is_byline(lines: Sequence[Line], at: int, outlets: Outlets) -> bool:
    line = lines[at]
    if line.hint == "byline" and (not line.outer or any(of_line(line.text, outlets))):
        return True
    if markers.behind(line.text, "byline"):
        return True
    if agency_in(line.text, outlets) == line.text.strip(" .()[]/") != "" and not line.outer:
        return True
    if not _leads_on(lines, at) and not line.outer and _signs(line.text, outlets):
        return True
    if not _DASH.search(line.text) or not _leads_to_text(lines, at):
        return False
    parts = [part for part in _PARTS.split(line.text) if part]
    if not 2 <= len(parts) <= 4 or any(len(part.split()) > 4 for part in parts):
        return False
    named = any(_kind(part) for part in parts) or agency_in(line.text, outlets) or _first_agency(parts, outlets)
    return bool(named) or (at > 0 and len(parts[0].split()) <= 2)


def _names(line: Line, known: Collection[str]) -> bool:
    """Say whether a line is the name of a known author, with a place or without."""
    if line.outer or line.text.rstrip().endswith((".", ":")):
        return False
    return any(comparable(part) in known for part in _PARTS.split(line.text))


def _is_note(line: Line) -> bool:
    """Say whether a last line tells who the author is: "* كاتب وباحث من تل الغيوم"."""
    first = comparable(line.text).split(maxsplit=1)
    starred = line.text.lstrip()[:1] in "*•-–"
    return bool(first) and first[0] in _trades() and line.words <= (NOTE_WORDS if starred else BYLINE_WORDS)


@cache
def _trades() -> frozenset[str]:
    return frozenset(comparable(row[1]) for row in rows("tawatur.extract", "datelines.tsv") if row[0] == "trade")


def _leads_on(lines: Sequence[Line], at: int) -> bool:
    """Say whether running text stands behind a line."""
    return any(is_paragraph(line) and not line.role and not line.outer for line in lines[at + 1 :])


def _signs(text: str, outlets: Outlets) -> bool:
    """Say whether a last line is a signature with an agency: "الأفق/ أ ف ب", "ح.ز (رويترز، د ب أ)"."""
    if _BRACKETED.fullmatch(text):
        return True
    parts = [part for part in _PARTS.split(text) if part.strip(" .")]
    return len(parts) > 1 and not text.rstrip().endswith(".") and any(agency_of(part, outlets) for part in parts)


def _leads_to_text(lines: Sequence[Line], at: int) -> bool:
    """Say whether only marked lines stand between a line and the first paragraph."""
    rest = next((line for line in lines[at + 1 :] if line.role is None), None)
    return (
        rest is not None and is_paragraph(rest) and not any(is_paragraph(line) for line in lines[:at] if not line.role)
    )


def of_line(text: str, outlets: Outlets) -> Credits:
    """Return the authors and the agency that an author line names; places, desks and outlets are no authors."""
    told = markers.without_byline_word(text)
    parts = [part.strip(" .") for part in _PARTS.split(told) if part.strip(" .")]
    agency = agency_of(told, outlets) or agency_in(told, outlets) or _first_agency(parts, outlets)
    people = [part for part in parts if _is_person(part, outlets) and not agency_of(part, outlets)]
    if len(people) == len(parts) == 2 and re.search(r"\s[-–—]\s|:", told):
        people = people[1:]  # "تل الغيوم - وليد العكوب": what stands before a name is its place
    return Credits(tuple(dict.fromkeys(people)), agency)


def _is_person(part: str, outlets: Outlets) -> bool:
    key = comparable(part)
    words = key.split()
    if not 2 <= len(words) <= 5 or re.search(r"[\d@«»\"]", part) or _kind(part) or key in outlets.index(_outlet_names):
        return False
    return any(len(word) > 2 for word in words) and not any(word in _desk_words() for word in words)


def agency_of(text: str, outlets: Outlets) -> str:
    """Return a text that is the credit of a known agency and nothing else, as published, or ""."""
    return text.strip(" .()[]/") if comparable(text) in outlets.index(_agencies) else ""


def agency_in(text: str, outlets: Outlets) -> str:
    """Return the first agency that a dateline or an author line credits, as published, or "".

    A credit that is a word or a place too ("قنا", "معا") counts only where it can be nothing else: in brackets, between slashes,
    or behind a place and a dash ("الدوحة - قنا").
    """
    pieces = list(_PIECE.finditer(text))
    for at, piece in enumerate(pieces):
        found = agency_of(piece[0], outlets)
        if found and (comparable(found) not in _also_words() or _is_credit(text, pieces, at)):
            return found
    return ""


def _is_credit(text: str, pieces: Sequence[re.Match[str]], at: int) -> bool:
    before, behind = text[: pieces[at].start()].rstrip()[-1:], text[pieces[at].end() :].lstrip()[:1]
    if before + behind in ("()", "[]", "//"):
        return True
    place = _DAY_BEHIND.sub("", pieces[at - 1][0].strip()) if at else ""
    return before in ("-", "–", "—", "/") and _kind(place) == "place"


def _first_agency(parts: Sequence[str], outlets: Outlets) -> str:
    found = (agency_of(part, outlets) for part in parts)
    return next((agency for agency in found if agency and comparable(agency) not in _also_words()), "")


def dateline_agency(first: str, outlets: Outlets) -> str:
    """Return the agency in the dateline of a first paragraph: "لازورد في 14 مارس (وأز) - …", "القاهرة - رويترز - …"."""
    head = first[:DATELINE_CHARACTERS]
    heads = (head[: cut.end()] for cut in list(_DASH.finditer(head))[:2])
    return next((found for dateline in heads if (found := agency_in(dateline, outlets))), "")


def closing_agency(last: str, outlets: Outlets) -> str:
    """Return the agency that closes a last paragraph in brackets: "… في العام الماضي. (وأز)"."""
    found = re.search(r"[(\[]([^()\[\]]{1,40})[)\]]\s*[.]?\s*$", last)
    return agency_of(found[1], outlets) if found else ""


def _agencies(outlets: Outlets) -> frozenset[str]:
    agencies = [outlet for outlet in outlets.known if outlet.agency]
    names = (name for outlet in agencies for name in (outlet.name, outlet.name_en, *outlet.credits) if name)
    return frozenset(comparable(name) for name in names)


def _outlet_names(outlets: Outlets) -> frozenset[str]:
    return frozenset(
        comparable(name) for outlet in outlets.known for name in (outlet.name, outlet.name_en, *outlet.credits)
    )


@cache
def _also_words() -> frozenset[str]:
    return frozenset(comparable(entry) for entry in entries("tawatur.extract", "credits_also_words.txt"))


def _kind(part: str) -> str:
    """What ``data/datelines.tsv`` says a part is: "place", "generic", or ""."""
    return _datelines().get(comparable(part), "")


@cache
def _datelines() -> dict[str, str]:
    return {
        comparable(row[1]): row[0] for row in rows("tawatur.extract", "datelines.tsv") if row[0] in ("place", "generic")
    }


@cache
def _desk_words() -> frozenset[str]:
    return frozenset(comparable(row[1]) for row in rows("tawatur.extract", "datelines.tsv") if row[0] == "desk")


def collect(lines: Sequence[Line], outlets: Outlets) -> Credits:
    """Return authors and agency of an article from its author lines, its dateline, its last words and its source line."""
    told = [of_line(line.text, outlets) for line in lines if line.reason == "byline"]
    text = [line.text for line in lines if line.role is Role.PARAGRAPH]
    sources = [agency_of(line.value, outlets) for line in lines if line.role is Role.SOURCE_LINE]
    lead = [dateline_agency(text[0], outlets), closing_agency(text[-1], outlets)] if text else []
    agencies = [*(found.agency for found in told), *lead, *sources]
    authors = tuple(dict.fromkeys(author for found in told for author in found.authors))
    return Credits(authors, next((agency for agency in agencies if agency), ""))
