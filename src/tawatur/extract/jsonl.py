"""Articles as JSON lines: ``{"id", "source", "url", "published", "title", "text"}`` and optional fields."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from tawatur.arabic.fold import clean
from tawatur.extract import assemble, boilerplate, compose, credits, markers, published, repeats, updates
from tawatur.extract.address import address
from tawatur.extract.lines import Line, Role, assign, from_text
from tawatur.extract.metadata import time_of
from tawatur.model import Article, Certainty, Outlets, Published, RawDocument, Rejected

_TEXTS = ("id", "source", "url", "published", "title", "subtitle", "section", "author", "summary", "text", "collected")
#: Residue that a corpus was cleaned of badly; what else looks like residue may be text.
_SURE = ("subscribe_prompt", "app_prompt", "share_bar", "follow_us", "separator", "copyright", "comment_rules")


def articles(text: str, document: RawDocument, *, outlets: Outlets, latest: date) -> tuple[Article | Rejected, ...]:
    """Return the articles of JSON lines, in order, and a rejection for each line that is not one."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return tuple(
        _read(
            line,
            document.origin if len(lines) == 1 else f"{document.origin}#{number}",
            document,
            outlets=outlets,
            latest=latest,
        )
        for number, line in lines
    )


def _read(line: str, origin: str, document: RawDocument, *, outlets: Outlets, latest: date) -> Article | Rejected:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Rejected(origin=origin, reason="bad_json", detail=str(error))
    if fault := _fault(record):
        return Rejected(origin=origin, reason="not_an_article", detail=fault)
    told = _told(record, outlets)
    if record.get("published") and told.published is None:
        return Rejected(origin=origin, reason="not_an_article", detail="published")
    lines = _lines(record, outlets)
    made = compose.finished(lines, outlets=outlets, latest=latest)
    collected = published.from_iso(record.get("collected") or "", basis="collected")
    if collected and collected.at:
        document = replace(document, collected=collected.at)
    found = assemble.article(made, told, document=document, outlets=outlets)
    dated = assemble.dated((found,), document, latest=latest, page=found.text)[0]
    return dated if dated.published.at or not collected else replace(dated, published=_collected(collected))


def _collected(told: Published) -> Published:
    """An article without any date appeared on the day on which it was collected, or a little before."""
    return replace(told, certainty=Certainty.INFERRED, day_only=True)


def _fault(record: object) -> str:
    """The field that makes a JSON value no article, or ""."""
    if not isinstance(record, dict):
        return "{}"
    for field in _TEXTS:
        if not isinstance(record.get(field) or "", str):
            return field
    # A picture gallery or a video has a headline and an empty text; without either there is nothing to read.
    if record.get("text") is None or not (record["text"].strip() or (record.get("title") or "").strip()):
        return "text"
    return ""


def _told(record: dict[str, str | None], outlets: Outlets) -> assemble.Told:
    def field(name: str) -> str:
        return clean(record.get(name) or "")

    told = credits.of_line(field("author"), outlets)
    return assemble.Told(
        id=record.get("id") or "",
        title=" ".join(field("title").split()),
        subtitle=" ".join(field("subtitle").split()),
        summary=field("summary"),
        section=field("section"),
        authors=told.authors,
        agency=told.agency,
        url=address(record.get("url")),
        outlet=field("source"),
        published=_published(record),
    )


def _published(record: dict[str, str | None]) -> Published | None:
    """The stated time, in the zone in which it is stated."""
    return time_of(record.get("published") or "", "record")


def _lines(record: dict[str, str | None], outlets: Outlets) -> tuple[Line, ...]:
    """The text as lines. A corpus is cleaned already, so only what is surely residue is taken out."""
    told = [Line(text=clean(record.get("title") or ""), role=Role.TITLE)] if record.get("title") else []
    lines: tuple[Line, ...] = (*told, *from_text(clean(record.get("text") or "")))
    for mark in (markers.mark_source, markers.mark_related, _mark_sure):
        lines = assign(lines, mark)
    lines = updates.mark_all(lines)
    return repeats.mark_known(credits.mark_bylines(lines, outlets))


def _mark_sure(line: Line) -> Line:
    marked = boilerplate.mark(line)
    return marked if marked.reason in _SURE else line
