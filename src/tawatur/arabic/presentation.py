"""Presentation forms: letters stored as the shapes that they take in a word, by old systems and by what takes text out of PDF.

Some of those store a line as it is seen from left to right, so its words stand backwards. The shapes say so: a word that begins
with the shape of a last letter is backwards.
"""

from __future__ import annotations

import re
import unicodedata

# Letters and ligatures as shapes. The signs ﷺ ﷻ ﷼ ﷽ stay as they are: they are signs, not letters.
_FORMS = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]+")
_RUN = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]{2,}")
# What keeps its own order where a line is turned: numbers and Latin words.
_LEFT_TO_RIGHT = re.compile(r"[0-9\u0660-\u0669A-Za-z]+(?:[.,:/@_-][0-9\u0660-\u0669A-Za-z]+)*")
_MIRRORED = str.maketrans("()[]{}<>«»‹›“”", ")(][}{><»«›‹”“")


def letters(line: str) -> str:
    """Return a line with letters in place of shapes, turned round where it stands backwards."""
    if not _FORMS.search(line):
        return line
    return _FORMS.sub(_plain, _turned(line) if is_backwards(line) else line)


def is_backwards(line: str) -> bool:
    """Say whether most words of shapes in a line begin with the shape of a last letter, or end with that of a first one."""
    forward = backward = 0
    for run in _RUN.findall(line):
        first, last = _shape(run[0]), _shape(run[-1])
        forward += first == "<initial>" or last == "<final>"
        backward += first == "<final>" or last == "<initial>"
    return backward > forward


def _shape(char: str) -> str:
    return unicodedata.decomposition(char).partition(" ")[0]


def _turned(line: str) -> str:
    turned = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda found: found.group()[::-1], turned)


def _plain(found: re.Match[str]) -> str:
    """Letters for shapes. A mark that is stored as a sign of its own comes with a blank that was never published."""
    return "".join(unicodedata.normalize("NFKC", char).strip() for char in found.group())
