"""Pages of plain text: what is the headline, what is text, what is removed and why; nothing is lost."""

import random
import re
import tomllib
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.extract.extracting import articles, extracted, removed, rows_of, text_of

from tawatur.extract.lines import comparable
from tawatur.model import Article, BlockKind, Certainty, Kind

PAGES: list[dict[str, Any]] = tomllib.loads(text_of("plaintext.toml"))["page"]
#: Words of the markers that the model leaves out: "المصدر:", "اقرأ أيضا:".
MARKERS = Counter({comparable(word): 99 for row in rows_of("markers.tsv") for word in row[0].split()})


def shape(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "paragraphs": list(article.paragraphs),
        "updates": [[update.clock, *update.paragraphs] for update in article.updates],
        "captions": list(article.texts_of(BlockKind.CAPTION)),
        "related": list(article.texts_of(BlockKind.RELATED)),
        "source_line": article.source_line,
        "removed": [list(pair) for pair in removed(article)],
    }


def wanted(article: dict[str, Any]) -> dict[str, Any]:
    lists = ("authors", "paragraphs", "updates", "captions", "related", "removed")
    texts = ("title", "subtitle", "source_line")
    return {**{name: [] for name in lists}, **dict.fromkeys(texts, ""), **article}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_a_page_gives_its_articles(page: dict[str, Any]) -> None:
    assert [shape(one) for one in articles(page["text"], Kind.TEXT)] == [wanted(one) for one in page["article"]]


def words_of(found: tuple[Article, ...]) -> Counter[str]:
    texts = [text for one in found for text in (one.title, one.subtitle)]
    texts += [block.text for one in found for block in one.blocks] + [
        gone.text for one in found for gone in one.removed
    ]
    return Counter(comparable(" ".join(texts)).split())


LINES = sorted({line for page in PAGES for line in page["text"].split("\n")})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=14))
def test_every_word_of_any_page_ends_up_in_exactly_one_place(lines: list[str]) -> None:
    found = extracted("\n".join(lines), Kind.TEXT)
    if not found.articles:
        assert [one.reason for one in found.rejected] in (["no_article"], ["empty"])
        return
    page = Counter(comparable("\n".join(lines)).split())
    kept = words_of(found.articles)
    assert kept - page == Counter()
    assert page - kept - MARKERS == Counter()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_no_word_is_lost_when_a_page_ends_anywhere(page: dict[str, Any]) -> None:
    lines = page["text"].strip().split("\n")
    for end in random.Random(7).sample(range(1, len(lines) + 1), min(5, len(lines))):
        text = "\n".join(lines[:end])
        found = extracted(text, Kind.TEXT).articles
        if found:
            assert Counter(comparable(text).split()) - words_of(found) - MARKERS == Counter()


def test_the_day_given_from_outside_counts_where_the_page_states_none() -> None:
    page = PAGES[0]["text"]
    (given_day,) = extracted(page, Kind.TEXT, published=date(2026, 4, 13)).articles
    assert (given_day.published.day, given_day.published.certainty) == (date(2026, 4, 13), Certainty.STATED)
    assert given_day.published.day_only


def test_a_day_that_the_page_states_is_not_overwritten_from_outside() -> None:
    page = next(page for page in PAGES if page["name"].startswith("date line"))["text"]
    (found,) = extracted(page, Kind.TEXT, published=date(2026, 5, 1)).articles
    assert found.published.day == date(2026, 4, 6)


def test_updates_get_their_moment_when_the_day_is_known() -> None:
    page = next(page for page in PAGES if page["name"].startswith("a live page"))["text"]
    first, _ = extracted(page, Kind.TEXT, published=date(2026, 4, 9)).articles
    assert [str(update.at) for update in first.updates] == ["2026-04-09 16:30:00+00:00", "2026-04-09 09:15:00+00:00"]


def test_text_without_a_running_line_is_no_article() -> None:
    assert [one.reason for one in extracted(re.sub(".*", "", "\n"), Kind.TEXT).rejected] == ["empty"]
    residue = next(line for reason, line in rows_of("residue.tsv") if reason == "subscribe_prompt")
    assert [one.reason for one in extracted(residue, Kind.TEXT).rejected] == ["no_article"]


def test_the_same_page_gives_the_same_ids_and_another_page_others() -> None:
    one, again = (articles(PAGES[0]["text"], Kind.TEXT)[0].id for _ in range(2))
    other = articles(PAGES[1]["text"], Kind.TEXT)[0].id
    assert one == again != other
