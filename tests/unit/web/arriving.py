"""Invented news that arrives bit by bit: ``data/arriving.toml`` on its way through the whole pipeline into a store in memory."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tawatur import pipeline
from tawatur.model import Kind, Outlets, RawDocument, StoryId
from tawatur.store import MEMORY, Store, open_store

TOLD = tomllib.loads((Path(__file__).parent / "data" / "arriving.toml").read_text(encoding="utf-8"))
MORNING = datetime(2026, 3, 9, 6, tzinfo=UTC)


class Nobody:
    """Nobody looks on."""

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: None


@dataclass
class Newsroom:
    """What ``tawatur.web.create`` asks for, with news that arrives when a test says so."""

    store: Store = field(default_factory=lambda: open_store(MEMORY))
    outlets: Outlets = field(default_factory=Outlets)

    def arrives(self, *names: str) -> None:
        """Let reports arrive, to be read, grouped and composed."""
        with self.store.reading(datetime.now(UTC)) as now:
            items = [document(name, now) for name in names]
            pipeline.read(items, store=self.store, outlets=self.outlets, now=now, watch=Nobody())

    def story(self, name: str) -> StoryId:
        """Return the story in which a report stands."""
        found = next(one for one in self.store.headlines(limit=99) if _has(self.store, one.head.id, name))
        return found.head.id


def _has(store: Store, story: StoryId, name: str) -> bool:
    return any(report.article.title == TOLD[name]["title"] for report in store.reports(story))


def document(name: str, now: datetime) -> RawDocument:
    told = TOLD[name]
    line = {
        "id": name,
        "source": told["outlet"],
        "published": (MORNING + timedelta(hours=told["hour"])).isoformat(),
        "title": told["title"],
        "text": told["text"].strip(),
    }
    return RawDocument(content=json.dumps(line).encode(), origin=f"{name}.jsonl#1", kind=Kind.JSONL, collected=now)
