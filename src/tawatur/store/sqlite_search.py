"""Searching in SQLite, by FTS5. Only postings are read, the newest first, and never more of them than ``LOOKS``.

SQLite's own ranking would read every posting of every word of a query; ``searching.ranking`` reads the keys of some hundred
articles instead, and the counts of frequent words are estimated from how densely their newest articles lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from heapq import nlargest
from typing import Any, NamedTuple

from tawatur.model import Analysis, Article, ArticleId, OutletKey, StoryHead, StoryId
from tawatur.recent import Recent
from tawatur.searching.plan import Choice, Field, Part, Plan
from tawatur.searching.ranking import Candidate, Statistics, rarity
from tawatur.searching.terms import Suggestion, TermKind, beginning, terms
from tawatur.searching.words import BETWEEN, VERSION, Entry, entered
from tawatur.store import codec
from tawatur.store.database import Database
from tawatur.store.search import Matches
from tawatur.store.sqlite_base import Connection, SqliteBase, run, run_all
from tawatur.stories.profile import Profile

#: Of how many postings of one word is looked up which articles have it, and how many are looked at for limits of stories.
POSTINGS, LOOKS = 500, 20_000
#: From so many articles on a name or word is counted by a sample of one in ``STEP``.
OFTEN, STEP = 32, 16
#: Of so many words it is held how many articles have them, until the number of all articles has grown by a 128th.
COUNTED, ALIKE_BITS = 20_000, 8
#: Numbers of articles: the minute of publication, and this many bits for those of one minute.
BITS = 16
_SHOWN = ("title", "lead", "body")
#: What every article has.
_EVERY = f'exact : "{BETWEEN}"'
_FIELDS = {Field.WORDS: "{title lead body}"}


class _Range(NamedTuple):
    """The numbers between which articles are looked for, and what their stories must be."""

    first: int
    last: int
    sources: int
    read: str


class SqliteSearch(SqliteBase):
    """``Search`` in SQLite."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._counts: Recent[int] = Recent(COUNTED)

    # -- finding -----------------------------------------------------------------------------------------------------

    def find(self, plan: Plan, *, most: int, all_words: bool = True) -> Matches:
        inside, state = _range(plan), self._all("search_state")[0]
        rows = self._having_all(plan, inside, most) if all_words else []
        # Of a single word it is no matter how much it tells.
        alone = len(rows) if len(plan.wanted) == 1 else 0
        having = (alone,) if alone else self._counted(plan.wanted, state)
        loose = not rows and len(plan.wanted) > (1 if all_words else 0)
        if loose:
            rows = self._having_some(plan, inside, having, most, articles=max(state["articles"], 1))
        articles, characters = max(state["articles"], 1), state["characters"]
        known = Statistics(articles=articles, length=characters / articles, having=having)
        return Matches(
            found=self._candidates(rows[:most]), known=known, more=len(rows) > most, loose=loose and bool(rows)
        )

    def _having_all(self, plan: Plan, inside: _Range, most: int) -> list[dict[str, Any]]:
        """Return the newest rows that answer all of a plan; where there are more, those too whose headlines do."""
        match = self._expression((*plan.wanted, *plan.kept), plan.unwanted)
        if not match:
            return self._all("search_list", **inside._asdict(), most=most + 1)
        rows = self._all("search_find", match=match, **inside._asdict(), looks=LOOKS, most=most + 1)
        if len(rows) <= most or not plan.wanted:
            return rows
        newest, rest = rows[: most // 2], rows[most // 2 :]
        titles = self._expression((*(_in_title(choice) for choice in plan.wanted), *plan.kept), plan.unwanted)
        older = inside._replace(last=newest[-1]["number"])
        in_title = self._all("search_find", match=titles, **older._asdict(), looks=LOOKS, most=most + 1 - len(newest))
        numbers = {row["number"] for row in in_title}
        return [*newest, *in_title, *(row for row in rest if row["number"] not in numbers)][: most + 1]

    def _having_some(
        self, plan: Plan, inside: _Range, having: Sequence[int], most: int, *, articles: int
    ) -> list[dict[str, Any]]:
        """Return rows that have the wanted words that tell most, by the newest postings of each of them."""
        told: dict[int, float] = defaultdict(float)
        span: dict[str, object] = {"first": inside.first, "last": inside.last, "most": POSTINGS}
        matches = (self._expression((choice, *plan.kept), plan.unwanted) for choice in plan.wanted)
        posted = self._each("search_posted", (span | {"match": match} for match in matches))
        for (row,), count in zip(posted, having, strict=True):
            weight = rarity(count, articles)
            for number in filter(None, row["numbers"].split(",")):
                told[int(number)] += weight
        best = nlargest(most + 1, told, key=lambda number: (told[number], number))
        rows = self._all("search_those", numbers=codec.dump(best), sources=inside.sources, read=inside.read)
        return sorted(rows, key=lambda row: (-told[row["number"]], -row["number"]))

    def _counted(self, choices: Sequence[Choice], state: Mapping[str, Any]) -> tuple[int, ...]:
        """Return how many articles have each choice, about, as it was when there were about as many of them as now."""
        articles: int = state["articles"]
        as_of = (state["version"], (articles << ALIKE_BITS) >> articles.bit_length())
        keys = [(choice, as_of) for choice in choices]
        return tuple(self._counts.several(keys, lambda new: self._having([choice for choice, _ in new], articles)))

    def _having(self, choices: Sequence[Choice], articles: int) -> list[int]:
        """Return how many articles have each choice, about: counted up to ``POSTINGS``, beyond that by how densely those lie."""
        asked = ({"match": self._expression((choice,), ()), "most": POSTINGS} for choice in choices)
        rows, span = [found[0] for found in self._each("search_having", asked)], self._all("search_span")[0]

        def estimated(row: Mapping[str, Any]) -> int:
            share = (span["last"] - row["oldest"]) / max(1, span["last"] - span["first"])
            return int(POSTINGS / max(share, POSTINGS / max(1, articles)))

        return [row["articles"] if row["articles"] < POSTINGS else estimated(row) for row in rows]

    def _candidates(self, rows: Sequence[dict[str, Any]]) -> tuple[Candidate, ...]:
        numbers = codec.dump([row["number"] for row in rows])
        keys = {own["number"]: own for own in self._all("search_keys", numbers=numbers)}
        return tuple(_candidate(row, keys[row["number"]]) for row in rows if row["number"] in keys)

    def heads(self, stories: Iterable[StoryId]) -> Mapping[StoryId, StoryHead]:
        rows = self._all("search_heads", stories=codec.dump(tuple(stories)))
        return {StoryId(row["id"]): codec.head_of(row) for row in rows}

    def articles(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, Article]:
        rows = self._all("search_texts", articles=codec.dump(tuple(ids)))
        found = (codec.load(row["article"], Article) for row in rows)
        return {article.id: article for article in found}

    def outlets_of(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, OutletKey]:
        rows = self._all("search_outlets", articles=codec.dump(tuple(ids)))
        return {ArticleId(row["id"]): OutletKey(row["outlet"]) for row in rows}

    # -- suggestions -------------------------------------------------------------------------------------------------

    def suggest(self, typed: str, *, limit: int) -> tuple[Suggestion, ...]:
        start = beginning(typed)
        if not start:
            return ()
        values: dict[str, object] = {"beginning": start, "behind": start + "\U0010ffff", "limit": 3 * limit}
        if len(start) > 2:
            rows = self._all("search_suggest_three", three=start[:3], **values)
        else:
            rows = self._all("search_suggest_two", two=start, **values)
        found = dict.fromkeys(Suggestion(TermKind(row["kind"]), row["shown"], row["articles"]) for row in rows)
        return tuple(found)[:limit]

    def alike(self, beginnings: Iterable[str], *, limit: int) -> tuple[tuple[str, str, int], ...]:
        found = self._each("search_alike", ({"two": two, "limit": limit} for two in beginnings))
        return tuple((row["beginning"], row["shown"], row["articles"]) for rows in found for row in rows)

    # -- entering ----------------------------------------------------------------------------------------------------

    def _enter(self, connection: Connection, article: Article, analysis: Analysis, made: Entry, time: datetime) -> None:
        """Enter a kept article by its words under a time, within a transaction."""
        minute = _minute(time)
        number = run(connection, "search_number", minute=minute).fetchone()["number"]
        words = {name: getattr(made, name) for name in made.__slots__}
        shown = {name: words[name] for name in _SHOWN}
        run(connection, "search_enter", number=number, **self._entered(number, words))
        run(connection, "search_enter_article", number=number, article=article.id, read=codec.stamp(article.collected))
        run(connection, "search_enter_words", number=number, **shown)
        run(connection, "search_count", version=VERSION, articles=1, characters=len(made.lead) + len(made.body))
        sampled = int(blake2b(article.id.encode(), digest_size=1).digest()[0] % STEP == 0)
        counted: dict[str, object] = {"often": OFTEN, "step": STEP, "sampled": sampled}
        rows = (
            counted
            | {"beginning": start, "two": start[:2], "three": start[:3], "kind": term.kind.value, "shown": term.shown}
            for term in terms(article, analysis)
            for start in term.beginnings
        )
        run_all(connection, "search_term", rows)

    def _entered(self, number: int, words: Mapping[str, str]) -> Mapping[str, str]:
        """Return the words of an article as the index takes them, by the index's columns."""
        return words

    def _expression(self, choices: Iterable[Choice], unwanted: Iterable[Part]) -> str:
        """Return the index's expression for articles that have each of some choices and nothing unwanted; "" where any would do."""
        return _match(choices, unwanted)

    def _move_in_search(self, connection: Connection, article: ArticleId, time: datetime) -> None:
        """Enter an article anew that was entered under another time, within a transaction."""
        for row in run(connection, "search_moved", article=article, minute=_minute(time)).fetchall():
            run(connection, "search_leave_words", number=row["number"])
            run(connection, "search_leave", number=row["number"])
            run(connection, "search_count", version=VERSION, articles=-1, characters=0)
            kept = run(connection, "search_kept", article=article).fetchone()
            self._enter(connection, *_kept(kept), time)

    def to_fill(self) -> bool:
        state = self._all("search_state")[0]
        return state["entered"] is not None or (state["articles"] > 0 and state["version"] != VERSION)

    def fill_search(self, limit: int) -> int:
        state = self._all("search_state")[0]
        if state["version"] != VERSION and state["articles"]:
            self.forget_search()
        with self._transaction() as connection:
            entered = run(connection, "search_state").fetchone()["entered"]
            if entered is None:
                return 0
            rows = run(connection, "search_to_enter", entered=entered, limit=limit).fetchall()
            for row in rows:
                self._enter(connection, *_kept(row), datetime.fromisoformat(row["time"]))
            run(connection, "search_entered", entered=rows[-1]["row"] if rows else None)
            return len(rows)

    def forget_search(self) -> None:
        with self._transaction() as connection:
            for what in ("all", "words", "articles", "terms"):
                run(connection, f"search_forget_{what}")
            run(connection, "search_forget_state", version=VERSION)


def _kept(row: Mapping[str, Any]) -> tuple[Article, Analysis, Entry]:
    article, analysis = codec.load(row["article"], Article), codec.load(row["analysis"], Analysis)
    return article, analysis, entered(article, analysis, codec.load(row["profile"], Profile))


_FIRST, _LAST = -(2**62), 2**62


def _minute(time: datetime) -> int:
    return int(time.timestamp() // 60)


def _range(plan: Plan) -> _Range:
    return _Range(
        first=_minute(plan.first) << BITS if plan.first else _FIRST,
        last=_minute(plan.last) << BITS if plan.last else _LAST,
        sources=plan.sources,
        read=codec.stamp(plan.read_after) if plan.read_after else "",
    )


def _candidate(row: Mapping[str, Any], keys: Mapping[str, Any]) -> Candidate:
    return Candidate(
        article=ArticleId(row["article"]),
        story=StoryId(row["story"]),
        at=datetime.fromtimestamp((row["number"] >> BITS) * 60, UTC),
        independent=row["independent"],
        title=keys["title"],
        lead=keys["lead"],
        body=keys["body"],
    )


def _match(choices: Iterable[Choice], unwanted: Iterable[Part]) -> str:
    """Return the expression of FTS5 for articles that have each of some choices and nothing unwanted; "" where any would do."""
    wanted = " AND ".join(f"({' OR '.join(map(_row, choice))})" for choice in choices)
    without = " OR ".join(map(_row, unwanted))
    return f"({wanted or _EVERY}) NOT ({without})" if without else wanted


def _row(part: Part) -> str:
    """Return the expression for words in a row in one field."""
    words = " ".join(part.words).replace('"', "")
    return f'{_FIELDS.get(part.field, part.field.value)} : "{words}"'


def _in_title(choice: Choice) -> Choice:
    return tuple(Part(Field.TITLE, part.keys, part.keys) for part in choice if any(part.keys))
