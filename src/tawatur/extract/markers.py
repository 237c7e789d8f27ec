"""Words that say what a line is: "المصدر: …", "اقرأ أيضا: …", "كتب: …".

``data/markers.tsv`` holds the kind of line and the words before the colon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tawatur.arabic.fold import fold, fold_map
from tawatur.arabic.lexicon import rows
from tawatur.extract.boilerplate import compiled_words
from tawatur.extract.lines import Line, Role, comparable, is_short

#: A source is a name or two, a headline is no paragraph.
SOURCE_WORDS = 12
RELATED_WORDS = 30
#: Characters of the longest marker with its colon.
LONGEST = 60
_ALONE = ("source", "byline")


def mark_source(line: Line) -> Line:
    """Return "المصدر: وكالات" as a source line, whose value is what stands behind the colon."""
    value = behind(line.text, "source")
    return line.is_(Role.SOURCE_LINE, value=value) if value and len(value.split()) <= SOURCE_WORDS else line


def mark_related(line: Line) -> Line:
    """Return "اقرأ أيضا: …" as a link to another article, whose value is that article's title."""
    value = behind(line.text, "related")
    return line.is_(Role.RELATED, value=value) if value and len(value.split()) <= RELATED_WORDS else line


def behind(text: str, kind: str) -> str:
    """Return what stands behind a marker of this kind at the start of the text, as published, or ""."""
    found = _pattern(kind).match(fold(text[:LONGEST]))
    return text[fold_map(text[:LONGEST])[1][found.end()] :].strip() if found else ""


def joined(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with each marker that stands alone ("المصدر:") put before the short line that it belongs to."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        alone = last is not None and not last.role and not line.role and any(_alone(last.text, kind) for kind in _ALONE)
        if last and alone and is_short(line) and line.words <= SOURCE_WORDS:
            found[-1] = replace(line, text=f"{last.text} {line.text}", outer=last.outer)
        else:
            found.append(line)
    return tuple(found)


def _alone(text: str, kind: str) -> bool:
    return text.rstrip().endswith((":", "：")) and _pattern(kind).fullmatch(fold(text)) is not None


def without_byline_word(text: str) -> str:
    """Return an author line without its first words, also where no colon stands behind them: "كتب سامي الحلبي"."""
    told = behind(text, "byline")
    if told:
        return told
    first = next(
        (row[1] for row in rows("tawatur.extract", "markers.tsv") if row[0] == "byline" and _begins(text, row[1])), ""
    )
    return " ".join(text.split()[len(first.split()) :])


def _begins(text: str, words: str) -> bool:
    return comparable(text).startswith(f"{comparable(words)} ")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = "|".join(compiled_words(row[1]) for row in rows("tawatur.extract", "markers.tsv") if row[0] == kind)
    return re.compile(rf"[\W_]*(?:{words})\s*[:：/\-–—|…]+\s*")
