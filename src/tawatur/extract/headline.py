"""Find the headline and the subtitle of a page that says nothing by markup.

A headline stands first, or, on pages saved from the bottom of the template, behind the last paragraph, there often twice. It is
short, does not end like a sentence and shares words with the lead. Where there is none, none is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tawatur.arabic.stems import match_keys
from tawatur.extract.lines import Line, Role, is_paragraph, is_short

#: A line behind the text is its headline if the text holds so much of its meaning; less is enough where it is there twice.
SHARED, SHARED_REPEATED = 0.4, 0.15


def mark_headline(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with title and subtitle marked, each once; their repetitions are left to ``repeats``."""
    body = next((at for at, line in enumerate(lines) if not line.role and is_paragraph(line)), len(lines))
    if any(line.role is Role.TITLE for line in lines):
        return tuple(lines)
    return _at_the_head(lines, body) or _at_the_foot(lines, body) or tuple(lines)


def _at_the_head(lines: Sequence[Line], body: int) -> tuple[Line, ...]:
    """The title is the first free line before the lead, the subtitle a second one; captions and dates are no free lines."""
    free = [at for at in range(body) if not lines[at].role and is_short(lines[at]) and lines[at].words > 1]
    if body == len(lines) or not free:
        return ()
    return _with(lines, free[0], free[1] if len(free) > 1 else None)


def _at_the_foot(lines: Sequence[Line], body: int) -> tuple[Line, ...]:
    """The title is the free line behind the last paragraph that is there twice or shares words with the article."""
    last = max((at for at, line in enumerate(lines) if not line.role and is_paragraph(line)), default=len(lines))
    free = [at for at in range(last + 1, len(lines)) if not lines[at].role and is_short(lines[at])]
    if not free:
        return ()
    text = set(match_keys(" ".join(line.text for line in lines[body : last + 1])))
    times = Counter(lines[at].key for at in free)
    title = max(free, key=lambda at: (times[lines[at].key], _shared(lines[at], text), -at))
    repeated = times[lines[title].key] > 1
    shared, least = (SHARED_REPEATED, 2) if repeated else (SHARED, 3)
    if _shared(lines[title], text) < shared or len(match_keys(lines[title].text)) < least:
        return ()
    others = [at for at in free if lines[at].key != lines[title].key and _shared(lines[at], text) >= SHARED]
    return _with(lines, title, others[0] if others else None)


def _shared(line: Line, text: set[str]) -> float:
    """How much of a line's meaning the text holds, 0 to 1."""
    found = match_keys(line.text)
    return sum(key in text for key in found) / len(found) if found else 0.0


def _with(lines: Sequence[Line], title: int, subtitle: int | None) -> tuple[Line, ...]:
    roles = {title: Role.TITLE} | ({subtitle: Role.SUBTITLE} if subtitle is not None else {})
    return tuple(replace(line, role=roles.get(at, line.role)) for at, line in enumerate(lines))
