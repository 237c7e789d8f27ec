"""What was saved as a book: EPUB 3.3, running from right to left, made of nothing but a zip file with its parts.

Each saved thing is a chapter: its text, the reader's highlights and note, its sources. No part refers to anything outside.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import IO
from uuid import NAMESPACE_URL, uuid5

from tawatur.model import BlockKind
from tawatur.saved import ClippedBlock, ClippedReport, Clipping, Highlight, Saved
from tawatur.saving.document import Entry
from tawatur.saving.voice import Voice

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = """body { font-family: "Amiri", "Noto Naskh Arabic", serif; line-height: 1.8; margin: 1em; }
h1 { font-size: 1.5em; line-height: 1.5; }
h2 { font-size: 1.2em; }
p { margin: 0 0 .75em; text-align: start; }
.facts, .said, .sources, .label { font-size: .85em; color: #5f584b; }
mark { background: #fbe8a6; color: inherit; }
.note { border-inline-start: 3px solid #8a2b17; padding-inline-start: .75em; white-space: pre-line; }
.highlights li { margin-block-end: .5em; }
q { quotes: "«" "»"; }
section.report { border-block-start: 1px solid #d8d0bf; margin-block-start: 1.5em; padding-block-start: 1em; }
"""
_MIME = "application/epub+zip"


@dataclass(frozen=True, slots=True)
class _Chapter:
    name: str
    title: str


def write_epub(to: IO[bytes], entries: Iterable[Entry], voice: Voice, *, made: datetime, key: str) -> None:
    """Write a book; ``key`` makes its identifier, so that a newer book of the same shelf takes the older one's place."""
    chapters: list[_Chapter] = []
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as book:
        # The first part says what the file is, and must stand there as it is.
        book.writestr(zipfile.ZipInfo("mimetype"), _MIME, zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("book/style.css", _STYLE)
        for at, (saved, clippings) in enumerate(entries, 1):
            chapter = _Chapter(f"chapter-{at}.xhtml", saved.title or saved.of)
            book.writestr(f"book/{chapter.name}", _chapter(chapter, saved, clippings, voice))
            chapters.append(chapter)
        if not chapters:
            chapters.append(_Chapter("chapter-1.xhtml", voice.text("saving.title")))
            book.writestr("book/chapter-1.xhtml", _page(voice, voice.text("saving.title"), ""))
        book.writestr("book/nav.xhtml", _nav(chapters, voice))
        book.writestr("book/package.opf", _package(chapters, voice, made=made, key=key))


def _package(chapters: list[_Chapter], voice: Voice, *, made: datetime, key: str) -> str:
    items = "".join(
        f'<item id="c{at}" href="{one.name}" media-type="application/xhtml+xml"/>\n'
        for at, one in enumerate(chapters, 1)
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(1, len(chapters) + 1))
    stamp = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    title = _text(voice.text("saving.book", day=voice.day(made)))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
    xml:lang="{voice.language}" dir="{voice.direction}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, f"tawatur:saved:{key}")}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>ar</dc:language>
<dc:creator>{_text(voice.text("product.name"))}</dc:creator>
<meta property="dcterms:modified">{stamp}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine page-progression-direction="{voice.direction}">{spine}</spine>
</package>
"""


def _nav(chapters: list[_Chapter], voice: Voice) -> str:
    items = "".join(f'<li><a href="{one.name}">{_text(one.title)}</a></li>\n' for one in chapters)
    title = voice.text("saving.contents")
    return _page(voice, title, f'<nav epub:type="toc"><h1>{_text(title)}</h1>\n<ol>\n{items}</ol></nav>')


def _chapter(chapter: _Chapter, saved: Saved, clippings: tuple[Clipping, ...], voice: Voice) -> str:
    parts = [f"<h1>{_text(chapter.title)}</h1>\n", *_facts(saved, voice)]
    if saved.note:
        parts.append(f'<h2>{_text(voice.text("saving.note"))}</h2>\n<div class="note">{_text(saved.note)}</div>\n')
    for one in clippings[:1]:
        parts += _clipping(one, voice, saved.highlights)
    parts += _highlights(saved, voice)
    for one in clippings[1:]:
        body = "".join(_clipping(one, voice, ()))
        parts.append(f'<section class="report"><h2>{_text(one.title)}</h2>\n{body}</section>\n')
    return _page(voice, chapter.title, "".join(parts), news=True)


def _facts(saved: Saved, voice: Voice) -> Iterator[str]:
    yield f'<p class="facts">{_text(voice.text("saving.saved_on"))} {_text(voice.day(saved.at))}</p>\n'
    if saved.tags:
        tags = voice.text("web.list_mark").join(saved.tags)
        yield f'<p class="facts">{_text(voice.text("saving.tags"))} {_text(tags)}</p>\n'
    if not saved.clippings:
        yield f'<p class="facts" dir="ltr">{_link(saved.of, saved.of)}</p>\n'


def _highlights(saved: Saved, voice: Voice) -> Iterator[str]:
    """Yield what was highlighted, with its comments, and what of it stands in the text no more."""
    if saved.highlights:
        yield f'<h2>{_text(voice.text("saving.highlights"))}</h2>\n<ul class="highlights">\n'
        for one in saved.highlights:
            note = f'<div class="note">{_text(one.note)}</div>' if one.note else ""
            yield f"<li><q>{_text(one.text)}</q>{note}</li>\n"
        yield "</ul>\n"


def _clipping(clipping: Clipping, voice: Voice, highlights: Iterable[Highlight]) -> Iterator[str]:
    if clipping.subtitle:
        yield f"<p><b>{_text(clipping.subtitle)}</b></p>\n"
    at, marks = 0, [one for one in highlights if not one.lost]
    for block in clipping.blocks:
        running = block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        yield _block(block, voice.names(clipping, block), _marked(block.text, at, marks if running else ()))
        at += len(block.text) + 1 if running else 0
    yield f'<p class="label">{_text(voice.text("saving.sources"))}</p>\n<ul class="sources">\n'
    yield "".join(f"<li>{_report(one, voice)}</li>\n" for one in clipping.reports) + "</ul>\n"


def _block(block: ClippedBlock, names: str, text: str) -> str:
    if block.kind in (BlockKind.HEADING, BlockKind.UPDATE):
        return f"<h2>{text}</h2>\n"
    kind = ' class="facts"' if block.kind in (BlockKind.CAPTION, BlockKind.SOURCE_LINE) else ""
    speaker = f"<b>{_text(block.speaker)}:</b> " if block.speaker else ""
    said = f' <span class="said">({_text(names)})</span>' if names else ""
    return f"<p{kind}>{speaker}{text}{said}</p>\n"


def _marked(text: str, start: int, highlights: Iterable[Highlight]) -> str:
    """Return a block's text with what the reader has marked of it; ``start`` is where it stands in the clipping's text."""
    made, done = [], 0
    for one in sorted(highlights, key=lambda one: one.span):
        begin, end = max(one.span.start - start, done), min(one.span.end - start, len(text))
        if begin < end:
            made += [_text(text[done:begin]), f"<mark>{_text(text[begin:end])}</mark>"]
            done = end
    return "".join(made) + _text(text[done:])


def _report(report: ClippedReport, voice: Voice) -> str:
    day = f" ({_text(voice.day(report.published))})" if report.published else ""
    return f"{_text(report.name)}: {_link(report.url, report.title)}{day}"


def _link(url: str | None, text: str) -> str:
    if url and url.startswith(("http://", "https://")):
        return f'<a href="{escape(_clean(url))}">{_text(text)}</a>'
    return _text(text)


def _page(voice: Voice, title: str, body: str, *, news: bool = False) -> str:
    language, direction = ("ar", "rtl") if news else (voice.language, voice.direction)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
    lang="{language}" xml:lang="{language}" dir="{direction}">
<head><meta charset="utf-8"/><title>{_text(title)}</title><link rel="stylesheet" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""


def _text(text: str) -> str:
    return escape(_clean(text), quote=False)


def _clean(text: str) -> str:
    """Return a text without the characters that XML has no way to write."""
    return "".join(
        one
        for one in text
        if one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff" and not "\ud800" <= one <= "\udfff")
    )
