"""What stands at the foot of an issue: why it came, how to change or end that, and who sent it."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.mail.isolate import apart
from tawatur.wording.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """The foot of an issue. ``ways`` are what can be done, each with its address; ``page`` is the issue on the web."""

    page: str
    lines: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    operator: str = ""


def foot_of(
    words: Words, title: str, *, public: bool, page: str, unsubscribe: str, settings: str = "", operator: str = ""
) -> Foot:
    """Return the foot of an issue; ``settings`` is the page on which its owner changes the newsletter, "" where there is none."""
    why = words.text(
        f"mail.issue.why.{'public' if public else 'own'}",
        title=apart(title, words.direction),
        product=words.text("product.name"),
    )
    ways = [(words.text("mail.issue.settings"), settings)] if settings else []
    return Foot(
        page=page,
        lines=(why, words.text("mail.issue.untracked")),
        ways=(*ways, (words.text("mail.issue.unsubscribe"), unsubscribe)),
        operator=operator,
    )
