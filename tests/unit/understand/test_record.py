"""An analysis as a JSON record, whole: offsets lead back to the article's text."""

import json

from tests.unit.understand.reading_cases import article, cases

from tawatur.understand import VERSION, analyze
from tawatur.understand.record import record


def test_an_analysis_becomes_the_record_that_the_scorer_reads() -> None:
    case = next(case for case in cases("statements") if case["about"] == "a spokesman relays")
    one = article(case["text"])
    analysis = analyze(one)
    made = json.loads(json.dumps(record(one, analysis), ensure_ascii=False))
    assert analysis.version == f"{VERSION}-fast"
    assert made["id"] == "a"
    assert [[q["kind"], q["text"], q["speaker"], q["via"]] for q in made["quotes"]] == case["statements"]
    assert [person["name"] for person in made["people"]] == [case["statements"][0][3][0], case["statements"][0][2]]


def test_offsets_lead_back() -> None:
    for case in cases("statements") + cases("people"):
        one = article(case["text"])
        made = record(one, analyze(one))
        for quote in made["quotes"]:
            [[start, end]] = quote["spans"]
            assert one.text[start:end] == quote["text"]
        for person in made["people"]:
            assert [person["name"]] == [n for n in [person["name"]] if n in one.text]
            assert all(one.text[start:end] for start, end in person["spans"])


def test_an_article_without_text_has_an_empty_analysis() -> None:
    one = article("")
    assert {key: value for key, value in record(one, analyze(one)).items() if value} == {"id": "a"}
