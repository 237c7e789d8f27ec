"""Give every line of one article its role, and build the article's parts from them.

The order of the steps is the order of certainty: what a marker or a pattern says first, what only its place says last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines as entries
from tawatur.arabic.lexicon import rows
from tawatur.extract import boilerplate, credits, headline, markers, metadata, published, repeats, updates
from tawatur.extract.lines import Line, Role, assign, ends_sentence, is_paragraph, is_short
from tawatur.extract.update_times import FLOATING
from tawatur.model import Block, BlockKind, Certainty, Outlets, Published, Removed

#: A heading inside the text is no longer than this.
HEADING_WORDS = 12
#: Patterns tell captions of so many words at most.
CAPTION_WORDS = 12
#: A line that holds a date among other words has no more than this.
LOOSE_WORDS = 14
_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<![\d\u0660-\u0669])[\u0661\u0662][\u0660\u0669][\u0660-\u0669]{2}(?![\u0660-\u0669])"
)
_WORD = re.compile(r"[^\W\d_]{3}")
_DATE_BREAK = re.compile(r"\s*[|•·\[\]]\s*|\s+[-–—]\s+")
_PLACE = re.compile(r"^[^\d،,:–—-]{2,30}[،,:–—-]\s*")
_TAG_BREAK = re.compile(r"\s*[،,|#•؛;/]\s*")
_BLOCKS = {
    Role.PARAGRAPH: BlockKind.PARAGRAPH, Role.HEADING: BlockKind.HEADING, Role.UPDATE: BlockKind.UPDATE,
    Role.CAPTION: BlockKind.CAPTION, Role.RELATED: BlockKind.RELATED, Role.SOURCE_LINE: BlockKind.SOURCE_LINE,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The parts of an article as its lines give them; its day is still to be found."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()
    stated: Published | None = None  # what its date line says
    changed: Published | None = None  # what its line "آخر تحديث" says, which is no time of publication


def understand(lines: Sequence[Line], *, outlets: Outlets, latest: date) -> tuple[Line, ...]:
    """Return the lines with all the roles that markers, patterns, repetition and place give; none is left without one."""
    lines = markers.joined(lines)
    for mark in (markers.mark_source, markers.mark_related, boilerplate.mark):
        lines = assign(lines, mark)
    lines = updates.mark_all(lines)
    lines = assign(lines, lambda line: _mark_date(line, latest))
    lines = credits.mark_bylines(lines, outlets)
    lines = [line for line in repeats.mark_outer(lines) if line.role or not line.outer]
    lines = _mark_tags(assign(repeats.mark_caption_pairs(lines), _mark_caption))
    lines = repeats.mark_pull_quotes(_mark_ends(lines, latest))
    lines = repeats.mark_known(headline.mark_headline(_mark_related_list(lines)))
    return _mark_rest(lines)


def draft(lines: Sequence[Line], *, outlets: Outlets, latest: date) -> Draft:
    """Return the parts of the article whose lines these are; lines that already have a role keep it."""
    return finished(understand(lines, outlets=outlets, latest=latest), outlets=outlets, latest=latest)


def finished(lines: Sequence[Line], *, outlets: Outlets, latest: date) -> Draft:
    """Return the parts of an article from lines with roles; a line without one is running text."""
    done = _mark_rest(lines)
    told = credits.collect(done, outlets)
    return Draft(
        title=_first(done, Role.TITLE),
        subtitle=_first(done, Role.SUBTITLE),
        authors=told.authors,
        agency=told.agency,
        blocks=tuple(_block(line) for line in done if line.role in _BLOCKS),
        removed=tuple(Removed(line.text, line.reason) for line in done if line.role is Role.REMOVED),
        stated=_stated(done, latest, change=False),
        changed=_stated(done, latest, change=True),
    )


def _first(lines: Sequence[Line], role: Role) -> str:
    return next((line.text for line in lines if line.role is role), "")


def _block(line: Line) -> Block:
    kind = _BLOCKS[line.role or Role.PARAGRAPH]
    if kind is BlockKind.UPDATE:
        return Block(kind, line.text, at=_told_time(line.time), clock=line.value or None)
    return Block(kind, line.value or line.text, url=line.url)


def _told_time(value: str) -> datetime | None:
    """The time of an update as the page's machine form says it; without a zone it floats until the page's is known."""
    told = metadata.time_of(value, "time") if value else None
    if told is None or told.at is None or told.day_only:
        return None
    zoned = re.search(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*$", value, re.IGNORECASE)
    return told.at if zoned else told.at.replace(tzinfo=FLOATING)


def date_of(text: str, latest: date) -> Published | None:
    """Return what a date line says, also where it begins with its place: "تل الغيوم، الإثنين 9 مارس 2026"."""
    if len(text) > 120:
        return None
    return published.stated(text, latest=latest) or published.stated(_PLACE.sub("", text), latest=latest)


def is_date(text: str) -> bool:
    """Say whether a line is nothing but a date, whenever that is."""
    return date_of(text, date.max) is not None


def loose_date_of(text: str, latest: date) -> Published | None:
    """Return the date of a short line that holds a full date and a few words more: "الأحد 9 مارس 2026 محليات"."""
    if not _YEAR.search(text) or len(text.split()) > LOOSE_WORDS:
        return None
    parts = [part for part in _DATE_BREAK.split(text) if _YEAR.search(part)]
    words = text.split()
    cut = [" ".join(words[start:stop]) for start in range(4) for stop in (len(words), len(words) - 1, len(words) - 2)]
    found = (date_of(part, latest) for part in (text, *parts, *cut) if _YEAR.search(part))
    return next((one for one in found if one), None)


def _mark_date(line: Line, latest: date) -> Line:
    found = date_of(line.text, latest) or (loose_date_of(line.text, latest) if line.outer else None)
    return line.is_(Role.REMOVED, reason="date_line") if found else line


def _stated(lines: Sequence[Line], latest: date, *, change: bool) -> Published | None:
    dated = [line.text for line in lines if line.reason == "date_line" and _of_change(line.text) is change]
    found = [one for read in (date_of, loose_date_of) for text in dated if (one := read(text, latest))]
    return next((one for one in found if one.certainty is Certainty.STATED), next(iter(found), None))


def _of_change(text: str) -> bool:
    """Say whether a date line tells of the last change only: "آخر تحديث: 9 مارس 2026"."""
    folded = fold(text)
    return bool(_labels("changed").search(folded)) and not _labels("published").search(folded)


@cache
def _labels(kind: str) -> re.Pattern[str]:
    words = "|".join(
        boilerplate.compiled_words(row[1]) for row in rows("tawatur.extract", "markers.tsv") if row[0] == kind
    )
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def _mark_caption(line: Line) -> Line:
    """A line such as "جانب من اللقاء" is a caption wherever it stands."""
    fits = line.words <= CAPTION_WORDS and not line.text.endswith(".")
    return line.is_(Role.CAPTION) if fits and any(one.fullmatch(fold(line.text)) for one in _captions()) else line


@cache
def _captions() -> tuple[re.Pattern[str], ...]:
    return tuple(boilerplate.compiled(pattern) for pattern in entries("tawatur.extract", "captions.txt"))


def _mark_tags(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A line of three or more short names behind the last paragraph is a list of tags."""
    last = max((at for at, line in enumerate(lines) if not line.role and is_paragraph(line)), default=-1)
    return tuple(
        line.is_(Role.REMOVED, reason="tag_list") if at > last and not line.role and _is_tag_list(line.text) else line
        for at, line in enumerate(lines)
    )


def _is_tag_list(text: str) -> bool:
    parts = [part for part in _TAG_BREAK.split(text) if part]
    return len(parts) >= 3 and not ends_sentence(text) and all(len(part.split()) <= 4 for part in parts)


def _mark_ends(lines: Sequence[Line], latest: date) -> tuple[Line, ...]:
    """Mark the line of place and date before the text ("تل الغيوم 9 مارس 2026 م") and clock times and the like behind it."""
    texts = [at for at, line in enumerate(lines) if not line.role and is_paragraph(line)]
    first, last = (texts[0], texts[-1]) if texts else (0, len(lines))
    found = list(lines)
    for at, line in enumerate(lines):
        if line.role or line.hint == "heading":
            continue
        if at <= first and not ends_sentence(line.text) and loose_date_of(line.text, latest):
            found[at] = line.is_(Role.REMOVED, reason="date_line")
        elif at > last and not _WORD.search(line.text):
            found[at] = line.is_(Role.REMOVED, reason="leftover")
    return tuple(found)


def _mark_related_list(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Short lines right behind "اقرأ أيضا" are titles of other articles."""
    found: list[Line] = []
    listing = False
    for line in lines:
        if line.role is Role.REMOVED and line.reason == "related_heading":
            listing = True
        elif listing and not line.role and line.hint != "heading" and is_short(line) and not is_paragraph(line):
            line = line.is_(Role.RELATED)
        elif line.role is not Role.RELATED:
            listing = False
        found.append(line)
    return tuple(found)


def _mark_rest(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What is left is the text: a short line that does not end like a sentence, with text behind it, is a heading in it."""
    last = max((at for at, line in enumerate(lines) if not line.role and is_paragraph(line)), default=-1)
    return tuple(
        line if line.role else replace(line, role=_running(line, text_behind=at < last))
        for at, line in enumerate(lines)
    )


def _running(line: Line, *, text_behind: bool) -> Role:
    heading = text_behind and line.words <= HEADING_WORDS and not ends_sentence(line.text)
    return Role.HEADING if heading or line.hint == "heading" else Role.PARAGRAPH
