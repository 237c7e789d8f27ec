"""``Headlines`` in SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tawatur.model import StoryId
from tawatur.store import codec
from tawatur.store.headlines import Headline, widest
from tawatur.store.sqlite_base import Connection, SqliteBase, run
from tawatur.stories.glance import Glance


class SqliteHeadlines(SqliteBase):
    """``Headlines`` in SQLite."""

    def headlines(self, *, limit: int, section: str = "", behind: StoryId | None = None) -> tuple[Headline, ...]:
        values: dict[str, object] = {"limit": limit} | ({"section": section} if section else {})
        name = "headlines_of_section" if section else "headlines"
        if behind is None:
            return self._headlines(name, **values)
        return self._headlines(f"{name}_behind", behind=behind, **values)

    def newest(self, *, limit: int) -> tuple[Headline, ...]:
        return self._headlines("headlines_newest", limit=limit)

    def lone(self, *, limit: int) -> tuple[Headline, ...]:
        return self._headlines("headlines_lone", limit=limit)

    def widest(self, *, days: int, limit: int) -> tuple[Headline, ...]:
        latest = [row["day"] for row in self._all("latest_days", limit=days)]
        found = self._each("widest_of_day", ({"day": day, "limit": limit} for day in latest))
        return widest([_headline(row) for rows in found for row in rows], limit)

    def glances(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Glance]:
        rows = self._all("glances", stories=codec.dump(tuple(stories)))
        return {StoryId(row["story"]): codec.load(row["glance"], Glance) for row in rows}

    def sections(self) -> tuple[str, ...]:
        return tuple(sorted(row["section"] for row in self._all("sections")))

    def edition(self) -> int:
        return int(self._all("edition")[0]["number"])

    def _headlines(self, name: str, /, **values: object) -> tuple[Headline, ...]:
        return tuple(_headline(row) for row in self._all(name, **values))

    def _put_glance(self, connection: Connection, story: StoryId, glance: Glance) -> None:
        lent = codec.stamp(glance.lent) if glance.lent else None
        run(connection, "put_headline", story=story, section=glance.section, lent=lent, glance=codec.dump(glance))


def _headline(row: dict[str, Any]) -> Headline:
    return Headline(codec.head_of(row), codec.load(row["glance"], Glance))
