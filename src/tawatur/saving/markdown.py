"""What was saved as one Markdown document, for people and for programs that keep notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tawatur.model import BlockKind
from tawatur.saved import ClippedReport, Clipping, Saved
from tawatur.saving.document import Entry
from tawatur.saving.voice import Voice

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_OPENING = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def markdown(entries: Iterable[Entry], voice: Voice) -> Iterator[str]:
    """Yield the document, one saved thing after the other."""
    yield f"# {voice.text('saving.title')}\n"
    for saved, clippings in entries:
        yield from _entry(saved, clippings, voice)


def escaped(text: str) -> str:
    """Return a text of which no character means anything to Markdown, on one line."""
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _entry(saved: Saved, clippings: tuple[Clipping, ...], voice: Voice) -> Iterator[str]:
    yield f"\n## {escaped(saved.title)}\n"
    yield "\n" + "".join(f"- {line}\n" for line in _facts(saved, clippings[:1], voice))
    if saved.note:
        yield f"\n### {voice.text('saving.note')}\n\n{saved.note}\n"
    if saved.highlights:
        yield f"\n### {voice.text('saving.highlights')}\n"
        for one in saved.highlights:
            yield f"\n> {escaped(one.text)}\n" + (f"\n{escaped(one.note)}\n" if one.note else "")
    for at, clipping in enumerate(clippings):
        yield from _text(clipping, voice, title=at > 0)


def _facts(saved: Saved, own: tuple[Clipping, ...], voice: Voice) -> Iterator[str]:
    yield f"{voice.text('saving.saved_on')} {voice.day(saved.at)}"
    if saved.published:
        yield f"{voice.text('saving.published_on')} {voice.day(saved.published)}"
    if saved.tags:
        yield f"{voice.text('saving.tags')} " + " ".join("#" + tag.replace(" ", "_") for tag in saved.tags)
    if not own:
        yield f"<{saved.of}>"


def _text(clipping: Clipping, voice: Voice, *, title: bool) -> Iterator[str]:
    if title:
        yield f"\n### {escaped(clipping.title)}\n"
    for block in clipping.blocks:
        text = escaped(f"{block.speaker}: {block.text}" if block.speaker else block.text)
        names = voice.names(clipping, block)
        mark = "#### " if block.kind in (BlockKind.HEADING, BlockKind.UPDATE) else ""
        yield f"\n{mark}{text}" + (f" ({escaped(names)})\n" if names else "\n")
    yield f"\n{voice.text('saving.sources')}\n\n"
    yield "".join(f"- {_report(one, voice)}\n" for one in clipping.reports)


def _report(report: ClippedReport, voice: Voice) -> str:
    name, title = escaped(report.name), escaped(report.title)
    linked = f"[{title}](<{report.url}>)" if report.url and not set("<>\n ") & set(report.url) else title
    day = f" ({voice.day(report.published)})" if report.published else ""
    return f"{name}: {linked}{day}"
