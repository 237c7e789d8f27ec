"""JSON lines: what is given is kept, what is no article is rejected with the field that is at fault."""

import json
from datetime import UTC, date, datetime

import pytest
from tests.unit.extract.extracting import articles, extracted, removed, rows_of, text_of

from tawatur.model import Certainty, Kind

FIRST, SECOND = text_of("lines.jsonl").strip().split("\n")


def test_what_is_given_is_kept() -> None:
    given = json.loads(FIRST)
    (found,) = articles(FIRST, Kind.JSONL)
    assert (found.id, found.outlet, found.url) == (given["id"], given["source"], given["url"])
    assert (found.title, found.section) == (given["title"], given["section"])
    assert found.published.day == date(2026, 4, 15)
    assert found.published.certainty is Certainty.STATED


def test_lines_of_the_text_are_paragraphs_and_residue_is_removed() -> None:
    (found,) = articles(FIRST, Kind.JSONL)
    assert len(found.paragraphs) == 2
    assert [reason for _, reason in removed(found)] == ["byline", "subscribe_prompt", "repeated_title"]
    assert found.source_line
    assert found.agency == json.loads(FIRST)["author"].split()[0]
    assert found.authors == ()


def test_an_article_without_a_date_is_of_the_day_of_its_collecting() -> None:
    (found,) = articles(SECOND, Kind.JSONL)
    assert found.collected == datetime(2026, 4, 16, 5, tzinfo=UTC)
    assert (found.published.day, found.published.certainty) == (date(2026, 4, 16), Certainty.INFERRED)
    assert found.title == ""


def test_a_single_paragraph_of_a_clean_text_is_taken_whole() -> None:
    (found,) = articles(SECOND, Kind.JSONL)
    assert found.text == json.loads(SECOND)["text"]


@pytest.mark.parametrize("row", rows_of("bad_lines.tsv"), ids=lambda row: row[0])
def test_a_line_that_is_no_article_is_rejected_with_the_fault(row: list[str]) -> None:
    line, reason, detail = row
    (rejected,) = extracted(line, Kind.JSONL).rejected
    assert (rejected.reason, rejected.detail) == (reason, detail)


def test_a_headline_with_an_empty_text_is_an_article() -> None:
    (found,) = articles(json.dumps(json.loads(FIRST) | {"text": " "}), Kind.JSONL)
    assert found.title == json.loads(FIRST)["title"]
    assert found.text == ""


@pytest.mark.parametrize("line", ['{"id": "x"', "words", "[" * 100_000])
def test_a_line_that_is_no_json_is_rejected(line: str) -> None:
    assert [one.reason for one in extracted(line, Kind.JSONL).rejected] == ["bad_json"]


def test_good_lines_beside_bad_ones_are_read_and_bad_ones_named() -> None:
    found = extracted(f"{FIRST}\n\nwords\n{SECOND}\n", Kind.JSONL)
    assert len(found.articles) == 2
    assert [one.origin for one in found.rejected] == ["page.txt#3"]


def test_line_separators_inside_a_text_do_not_break_a_line() -> None:
    given = json.loads(SECOND) | {"text": "a b c\u2028d e f\u000bg"}
    (found,) = articles(json.dumps(given, ensure_ascii=False), Kind.JSONL)
    assert found.text.split() == ["a", "b", "c", "d", "e", "f", "g"]
