"""Cut a saved page into its articles.

A crawler often saves the next article of a section behind the one that was asked for. The first one is over at its
source line ("المصدر: …") if there is running text on both sides and what follows begins anew: with a caption or a
headline, or about other things.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.arabic.stems import match_keys
from tawatur.extract import boilerplate, markers
from tawatur.extract.lines import Line, Role, is_paragraph, is_short

#: Two parts of one article share more of their words than this.
SAME_TOPIC = 0.2


def split(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each article of a page, in page order."""
    parts: list[tuple[Line, ...]] = []
    begin = 0
    for at, line in enumerate(lines):
        if markers.mark_source(line).role is Role.SOURCE_LINE and _begins_anew(lines[begin:at], lines[at + 1 :]):
            parts.append(tuple(lines[begin : at + 1]))
            begin = at + 1
    return (*parts, tuple(lines[begin:]))


def _begins_anew(before: Sequence[Line], behind: Sequence[Line]) -> bool:
    text_before, text_behind = (
        [line for line in part if is_paragraph(line) and not _known(line)] for part in (before, behind)
    )
    if not text_before or not text_behind:
        return False
    first = next(line for line in behind if not _known(line))
    if is_short(first) and first.key not in {line.key for line in before}:
        return True
    return _shared(text_before, text_behind) < SAME_TOPIC


def _known(line: Line) -> bool:
    """Say whether a line is residue or a link, which may stand behind any article."""
    return line.role is not None or boilerplate.reason(line.text) != "" or markers.mark_related(line).role is not None


def _shared(first: Sequence[Line], second: Sequence[Line]) -> float:
    """How much of the smaller vocabulary the other one holds, 0 to 1."""
    one, two = (set(match_keys(" ".join(line.text for line in part))) for part in (first, second))
    return len(one & two) / max(1, min(len(one), len(two)))
