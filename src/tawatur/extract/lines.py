"""The line: what every kind of page is taken apart into before it becomes an article.

Each step of the extraction gives roles to the lines it understands and leaves the others alone, so that at the end every
line of a page stands in exactly one place: title, subtitle, a block, or ``removed`` with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from tawatur.arabic.fold import fold

_NO_WORD = re.compile(r"[^\w]+")
_SENTENCE_END = re.compile(r"[.!؟?…:؛][\"»”’)\]]*\s*$|[»”]\s*$")
#: From this many words on a line is running text whatever it ends with.
FULL_PARAGRAPH_WORDS = 20
#: Headlines and subtitles are shorter than this.
HEADLINE_WORDS = 30


class Role(StrEnum):
    """What a line is on its page."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    UPDATE = "update"
    CAPTION = "caption"
    RELATED = "related"
    SOURCE_LINE = "source_line"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page. ``role`` is None as long as no step has understood it."""

    text: str
    role: Role | None = None
    reason: str = ""  # REMOVED: why
    value: str = ""  # RELATED, SOURCE_LINE: the text without its marker
    url: str | None = None
    time: str = (
        ""  # the machine's form of a time that the line shows, ISO 8601: without a zone as the page's clock has it
    )
    hint: str = ""  # what the markup says it is: a reason of removal, "caption", "related", "heading", "title", …
    outer: bool = False  # it stands around the article's text: counts only if some step understands it

    @property
    def key(self) -> str:
        """The line for comparing: folded, without punctuation."""
        return comparable(self.text)

    @property
    def words(self) -> int:
        """How many words the line has."""
        return self.key.count(" ") + 1 if self.key else 0

    def is_(self, role: Role, *, reason: str = "", value: str = "") -> Line:
        """Return this line with its role."""
        return replace(self, role=role, reason=reason, value=value)


@lru_cache(maxsize=4096)
def comparable(text: str) -> str:
    """Return text for comparing lines: folded letters, single blanks, no punctuation."""
    return _NO_WORD.sub(" ", fold(text)).strip()


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as running text ends: with a full stop, a colon or a closing quotation mark."""
    return _SENTENCE_END.search(text) is not None


def is_paragraph(line: Line) -> bool:
    """Say whether a line is surely running text: long, or of some length and ending with a full stop.

    A question may be a headline, so it counts only when it is long.
    """
    return line.words >= FULL_PARAGRAPH_WORDS or (line.words >= 6 and line.text.rstrip('"»”’) ').endswith("."))


def is_short(line: Line) -> bool:
    """Say whether a line could be a headline or a caption: it has a word, is short and ends without a full stop."""
    return 0 < line.words <= HEADLINE_WORDS and not line.text.rstrip().endswith((".", ":", "،"))


def assign(lines: Sequence[Line], understand: Callable[[Line], Line]) -> tuple[Line, ...]:
    """Return the lines with ``understand`` applied to those that have no role yet."""
    return tuple(line if line.role else understand(line) for line in lines)


def from_text(text: str) -> tuple[Line, ...]:
    """Return the lines of plain text that have anything on them."""
    return tuple(Line(text=stripped) for part in text.split("\n") if (stripped := part.strip()))
