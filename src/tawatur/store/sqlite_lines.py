"""The lines that outlets repeat, in SQLite."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date

from tawatur.extract.repeated import Fingerprint, Seen
from tawatur.model import OutletKey
from tawatur.store.lines import FORGET_EVERY, MOST_LINES
from tawatur.store.sqlite_base import Connection, SqliteBase, run, run_all


class SqliteLines(SqliteBase):
    """``LineStore`` in SQLite."""

    def repeated(self, outlet: OutletKey, lines: Collection[Fingerprint], /) -> Mapping[Fingerprint, Seen]:
        rows = self._all("lines_seen", outlet=outlet, lines=json.dumps(sorted(lines)))
        return {
            Fingerprint(row["line"]): Seen(articles=row["articles"], days=row["days"], of=row["of"]) for row in rows
        }

    def kept_lines(self, outlet: OutletKey) -> int:
        kept: int = self._all("lines_kept", outlet=outlet)[0]["kept"]
        return kept

    def _count_lines(
        self, connection: Connection, outlet: OutletKey, lines: Collection[Fingerprint], *, day: date
    ) -> None:
        """Count the lines of one article, within the transaction that keeps it."""
        number: int = run(connection, "count_article", outlet=outlet).fetchone()["articles"]
        shared = {"outlet": outlet, "day": day.isoformat(), "number": number}
        run_all(connection, "count_line", ({"line": line} | shared for line in lines))
        if number % FORGET_EVERY == 0:
            run(connection, "forget_rare_lines", outlet=outlet, number=number, every=FORGET_EVERY)
            run(connection, "forget_most_lines", outlet=outlet, most=MOST_LINES)
