"""Cut a saved page into its articles.

A crawler often saves the next article of a section behind the one that was asked for. The first one is over at its
source line ("المصدر: …") if there is running text on both sides and what follows begins anew: with a caption or a
headline, or about other things. Without a source line the next one begins at a headline with a date line of its own, or with a
paragraph that opens with place and agency ("القاهرة (واس) - …"), if it is about other things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tawatur.arabic.stems import match_keys
from tawatur.extract import boilerplate, date_line, markers
from tawatur.extract.lines import Line, Role, is_paragraph, is_short
from tawatur.model import Certainty

#: A headline has so many words at least, and its date stands so many lines behind it at most.
LEAST_WORDS, HEAD = 3, 3
# "القاهرة (واس) - ", "بيروت، 10 نوفمبر (رويترز) - "
_DATELINE = re.compile(r"[^\W\d][^().\n]{1,40}\([^()\n]{2,25}\)\s*[-–—:]")
#: Two parts of one article share more of their words than this.
SAME_TOPIC = 0.2


def split(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each article of a page, in page order."""
    parts: list[tuple[Line, ...]] = []
    begin = 0
    for at, line in enumerate(lines):
        if at > begin and _opens(lines, at) and _is_other(lines[begin:at], lines[at:]):
            parts.append(tuple(lines[begin:at]))
            begin = at
        if markers.mark_source(line).role is Role.SOURCE_LINE and _begins_anew(lines[begin:at], lines[at + 1 :]):
            parts.append(tuple(lines[begin : at + 1]))
            begin = at + 1
    return (*parts, tuple(lines[begin:]))


def _opens(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line is a headline with a date line or a dateline of its own behind it, perhaps told twice."""
    line = lines[at]
    if not is_short(line) or line.words < LEAST_WORDS or _known(line) or is_paragraph(line):
        return False
    behind = [other for other in lines[at + 1 : at + 2 + HEAD] if other.key != line.key][:HEAD]
    text = next((nth for nth, other in enumerate(behind) if is_paragraph(other)), len(behind))
    dated = any(_is_date(other.text) for other in behind[:text])
    return dated or (text < len(behind) and _DATELINE.match(behind[text].text) is not None)


def _is_date(text: str) -> bool:
    told = date_line.stated(text, latest=date.max)
    return told is not None and told.certainty is Certainty.STATED


def _is_other(before: Sequence[Line], behind: Sequence[Line]) -> bool:
    """Say whether running text on both sides is about other things."""
    texts = [[line for line in part if is_paragraph(line) and not _known(line)] for part in (before, behind)]
    return all(texts) and _shared(*texts) < SAME_TOPIC


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
