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
#: Two articles of which the second has a headline and a date line of its own may share as much: they may be of one matter.
SAME_HEADED = 0.6


def split(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each article of a page, in page order."""
    parts: list[tuple[Line, ...]] = []
    begin = 0
    for at, line in enumerate(lines):
        opened = _opens(lines, at) if at > begin else 0.0
        if opened and _is_other(lines[begin:at], lines[at:], opened):
            parts.append(_titled(lines[begin:at]))
            begin = at
        if markers.mark_source(line).role is Role.SOURCE_LINE and _begins_anew(lines[begin:at], lines[at + 1 :]):
            parts.append(_titled(lines[begin : at + 1]))
            begin = at + 1
    return (*parts, _titled(lines[begin:]))


def _titled(part: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of an article, whose headline is known where it stands first, told twice, with its date behind it."""
    twice = len(part) > 1 and part[0].key == part[1].key and _opens(part, 0) == SAME_HEADED
    return (part[0].is_(Role.TITLE), *part[1:]) if twice and not part[0].role else tuple(part)


def _opens(lines: Sequence[Line], at: int) -> float:
    """How much two articles may share if the second begins at a line: it is a headline, perhaps told twice, with a date line or
    a dateline of its own behind it; 0 where it is none.
    """
    line = lines[at]
    if not is_short(line) or line.words < LEAST_WORDS or _known(line) or is_paragraph(line):
        return 0.0
    behind = [other for other in lines[at + 1 : at + 2 + HEAD] if other.key != line.key][:HEAD]
    text = next((nth for nth, other in enumerate(behind) if is_paragraph(other)), len(behind))
    dated = any(_is_date(other.text) for other in behind[:text])
    if dated:
        return SAME_HEADED
    return SAME_TOPIC if text < len(behind) and _DATELINE.match(behind[text].text) else 0.0


def _is_date(text: str) -> bool:
    told = date_line.stated(text, latest=date.max)
    return told is not None and told.certainty is Certainty.STATED


def _is_other(before: Sequence[Line], behind: Sequence[Line], most: float) -> bool:
    """Say whether running text on both sides is about other things: they share less than ``most`` of their words."""
    texts = [[line for line in part if is_paragraph(line) and not _known(line)] for part in (before, behind)]
    return all(texts) and _shared(*texts) < most


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
