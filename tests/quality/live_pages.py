"""Read the invented live pages and say what came out right, page by page."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tawatur import outlets
from tawatur.extract import extract
from tawatur.model import Article, Kind, RawDocument

DATA = Path(__file__).resolve().parents[1] / "unit/extract/data/live_pages.toml"
READ = datetime(2026, 11, 11, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """What one page should give and gives. ``wrong`` names the first thing that is not right, "" where all is."""

    name: str
    wrong: str
    updates: int
    found: int
    times: int  # updates whose time is right


@cache
def pages() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def filled(text: str) -> str:
    for letter, texts in (("P", pages()["paragraphs"]), ("H", pages()["headlines"])):
        text = re.sub(rf"\b{letter}([1-9])\b", lambda found, texts=texts: texts[int(found[1]) - 1], text)
    return text


def read(page: dict[str, Any]) -> tuple[Article, ...]:
    html = page.get("kind") == "html"
    text = filled(page["text"])
    content = f"<html><body>{text}</body></html>" if html else text
    day: date | None = page.get("published")
    document = RawDocument(
        content=content.encode(), origin="page", kind=Kind.HTML if html else Kind.TEXT, collected=READ, published=day
    )
    return extract(document, outlets=outlets.load(), latest=READ.date()).articles


def outcome(page: dict[str, Any]) -> Outcome:
    found = read(page)
    updates = [update for one in found for update in one.updates]
    told = [update.at.strftime("%Y-%m-%dT%H:%M") if update.at else "-" for update in updates]
    want = page["updates"]
    return Outcome(page["name"], _wrong(page, found, told), len(want), len(told), sum(map(str.__eq__, told, want)))


def _wrong(page: dict[str, Any], found: tuple[Article, ...], told: list[str]) -> str:
    if len(found) != page.get("articles", 1):
        return f"{len(found)} articles"
    if told != page["updates"]:
        return f"updates {told}"
    texts = [update.paragraphs for one in found for update in one.updates]
    if any(not text for text in texts):
        return "an update without text"
    for name, at in (("first", 0), ("last", -1)):
        if name in page and texts[at][0] != pages()["paragraphs"][page[name] - 1]:
            return f"the {name} update begins {texts[at][0]}"
    kept = "\n".join(one.text for one in found)
    lost = [number for number in set(re.findall(r"\bP([1-9])\b", page["text"].partition("</script>")[2] or page["text"]))
            if pages()["paragraphs"][int(number) - 1] not in kept]  # fmt: skip
    return f"paragraphs {lost} are lost" if lost else ""
