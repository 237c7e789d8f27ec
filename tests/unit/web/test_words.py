"""Dates, counts, lists and directions in the words of each language."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tawatur.web.look import Look
from tawatur.web.words import direction_of, words

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "words.jsonl").read_text(encoding="utf-8").splitlines()
]


def cases(what: str) -> list[dict]:
    return [case for case in CASES if case["what"] == what]


@pytest.mark.parametrize("case", cases("day"), ids=lambda case: f"{case['language']} {case['day']}")
def test_days_have_weekday_and_month_by_name(case: dict) -> None:
    assert words(case["language"]).day(date.fromisoformat(case["day"])) == case["text"]


@pytest.mark.parametrize("case", cases("day in a look"), ids=lambda case: str(case["look"]))
def test_days_have_the_month_names_digits_and_hijri_date_that_a_reader_chose(case: dict) -> None:
    assert words("ar", Look(**case["look"])).day(date.fromisoformat(case["day"])) == case["text"]


def test_a_day_beyond_the_hijri_tables_stands_alone() -> None:
    assert words("en", Look(hijri=True)).day(date(1900, 1, 1)) == "Monday, 1 January 1900"


def test_english_keeps_its_own_digits_and_months() -> None:
    look = Look(digits="arab", months="levant")
    assert words("en", look).day(date(2031, 5, 4)) == words("en").day(date(2031, 5, 4))
    assert words("en", look).text("web.independent", n=3) == "3 independent sources"


@pytest.mark.parametrize("case", cases("number"), ids=lambda case: case["of"])
def test_numbers_stand_in_the_digits_that_a_reader_chose(case: dict) -> None:
    assert words("ar", Look(digits="arab")).number(case["of"]) == case["text"]
    assert words("ar").number(case["of"]) == case["of"]


@pytest.mark.parametrize("case", cases("count in digits"), ids=lambda case: case["key"])
def test_counts_choose_the_plural_before_the_digits(case: dict) -> None:
    assert words("ar", Look(digits="arab")).text(case["key"], n=case["n"]) == case["text"]


@pytest.mark.parametrize("case", cases("count"), ids=lambda case: f"{case['language']} {case['key']} {case['n']}")
def test_counts_follow_the_plurals_of_the_language(case: dict) -> None:
    assert words(case["language"]).text(case["key"], n=case["n"]) == case["text"]


@pytest.mark.parametrize("case", cases("list"), ids=lambda case: case["language"])
def test_lists_have_the_comma_of_the_language(case: dict) -> None:
    assert words(case["language"]).listed(case["items"]) == case["text"]


@pytest.mark.parametrize("case", cases("direction"), ids=lambda case: case["of"])
def test_most_letters_decide_the_direction(case: dict) -> None:
    assert direction_of(case["of"], otherwise="rtl" if case["text"] == "ltr" else "ltr") == case["text"]


def test_a_text_without_letters_runs_as_its_page_does() -> None:
    assert direction_of("17:42", otherwise="rtl") == "rtl"
    assert direction_of("", otherwise="ltr") == "ltr"


def test_only_texts_in_another_script_need_attributes() -> None:
    arabic = cases("direction")[0]["of"]
    assert words("ar").attributes(arabic) == {}
    assert words("ar").attributes("Amber") == {"lang": "und-Latn", "dir": "ltr"}
    assert words("en").attributes("Amber") == {}
    assert words("en").attributes(arabic) == {"lang": "ar", "dir": "rtl"}


def test_a_clock_time_has_two_digits_each() -> None:
    assert words("ar").clock(datetime(2031, 5, 4, 7, 5, tzinfo=UTC)) == "07:05"


def test_arabic_stands_at_the_root_and_english_under_its_code() -> None:
    assert (words("ar").prefix, words("ar").direction) == ("", "rtl")
    assert (words("en").prefix, words("en").direction) == ("/en", "ltr")
