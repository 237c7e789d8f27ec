"""Which evidence of the day of publication counts before which."""

from datetime import date

import pytest
from tests.unit.extract.extracting import LATEST, OUTLETS

from tawatur.extract import evidence
from tawatur.extract.compose import Draft
from tawatur.extract.metadata import Metadata
from tawatur.extract.published import on_day
from tawatur.model import Certainty, Published

LINE = on_day(date(2026, 3, 3), Certainty.STATED, "line")
CHANGE = on_day(date(2026, 3, 5), Certainty.STATED, "change")
URL = "https://ufuq.example/2026/03/04/x"
META = Metadata(published=(("json_ld", "2026-03-01T09:00:00Z"), ("meta", "2026-03-02")))
CHANGED = Metadata(changed=(("json_ld", "2026-03-06T09:00:00Z"),))


def day(meta: Metadata = Metadata(), draft: Draft = Draft(), url: str | None = None) -> date | None:
    told = evidence.told(meta, draft, url, outlets=OUTLETS, latest=LATEST)
    return told.published.day if told.published else None


def test_metadata_count_before_lines_lines_before_the_address_and_a_change_last() -> None:
    lines = Draft(stated=LINE, changed=CHANGE)
    assert day(META, lines, URL) == date(2026, 3, 1)
    assert day(CHANGED, lines, URL) == date(2026, 3, 3)
    assert day(CHANGED, Draft(changed=CHANGE), URL) == date(2026, 3, 4)
    assert day(CHANGED, Draft(changed=CHANGE)) == date(2026, 3, 5)
    assert day(CHANGED) == date(2026, 3, 6)
    assert day() is None


def test_the_address_says_which_number_is_the_month() -> None:
    swapped = Draft(stated=on_day(date(2026, 4, 3), Certainty.STATED, "line"))
    assert day(draft=swapped, url=URL) == date(2026, 3, 4)
    assert day(draft=swapped, url="https://ufuq.example/2026/03/05/x") == date(2026, 4, 3)


@pytest.mark.parametrize("value", ["soon", "", "0000-00-00", "1970-01-01T00:00:00Z", "2031-01-01", "-62169984000"])
def test_what_is_no_believable_day_is_passed_over(value: str) -> None:
    assert day(Metadata(published=(("json_ld", value), ("meta", "2026-03-02")))) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2026/3/4/slug", date(2026, 3, 4)),
        ("https://a.example/story/2026/03/04", date(2026, 3, 4)),
        ("https://a.example/2026/politics/3/4/slug", date(2026, 3, 4)),
        ("https://a.example/news/2026-03-04-1.38743", date(2026, 3, 4)),
        ("https://a.example/news/slug-2026-03-04", date(2026, 3, 4)),
        ("https://a.example/20260304/slug", date(2026, 3, 4)),
        ("https://a.example/2026/13/41/slug", None),
        ("https://a.example/2027/03/04/slug", None),
        ("https://a.example/news/20260304", None),
        ("https://a.example/12/34/56", None),
        (None, None),
    ],
)
def test_an_address_tells_a_day_only_in_a_form_that_means_one(url: str | None, expected: date | None) -> None:
    found = evidence.of_url(url, LATEST)
    assert (found.day if found else None) == expected


def test_the_site_is_no_author() -> None:
    meta = Metadata(site="Ufuq", authors=("Ufuq", "Sami Halabi"))
    told = evidence.told(meta, Draft(), None, outlets=OUTLETS, latest=LATEST)
    assert told.authors == ("Sami Halabi",)
    assert isinstance(told.published, Published | None)
