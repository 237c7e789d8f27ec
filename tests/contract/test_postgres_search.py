"""The newest articles first, on a PostgreSQL server: what is looked for in one time after the other is what is found in all."""

from __future__ import annotations

import random
from collections.abc import Iterator

import psycopg
import pytest

from tawatur.store.postgres import PostgresStore
from tawatur.store.postgres_search import found_words
from tawatur.store.sqlite_search import BITS

#: So many articles, of which the later ones lie denser, and the words that some have: a half, a tenth, a hundredth, very few.
ARTICLES, SHARES = 4000, {"half": 2, "tenth": 10, "hundredth": 100, "seldom": 1500}
FIRST, LAST = -(2**62), 2**62
_KEEP = """INSERT INTO search_articles (number, article, story, independent, read)
VALUES (%s, 'a' || %s, CASE WHEN %s > 0 THEN 's' END, %s, '2026')"""
_NEWEST = "SELECT unnest(search_newest(%s::tsquery, %s, %s, %s))"
_ALL = "SELECT number FROM search WHERE words @@ %s::tsquery AND number >= %s AND number < %s ORDER BY number DESC LIMIT %s"
_STORIES = "SELECT number FROM search_stories(%s::tsquery, %s, %s, %s, '', 20000, %s)"
_ALL_STORIES = """SELECT number FROM search JOIN search_articles USING (number) WHERE words @@ %s::tsquery AND number >= %s
AND number < %s AND story IS NOT NULL AND independent >= %s ORDER BY number DESC LIMIT %s"""

Raw = psycopg.Connection[tuple[int, ...]]


@pytest.fixture
def filled(postgres: str) -> Iterator[tuple[Raw, list[int]]]:
    """A connection to an index of articles of four years, and their numbers."""
    PostgresStore(postgres).close()
    chance = random.Random(7)
    minutes = sorted(int(24_500_000 + 2_100_000 * chance.random() ** 0.3) for _ in range(ARTICLES))
    numbers = [(minute << BITS) + at for at, minute in enumerate(minutes)]
    with psycopg.connect(postgres, autocommit=True) as raw:
        raw.execute("SET search_path TO tawatur; SET session_replication_role TO replica")
        with raw.cursor() as cursor:
            has = [
                {"exact": "|", "lead": " ".join(word for word, share in SHARES.items() if not chance.randrange(share))}
                for _ in numbers
            ]
            cursor.executemany(
                "INSERT INTO search (number, words) VALUES (%s, %s::tsvector)",
                [(number, found_words(number, own)) for number, own in zip(numbers, has, strict=True)],
            )
            cursor.executemany(_KEEP, [(one, one, one % 9, chance.choice((1, 1, 1, 2, 5))) for one in numbers])
        yield raw, numbers


def test_the_newest_are_found_first_whatever_the_word_and_the_time(filled: tuple[Raw, list[int]]) -> None:
    raw, numbers = filled
    spans = [
        (FIRST, LAST),
        (numbers[100], LAST),
        (FIRST, numbers[-1500]),
        (numbers[1000], numbers[1200]),
        (LAST, FIRST),
    ]
    queries = ["'khalf'", "'ktenth'", "'khundredth'", "'kseldom'", "'khalf' & 'ktenth'", "'kseldom' | 'khundredth'"]
    queries += ["'x|' & !'khalf'", "'ktenth' <-> 'khundredth'", "'knobody'"]
    for query in queries:
        for first, last in spans:
            for most in (1, 81, 3000):
                expected = raw.execute(_ALL, (query, first, last, most)).fetchall()
                assert raw.execute(_NEWEST, (query, first, last, most)).fetchall() == expected, (query, first, most)
                for sources in (1, 5):
                    stories = raw.execute(_ALL_STORIES, (query, first, last, sources, most)).fetchall()
                    assert raw.execute(_STORIES, (query, first, last, sources, most)).fetchall() == stories


def test_a_frequent_word_is_read_no_further_than_it_need_be(filled: tuple[Raw, list[int]]) -> None:
    raw, numbers = filled
    raw.execute("ANALYZE search")
    window = raw.execute("SELECT search_first_window(%s)", (LAST,)).fetchone()
    assert window == (numbers[-1001],)
    raw.execute("SET enable_seqscan TO off")
    sought = "'khalf'::tsquery && search_periods(%s, %s)"
    plan = raw.execute(
        f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT count(*) FROM search WHERE words @@ ({sought})",
        (window[0], numbers[-1] + 1),
    ).fetchone()
    assert plan
    assert 400 < plan[0][0]["Plan"]["Plans"][0]["Actual Rows"] < 800  # type: ignore[index]
