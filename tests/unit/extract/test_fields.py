"""Fields of articles under the names of others."""

import json

import pytest
from tests.unit.extract.extracting import articles, text_of

from tawatur.extract.fields import NAMES, known, renamed
from tawatur.model import Kind

FIRST = json.loads(text_of("lines.jsonl").split("\n")[0])


@pytest.mark.parametrize(
    ("name", "field"),
    [("headline", "title"), ("datePublished", "published"), ("Date_Publish", "published"), ("source-domain", "source")],
)
def test_a_name_is_compared_without_case_and_joints(name: str, field: str) -> None:
    assert renamed({name: "x"}) == {field: "x"}


def test_our_own_name_counts_before_others_and_a_full_one_before_an_empty_one() -> None:
    assert renamed({"body": "b", "text": "a"}) == {"text": "a"}
    assert renamed({"text": "", "body": "b"}) == {"text": "b"}
    assert renamed({"text": "", "body": ""}) == {"text": ""}
    assert renamed({"text": None, "likes": 5}) == {}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ({"authors": ["a b", {"name": "c d"}]}, {"author": "a b, c d"}),
        ({"authors": [1]}, {"author": [1]}),
        ({"text": ["one", "two"]}, {"text": "one\ntwo"}),
        ({"publisher": {"name": "One"}}, {"source": "One"}),
        ({"timestamp": 1773050400}, {"published": "2026-03-09T10:00:00+00:00"}),
        ({"timestamp": 1e300}, {"published": "1e+300"}),
        ({"published": True}, {"published": True}),
        ({"content": "<p>x</p>"}, {"html": "<p>x</p>"}),
        ({"content": "x < y"}, {"text": "x < y"}),
    ],
)
def test_values_become_texts_where_it_is_clear_how(given: dict[str, object], made: dict[str, object]) -> None:
    assert renamed(given) == made


def test_no_name_stands_for_two_fields() -> None:
    names = [name for others in NAMES.values() for name in others]
    assert len({name.replace("_", "") for name in names}) == len(names)
    assert known(["a", "url"]) == {"url": "url"}


def test_an_article_is_the_same_under_other_names() -> None:
    other = {"headline": FIRST["title"], "maintext": FIRST["text"], "date_publish": FIRST["published"]}
    rest = {name: value for name, value in FIRST.items() if name not in ("title", "text", "published")}
    assert articles(json.dumps(other | rest), Kind.JSONL) == articles(json.dumps(FIRST), Kind.JSONL)


def test_a_record_may_hold_a_page_in_place_of_the_text() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in FIRST["text"].split("\n"))
    page = f"<html><body><article><h1>{FIRST['title']}</h1>{paragraphs}</article></body></html>"
    record = {"url": "https://one.example/a", "html": page, "date": "2026-04-15", "crawled_at": "2026-04-16T00:00:00Z"}
    (found,) = articles(json.dumps(record), Kind.JSONL)
    assert (found.title, found.url) == (FIRST["title"], "https://one.example/a")
    assert found.published.day is not None
    assert found.published.day.isoformat() == "2026-04-15"
    assert found.collected.isoformat() == "2026-04-16T00:00:00+00:00"
