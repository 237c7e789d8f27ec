"""A saved story of two readers, made of ``data/clippings.toml``."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tawatur.model import ArticleId, BlockKind, OutletKey, Span
from tawatur.reader import ReaderId
from tawatur.saved import ClippedBlock, ClippedReport, Clipping, Highlight, Saved, SavedKind

TEXTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "clippings.toml").read_text(encoding="utf-8"))
NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)


def clipping(texts: dict[str, Any]) -> Clipping:
    reports = tuple(
        ClippedReport(
            outlet=OutletKey(f"outlet-{at}"),
            name=name,
            article=ArticleId(f"a{at}"),
            title=TEXTS["latin"] if at else texts["title"],
            url=f"https://outlet.example/{at}?a=1&b=2",
            published=NOW,
        )
        for at, name in enumerate(texts["outlets"])
    )
    blocks = tuple(
        ClippedBlock(kind=BlockKind.PARAGRAPH, text=text, reports=(0, 1), independent=2) for text in texts["blocks"]
    )
    return Clipping(
        title=texts["title"],
        blocks=blocks,
        reports=reports,
        independent=len(reports),
        figures=tuple(texts["figures"]),
    )


THEN, LATER = clipping(TEXTS["then"]), clipping(TEXTS["now"])


def marked(text: str = THEN.text) -> Highlight:
    start = text.index(TEXTS["mark"])
    span = Span(start, start + len(TEXTS["mark"]))
    return Highlight(id="h1", span=span, text=TEXTS["mark"], at=NOW, note=TEXTS["comment"])


SAVED = Saved(
    reader=ReaderId("r1"),
    kind=SavedKind.STORY,
    of="s1",
    title=THEN.title,
    at=NOW,
    published=NOW,
    note=TEXTS["note"],
    tags=(TEXTS["tag"],),
    highlights=(marked(),),
    clippings=(THEN.id,),
)
LINK = Saved(reader=SAVED.reader, kind=SavedKind.PAGE, of="https://far.example/?a=1&b=2", title=TEXTS["latin"], at=NOW)
ENTRIES = ((SAVED, (THEN,)), (LINK, ()))
