"""Affairs in SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from tawatur.model import StoryId
from tawatur.store import codec
from tawatur.store.sqlite_base import Connection, SqliteBase, run, run_all
from tawatur.stories.affairs import Holder
from tawatur.stories.signature import Signature

#: Of how many signatures it is remembered what their texts say: stories of a day are held against the same ones again and again.
KNOWN = 1000


class SqliteAffairs(SqliteBase):
    """``Affairs`` in SQLite."""

    def signatures(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Signature]:
        rows = self._all("signatures", stories=codec.dump(tuple(stories)))
        return {StoryId(row["story"]): _signature(row["signature"]) for row in rows}

    def holders(
        self, keys: Iterable[str], *, at: datetime, within: timedelta, most: int
    ) -> Mapping[str, tuple[Holder, ...]]:
        wanted = list(keys)
        span: dict[str, object] = {"at": codec.stamp(at), "most": most}
        span |= {"since": codec.stamp(at - within), "until": codec.stamp(at + within)}
        before, behind = (
            self._each(name, (span | {"key": key} for key in wanted)) for name in ("held_before", "held_behind")
        )
        return {
            key: tuple(
                Holder(datetime.fromisoformat(row["time"]), StoryId(row["story"])) for row in (*reversed(older), *newer)
            )
            for key, older, newer in zip(wanted, before, behind, strict=True)
        }

    def _put_signature(self, connection: Connection, story: StoryId, signature: Signature | None) -> None:
        """Keep the signature of a story that has none any more."""
        if signature is not None:
            row = {"story": story, "time": codec.stamp(signature.time)}
            run(connection, "put_affair", signature=codec.dump(signature), **row)
            run_all(connection, "add_trait", ({"key": trait.key} | row for trait in signature.traits))

    def _drop_signature(self, connection: Connection, story: StoryId) -> None:
        for name in ("drop_traits", "drop_affair"):
            run(connection, name, story=story)


@lru_cache(maxsize=KNOWN)
def _signature(text: str) -> Signature:
    return codec.load(text, Signature)
