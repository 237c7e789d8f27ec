"""Stores of any size for load runs: a month of real news, read once, and shifted by days as often as it takes.

    python -m bench.million PATH ARTICLES

The month is ``articles/ant-2018-05.jsonl.gz`` of ``../shared``, read by the whole pipeline into a small store that is kept beside
the large one ("month.sqlite3"). Its rows are copied with new ids; every copy lies some days earlier, all of them within ``SPAN``,
so that a larger store has more news a day, not more days. Copies have no profiles, signatures and tellings: nothing more can be
grouped in such a store, and pages of their stories are composed anew.
"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from tawatur import outlets, pipeline
from tawatur.model import Analysis, Article, Kind, RawDocument
from tawatur.searching.words import Entry, entry
from tawatur.store import codec, open_store
from tawatur.store.sql import queries
from tawatur.store.sqlite_search import BITS
from tawatur.stories.profile import Profile
from tawatur.stories.topics import topic_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
MONTH = SHARED / "data/articles/ant-2018-05.jsonl.gz"
#: How many articles are read, and over how many days their copies are spread.
READ, SPAN = 4000, 730
NOW = datetime(2018, 6, 1, tzinfo=UTC)
DAY_MINUTES = 24 * 60

#: Tables that are copied, in the order of their references.
TABLES = (
    "articles", "analyses", "stories", "profiles", "reports", "related", "headlines", "namings", "name_roles",
    "name_said", "reportings", "leanings", "search_articles", "search_words",
)  # fmt: skip
_ID = "{0} || :copy"
_TIME = "date({0}, :days) || substr({0}, 11)"
_NUMBER = "(({0} >> 16) + :minutes << 16) + (({0} + :nth * 4001) & 65535)"
#: What a copy has in the place of a row's own value, by column.
_COLUMNS = {
    **dict.fromkeys(("article", "story", "other", "newer"), _ID),
    **dict.fromkeys(("published", "began", "first", "latest", "time", "at"), _TIME),
    "day": "date({0}, :days)",
    "month": "substr(date({0} || '-01', :days), 1, 7)",
}
#: The same for columns of one table that are another thing there.
_OWN = {
    "articles": {
        "id": _ID,
        "article": f"json_set(article, '$.id', id || :copy, '$.published.at', {_TIME.format('published')})",
    },
    "analyses": {"analysis": "json_set(analysis, '$.article', article || :copy)"},
    "stories": {"id": _ID},
    "profiles": {"profile": "'{{}}'"},
    "namings": {"days": "(SELECT json_group_object(date(key, :days), json(value)) FROM json_each(days))"},
    "reportings": {"first": "{0}"},
    "search_articles": {"number": _NUMBER},
    "search_words": {"number": _NUMBER},
}  # fmt: skip


class Silent:
    """Looks on and says nothing."""

    def __getattr__(self, _: str) -> Callable[..., None]:
        return lambda *_: None


def build(path: Path, articles: int) -> Path:
    """Make a store of so many articles at a path, unless it is there; return the path."""
    if path.exists():
        return path
    month, made = _month(path.with_name("month.sqlite3")), path.with_name(path.name + ".part")
    shutil.copyfile(month, made)
    with closing(sqlite3.connect(made, isolation_level=None)) as db:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -800000"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("ATTACH ? AS month", (str(month),))
        _multiply(db, articles)
        db.execute(
            "UPDATE search_state SET articles = (SELECT count(*) FROM search_articles), characters = characters * :n",
            {"n": -(-articles // int(db.execute("SELECT count(*) FROM month.articles").fetchone()[0]))},
        )
        db.execute("ANALYZE main")
    made.rename(path)
    open_store(path).close()  # in the journal mode of a store
    return path


def _multiply(db: sqlite3.Connection, articles: int) -> None:
    """Copy the rows of the month until there are so many articles; each copy is a transaction."""
    entries = _entries(db)
    copies = -(-articles // len(entries)) - 1
    statements = [_copying(db, table) for table in TABLES]
    for copy in range(1, copies + 1):
        days = SPAN * copy // copies
        values = {"copy": f"~{copy}", "days": f"-{days} days", "minutes": -days * DAY_MINUTES, "nth": copy}
        db.execute("BEGIN")
        for statement in statements:
            db.execute(statement, values)
        shift = -days * DAY_MINUTES
        rows = (({"number": _shifted(number, shift, copy)} | own) for number, own in entries)
        db.executemany(queries()["search_enter"], sorted(rows, key=lambda row: row["number"]))
        db.execute("COMMIT")
        print(f"\r{copy}/{copies}", end="", file=sys.stderr, flush=True)


def _shifted(number: int, minutes: int, copy: int) -> int:
    """Return the number of a copy of an article; see ``_NUMBER``."""
    return ((number >> BITS) + minutes << BITS) + ((number + copy * 4001) & 65535)


def _entries(db: sqlite3.Connection) -> list[tuple[int, dict[str, object]]]:
    """Return the number and the words of each article of the month."""
    rows = db.execute(
        "SELECT number, articles.article, analysis, profile FROM month.search_articles AS a"
        " JOIN month.articles ON articles.id = a.article JOIN month.analyses ON analyses.article = a.article"
        " JOIN month.profiles ON profiles.article = a.article"
    )
    made = ((row[0], _words(*row[1:])) for row in rows)
    return [(number, {name: getattr(words, name) for name in Entry.__slots__}) for number, words in made]


def _words(article: str, analysis: str, compared: str) -> Entry:
    topic = topic_of((codec.load(compared, Profile),))
    return entry(codec.load(article, Article), codec.load(analysis, Analysis), topic=topic)


def _copying(db: sqlite3.Connection, table: str) -> str:
    """Return the statement that copies a table of the month."""
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    how = _COLUMNS | _OWN.get(table, {})
    values = [how.get(column, "{0}").format(column) for column in columns]
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM month.{table}"


def _month(path: Path) -> Path:
    """Return the store of the month, reading it where that was not done."""
    if not path.exists():
        made = path.with_name(path.name + ".part")
        made.unlink(missing_ok=True)
        store = open_store(made)
        with store.reading(NOW) as now:
            pipeline.read(_documents(), store=store, outlets=outlets.load(), now=now, watch=Silent())
        store.close()
        made.rename(path)
    return path


def _documents() -> Iterator[RawDocument]:
    with gzip.open(MONTH) as lines:
        for number, line in enumerate(islice(lines, READ), 1):
            yield RawDocument(content=line, origin=f"month#{number}", kind=Kind.JSONL, collected=NOW)


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
