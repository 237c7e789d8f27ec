"""The plain-text part of an issue: made to be read, not to be there. Addresses stand at the end, by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tawatur.mail.isolate import RIGHT_TO_LEFT, held
from tawatur.mail.issue.foot import Foot
from tawatur.mail.issue.told import Line, Told, ToldStory
from tawatur.mail.wrap import WIDTH, wrapped
from tawatur.wording.words import Words

#: Rules: under the head, and between stories.
_DOUBLE, _SINGLE = "=" * WIDTH, "-" * WIDTH


@dataclass(frozen=True, slots=True)
class Links:
    """Numbers for addresses."""

    words: Words
    found: dict[str, int] = field(default_factory=dict)

    def mark(self, address: str) -> str:
        """Return the number of an address in brackets."""
        return f"[{self.words.number(self.found.setdefault(address, len(self.found) + 1))}]"


def text_of(told: Told, words: Words, foot: Foot) -> str:
    """Return the plain text of an issue."""
    links = Links(words)
    parts = [*_head(told, words, foot), *_body(told, words, links)]
    lines = [_SINGLE, words.text("mail.issue.links"), ""]
    lines += [f"{links.mark(address)} {address}" for address in list(links.found)]
    return (
        "\n".join([*parts, *_foot(words, foot), *lines, ""])
        if links.found
        else "\n".join([*parts, *_foot(words, foot)])
    )


def _head(told: Told, words: Words, foot: Foot) -> Iterator[str]:
    yield wrapped(f"{words.text('product.name')} · {told.title}", first=_before(words), rest=_before(words))
    yield wrapped(told.date, first=_before(words), rest=_before(words))
    if told.counts:
        yield wrapped(told.counts, first=_before(words), rest=_before(words))
    yield _DOUBLE
    yield f"{words.text('mail.issue.page')}:"
    yield foot.page
    yield ""


def _body(told: Told, words: Words, links: Links) -> Iterator[str]:
    for note in (told.shortened and "shortened", told.invented and "invented"):
        if note:
            yield wrapped(words.text(f"mail.issue.{note}"), first=_before(words), rest=_before(words))
            yield ""
    for at, story in enumerate(told.stories):
        if at:
            yield _SINGLE
            yield ""
        yield from _story(story, words, links, at + 1)
    yield from _lines(words.text("mail.issue.headlines"), told.headlines, words, links)
    yield from _lines(words.text("mail.issue.saved"), told.saved, words, links)
    if told.saved_others:
        yield from (wrapped(told.saved_others, first=_before(words), rest=_before(words)), "")
    yield from _lines(words.text("mail.issue.timeline"), told.timeline, words, links)


def _story(story: ToldStory, words: Words, links: Links, number: int) -> Iterator[str]:
    before = _before(words)
    section = f"{story.section}: " if story.section else ""
    yield wrapped(
        f"{words.number(number)}. {section}{held(story.title, words.direction)} {links.mark(story.link)}",
        first=before,
        rest=before,
    )
    yield wrapped(story.about, first=before, rest=before)
    yield ""
    if story.changes:
        yield f"{before}{words.text('mail.issue.changed')}:"
        yield from _items(story.changes, words)
    for sentence in story.sentences:
        yield wrapped(f"{held(sentence.text, words.direction)} {sentence.by}".strip(), first=before, rest=before)
        yield ""
    if story.differences:
        yield f"{before}{words.text('mail.issue.differs')}:"
        yield from _items(story.differences, words)
    if story.before:
        yield f"{before}{words.text('mail.issue.before')}:"
        yield from _items(story.before, words)
    if story.reason:
        yield wrapped(f"({story.reason})", first=before, rest=before)
        yield ""


def _items(items: Sequence[str], words: Words) -> Iterator[str]:
    for item in items:
        yield wrapped(item, first=f"{_before(words)}  - ", rest=f"{_before(words)}    ")
    yield ""


def _lines(title: str, lines: Sequence[Line], words: Words, links: Links) -> Iterator[str]:
    if not lines:
        return
    yield _SINGLE
    yield from (f"{_before(words)}{title}", "")
    for line in lines:
        mark = f"{line.mark}  " if line.mark else "- "
        note = f" ({line.note})" if line.note else ""
        whole = f"{held(line.text, words.direction)}{note} {links.mark(line.link)}"
        yield wrapped(whole, first=f"{_before(words)}{mark}", rest=f"{_before(words)}  ")
        if line.lead:
            yield wrapped(line.lead, first=f"{_before(words)}  ", rest=f"{_before(words)}  ")
    yield ""


def _foot(words: Words, foot: Foot) -> Iterator[str]:
    yield _DOUBLE
    for line in foot.lines:
        yield wrapped(line, first=_before(words), rest=_before(words))
    yield ""
    for says, address in foot.ways:
        yield f"{_before(words)}{says}:"
        yield address
    if foot.operator:
        yield ""
        yield wrapped(foot.operator, first=_before(words), rest=_before(words))
    yield ""


def _before(words: Words) -> str:
    """Return the mark that sets the direction of a line, for programs that take it from its first letter."""
    return RIGHT_TO_LEFT if words.direction == "rtl" else ""
