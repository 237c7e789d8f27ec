"""Stores of any size for load runs: a month of real news, read once, and shifted by days as often as it takes.

    python -m bench.million PATH ARTICLES

The month is ``articles/ant-2018-05.jsonl.gz`` of ``../shared``, read by the whole pipeline into a small store that is kept beside
the large one ("month.sqlite3"). Its rows are copied with new ids; every copy lies some days earlier, all of them within ``SPAN``,
so that a larger store has more news a day, not more days. All that pages, searches and grouping read is copied, tellings with the
ids of their copies; the documents stay those of the month. About 32 KB an article: a hundred thousand take 3.2 GB and three
minutes of the processor. Of a million the indexes by id outgrow the cache; it takes hours on a machine that others use.

Stories count as composed by the rules of today (``as_of_today``), so that nothing is made anew behind the pages.
"""

from __future__ import annotations

import gzip
import re
import shutil
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from tawatur import outlets, pipeline
from tawatur.app import known_outlets
from tawatur.ids import content_id
from tawatur.model import Analysis, Article, Kind, RawDocument
from tawatur.searching.words import Entry, entry
from tawatur.store import codec, open_store
from tawatur.store.sql import queries
from tawatur.store.sqlite_search import BITS
from tawatur.stories.compose import composition
from tawatur.stories.profile import Profile
from tawatur.stories.topics import topic_of
from tawatur.stories.whole import Kept

SHARED = Path(__file__).resolve().parents[2] / "shared"
MONTH = SHARED / "data/articles/ant-2018-05.jsonl.gz"
#: How many articles are read, and over how many days their copies are spread.
READ, SPAN = 4000, 730
NOW = datetime(2018, 6, 1, tzinfo=UTC)
DAY_MINUTES = 24 * 60

#: Tables that are copied, in the order of their references.
TABLES = (
    "articles", "analyses", "stories", "profiles", "reports", "related", "headlines", "affairs", "traits", "namings",
    "name_roles", "name_said", "reportings", "leanings", "search_articles", "search_words",
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
    "headlines": {"weight": "{0} + :minutes / 60.0"},
    "namings": {"days": "(SELECT json_group_object(date(key, :days), json(value)) FROM json_each(days))"},
    "reportings": {"first": "{0}"},
    "search_articles": {"number": _NUMBER},
    "search_words": {"number": _NUMBER},
}  # fmt: skip

_COPY, _MADE = "\x00", "\x01"  # no JSON has them
_ORIGINALS = "SELECT story, telling FROM tellings WHERE instr(story, '~') = 0"
_OTHERWISE = "SELECT id FROM stories WHERE day IS NOT NULL AND composition <> ? LIMIT 1"
_TIMES = "SELECT count(*) / (SELECT count(*) FROM articles WHERE instr(id, '~') = 0) FROM articles"
_STATE = "UPDATE search_state SET articles = (SELECT count(*) FROM search_articles), characters = characters * :times"


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
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -3000000"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("ATTACH ? AS month", (str(month),))
        _multiply(db, articles)
        times = db.execute(_TIMES).fetchone()[0]
        db.execute(_STATE, {"times": times})
        db.execute("UPDATE search_terms SET articles = articles * :times", {"times": times})
        tell(db, known_outlets().index(composition))
    made.rename(path)
    open_store(path).close()  # in the journal mode of a store
    return path


def as_of_today(path: Path) -> None:
    """Let the stories of a store count as composed by the rules of today, where they do not yet."""
    open_store(path).close()  # this release's tables
    rules = known_outlets().index(composition)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        if db.execute(_OTHERWISE, (rules,)).fetchone():
            tell(db, rules)


def tell(db: sqlite3.Connection, rules: str) -> None:
    """Give each copied story the telling of its original, and let all count as composed by some rules."""
    versions = dict(db.execute("SELECT article, version FROM analyses WHERE instr(article, '~') = 0 ORDER BY rowid"))
    texts = [(story, zlib.decompress(telling).decode()) for story, telling in db.execute(_ORIGINALS).fetchall()]
    templates = [_template(story, text, versions) for story, text in texts]
    for copy in range(db.execute(_TIMES).fetchone()[0]):
        db.execute("BEGIN")
        db.executemany(
            "INSERT OR REPLACE INTO tellings (story, telling) VALUES (?, ?)",
            (one.copied(f"~{copy}" if copy else "", rules) for one in templates),
        )
        db.execute("COMMIT")
    db.execute("UPDATE stories SET composition = ?1 WHERE composition <> ?1", (rules,))


@dataclass(frozen=True, slots=True)
class _Template:
    """A telling in which ``_COPY`` stands behind each id and ``_MADE`` for what it was made of; its articles, with the versions."""

    story: str
    text: str
    articles: tuple[tuple[str, str], ...]

    def copied(self, copy: str, rules: str) -> tuple[str, bytes]:
        made = content_id(rules, *(part for article, version in self.articles for part in (article + copy, version)))
        return self.story + copy, zlib.compress(self.text.replace(_COPY, copy).replace(_MADE, made).encode())


def _template(story: str, text: str, versions: Mapping[str, str]) -> _Template:
    kept = codec.load(text, Kept)
    ids = re.compile("|".join(re.escape(f'"{one}"') for one in (story, *kept.order)))
    text = ids.sub(lambda found: f'{found[0][:-1]}{_COPY}"', text.replace(kept.made_of, _MADE))
    return _Template(story, text, tuple((one, versions[one]) for one in sorted(kept.order)))


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
