"""Lines that a page gives twice: captions in pairs, the headline again at the end, a paragraph again as a teaser."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.extract.lines import Line, Role, is_paragraph, is_short

#: Below this many words two equal lines may be an answer given twice ("نعم"), not a repetition of the page.
LEAST_WORDS = 3
#: A quotation set apart has so many words.
QUOTE_WORDS = (5, 30)


def mark_caption_pairs(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with each short line that follows itself at once as a caption and its repetition.

    A crawler saves a picture's description and its caption. Behind the last paragraph such a pair is the headline.
    """
    found = list(lines)
    last = max((at for at, line in enumerate(lines) if not line.role and is_paragraph(line)), default=0)
    for at in range(min(last, len(found) - 1)):
        first, second = found[at], found[at + 1]
        if first.role or second.role or first.key != second.key or not is_short(first):
            continue
        if first.words >= LEAST_WORDS:
            found[at] = first.is_(Role.CAPTION)
            found[at + 1] = second.is_(Role.REMOVED, reason="repeated_caption")
    return tuple(found)


def mark_outer(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with those around an article that repeat its title, subtitle or caption as removed."""
    seen = {line.key: line.role for line in lines if line.role in (Role.TITLE, Role.SUBTITLE, Role.CAPTION)}
    return tuple(
        line.is_(Role.REMOVED, reason=f"repeated_{seen[line.key]}")
        if line.outer and not line.role and line.key in seen
        else line
        for line in lines
    )


def mark_pull_quotes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with each short line as removed whose words stand in a longer paragraph too: a quotation set apart."""
    texts = [f" {line.key} " for line in lines if not line.role and not line.outer and line.words > QUOTE_WORDS[0]]
    return tuple(
        line.is_(Role.REMOVED, reason="pull_quote")
        if not line.role
        and not line.outer
        and QUOTE_WORDS[0] <= line.words <= QUOTE_WORDS[1]
        and any(f" {line.key} " in text for text in texts if len(text) > len(line.key) + 2)
        else line
        for line in lines
    )


def mark_known(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with each further copy of a title, subtitle, caption, heading or paragraph as removed."""
    seen: dict[str, Role] = {
        line.key: line.role for line in lines if line.role in (Role.TITLE, Role.SUBTITLE, Role.CAPTION)
    }
    found: list[Line] = []
    for line in lines:
        if line.role is Role.CAPTION and any(line.key == other.key and other.role is Role.CAPTION for other in found):
            line = line.is_(Role.REMOVED, reason="repeated_caption")
        elif line.role is None and line.key in seen:
            line = line.is_(Role.REMOVED, reason=f"repeated_{seen[line.key]}")
        elif line.role is None and line.words >= 8:
            seen[line.key] = Role.PARAGRAPH
        found.append(line)
    return tuple(found)
