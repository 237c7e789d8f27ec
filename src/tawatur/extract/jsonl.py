"""Articles as JSON lines: ``{"id", "source", "url", "published", "title", "text"}`` and optional fields.

The fields may have other names (``fields``), and in place of the text a record may hold a page.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from tawatur.arabic.fold import clean
from tawatur.extract import assemble, boilerplate, compose, credits, fields, markers, page, published, repeats, updates
from tawatur.extract.address import address
from tawatur.extract.lines import Line, Role, assign, from_text
from tawatur.extract.metadata import time_of
from tawatur.model import Article, Certainty, Outlets, Published, RawDocument, Rejected

Record = dict[str, str]
#: Residue that a corpus was cleaned of badly; what else looks like residue may be text.
_SURE = ("subscribe_prompt", "app_prompt", "share_bar", "follow_us", "separator", "copyright", "comment_rules")


def articles(text: str, document: RawDocument, *, outlets: Outlets, latest: date) -> tuple[Article | Rejected, ...]:
    """Return the articles of JSON lines, in order, and a rejection for each line that is not one."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    origins = (document.origin if len(lines) == 1 else f"{document.origin}#{number}" for number, _ in lines)
    read = (_read(line, origin, document) for origin, (_, line) in zip(origins, lines, strict=True))
    return tuple(
        article
        for one in read
        for article in ((one,) if isinstance(one, Rejected) else _articles(one, document, outlets, latest))
    )


def _read(line: str, origin: str, document: RawDocument) -> Record | Rejected:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Rejected(origin=origin, reason="bad_json", detail=str(error))
    if not isinstance(given, dict):
        return Rejected(origin=origin, reason="not_an_article", detail="{}")
    record = fields.renamed(given)
    if fault := _fault(record):
        return Rejected(origin=origin, reason="not_an_article", detail=fault)
    return {name: value for name, value in record.items() if isinstance(value, str)}


def _articles(record: Record, document: RawDocument, outlets: Outlets, latest: date) -> tuple[Article | Rejected, ...]:
    collected = published.from_iso(record.get("collected", ""), basis="collected")
    if collected and collected.at:
        document = replace(document, collected=collected.at)
    told = _told(record, outlets)
    if "text" not in record:
        given = document.published or (told.published.day if told.published else None)
        document = replace(document, url=told.url or document.url, published=given)
        return page.articles(record["html"], document, outlets=outlets, latest=latest)
    made = compose.finished(_lines(record, outlets), outlets=outlets, latest=latest)
    found = assemble.article(made, told, document=document, outlets=outlets)
    dated = assemble.dated((found,), document, latest=latest, page=found.text)[0]
    return (dated if dated.published.at or not collected else replace(dated, published=_collected(collected)),)


def _collected(told: Published) -> Published:
    """An article without any date appeared on the day on which it was collected, or a little before."""
    return replace(told, certainty=Certainty.INFERRED, day_only=True)


def _fault(record: dict[str, object]) -> str:
    """The field that makes a JSON value no article, or ""."""
    if wrong := next((name for name in fields.NAMES if not isinstance(record.get(name, ""), str)), ""):
        return wrong
    if record.get("published") and _published(str(record["published"])) is None:
        return "published"
    # A picture gallery or a video has a headline and an empty text; without either there is nothing to read.
    read = [str(record.get(name, "")).strip() for name in ("title", "text", "html")]
    return "" if ("text" in record or "html" in record) and any(read) else "text"


def _told(record: Record, outlets: Outlets) -> assemble.Told:
    def field(name: str) -> str:
        return clean(record.get(name, ""))

    told = credits.of_line(field("author"), outlets)
    return assemble.Told(
        id=record.get("id", ""),
        title=" ".join(field("title").split()),
        subtitle=" ".join(field("subtitle").split()),
        summary=field("summary"),
        section=field("section"),
        authors=told.authors,
        agency=told.agency,
        url=address(record.get("url")),
        outlet=field("source"),
        published=_published(record.get("published", "")),
    )


def _published(value: str) -> Published | None:
    """The stated time, in the zone in which it is stated."""
    return time_of(value, "record")


def _lines(record: Record, outlets: Outlets) -> tuple[Line, ...]:
    """The text as lines. A corpus is cleaned already, so only what is surely residue is taken out."""
    told = [Line(text=clean(record.get("title", "")), role=Role.TITLE)] if record.get("title") else []
    lines: tuple[Line, ...] = (*told, *from_text(clean(record.get("text", ""))))
    for mark in (markers.mark_source, markers.mark_related, _mark_sure):
        lines = assign(lines, mark)
    lines = updates.mark_all(lines)
    return repeats.mark_known(credits.mark_bylines(lines, outlets))


def _mark_sure(line: Line) -> Line:
    marked = boilerplate.mark(line)
    return marked if marked.reason in _SURE else line
