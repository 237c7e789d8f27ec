"""Publication times from metadata, date lines and running text, and the clocks of updates, on the examples of ``data/``."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.extract import published
from tawatur.extract.metadata import time_of
from tawatur.model import Certainty, Published

DATA = Path(__file__).parent / "data"
LATEST = date(2026, 11, 24)


def cases(name: str) -> list[Any]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("stated"), ids=lambda case: case["line"])
def test_a_line_that_is_only_a_date_states_it(case: Any) -> None:
    found = published.stated(case["line"], latest=LATEST)
    if case["at"] is None:
        assert found is None
        return
    assert found is not None
    assert found.at == datetime.fromisoformat(case["at"]).replace(tzinfo=UTC)
    assert (found.day_only, found.certainty) == (case["day_only"], case.get("certainty", "stated"))
    assert found.basis == case["line"]


@pytest.mark.parametrize("case", cases("metadata"), ids=lambda case: case["value"])
def test_metadata_is_read(case: Any) -> None:
    found = published.from_iso(case["value"])
    if case["at"] is None:
        assert found is None
        return
    assert found is not None
    assert found.at == datetime.fromisoformat(case["at"]).replace(tzinfo=UTC)
    assert (found.day_only, found.certainty) == (case.get("day_only", False), Certainty.STATED)


@pytest.mark.parametrize("case", cases("inferred"), ids=lambda case: case["text"])
def test_a_text_betrays_its_day(case: Any) -> None:
    found = published.infer(case["text"], latest=LATEST, context=case.get("context", ""))
    if case["day"] is None:
        assert found == Published()
        return
    assert (str(found.day), found.certainty, found.day_only) == (case["day"], Certainty.INFERRED, True)
    assert [str(day) for day in found.alternatives] == case["alternatives"]
    assert found.basis == case["basis"]


def test_the_same_page_lends_its_day() -> None:
    text = next(case["text"] for case in cases("inferred") if "الخميس" in case["text"])
    other = published.on_day(date(2017, 12, 2), Certainty.INFERRED, "x", [date(2023, 12, 2)])
    found = published.near(other, text)
    assert (found.day, found.alternatives) == (date(2017, 11, 30), (date(2023, 11, 30),))
    assert published.near(other, "").day == other.day
    assert published.near(Published(), text) == Published()


@pytest.mark.parametrize("case", cases("updates"), ids=lambda case: case["line"])
def test_the_heading_of_an_update_has_a_clock(case: Any) -> None:
    found = published.update_clock(case["line"])
    if case["clock"] is None:
        assert found is None
        return
    assert found is not None
    assert (found.clock, found.zone_known, found.days) == (case["clock"], case["known"], case.get("days", 0))


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    published.from_iso(text)
    published.stated(text, latest=LATEST)
    published.update_clock(text)
    day = published.infer(text, latest=LATEST).day
    assert day is None or day <= LATEST


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)))
def test_iso_times_come_back(at: datetime) -> None:
    found = published.from_iso(at.replace(tzinfo=UTC, microsecond=0).isoformat())
    assert found is not None
    assert found.at == at.replace(tzinfo=UTC, microsecond=0)


@pytest.mark.parametrize(("told", "shown", "zone", "want"), [
    ("2026-11-10T14:05:00Z", "2026-11-10 14:05", "Asia/Riyadh", "2026-11-10T11:05"),
    ("2026-11-10T11:05:00Z", "2026-11-10 14:05", "Asia/Riyadh", "2026-11-10T11:05"),
    ("2026-11-09T22:05:00Z", "2026-11-10 01:05", "Asia/Riyadh", "2026-11-09T22:05"),
    ("2026-07-10T14:05:00Z", "2026-07-10 14:05", "Africa/Cairo", "2026-07-10T11:05"),
    ("2026-11-10T14:05:00Z", "2026-11-10 09:40", "Asia/Riyadh", "2026-11-10T14:05"),
    ("2026-11-10T14:05:00Z", "2026-11-10", "Asia/Riyadh", "2026-11-10T14:05"),
    ("2026-11-10T14:05:00+03:00", "2026-11-10 14:05", "Asia/Riyadh", "2026-11-10T11:05"),
    ("2026-11-10T14:05:00Z", "2026-11-10 14:05", "", "2026-11-10T14:05"),
    ("2026-11-10T14:05:00Z", "2026-11-10 14:05", "No/Where", "2026-11-10T14:05"),
    ("2026-11-09T22:05:00Z", "", "Asia/Riyadh", "2026-11-09T22:05"),
])  # fmt: skip
def test_a_z_that_is_the_outlets_own_clock_is_local(told: str, shown: str, zone: str, want: str) -> None:
    found = published.agreed(time_of(told, "json_ld") or Published(), published.stated(shown, latest=LATEST), zone)
    assert found.at is not None
    assert found.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") == want
    if shown.endswith("01:05"):
        assert found.day == date(2026, 11, 10)


@pytest.mark.parametrize(("told", "shown", "zone", "day"), [
    ("2026-11-09T22:05:00Z", "", "Asia/Riyadh", date(2026, 11, 10)),
    ("2026-11-09T22:05:00+00:00", "2026-11-10", "Asia/Riyadh", date(2026, 11, 10)),
    ("2026-11-09T22:05:00Z", "2026-11-09", "Asia/Riyadh", date(2026, 11, 9)),
    ("2026-11-09T22:05:00Z", "2026-11-10", "", date(2026, 11, 10)),
    ("2026-11-09T12:05:00Z", "2026-11-10", "", date(2026, 11, 9)),
    ("2026-11-09T22:05:00+03:00", "2026-11-10", "Asia/Riyadh", date(2026, 11, 9)),
])  # fmt: skip
def test_a_day_is_that_of_the_outlets_place(told: str, shown: str, zone: str, day: date) -> None:
    visible = published.stated(shown, latest=LATEST)
    assert published.agreed(time_of(told, "json_ld") or Published(), visible, zone).day == day


@pytest.mark.parametrize(("shown", "zone", "want"), [
    ("2026-11-10 14:05", "Asia/Riyadh", "2026-11-10T11:05"),
    ("2026-11-10 14:05 GMT", "Asia/Riyadh", "2026-11-10T14:05"),
    ("2026-11-10 14:05 GMT+1", "Asia/Riyadh", "2026-11-10T13:05"),
    ("2026-11-10 14:05", "", "2026-11-10T14:05"),
    ("2026-11-10", "Asia/Riyadh", "2026-11-10T00:00"),
])  # fmt: skip
def test_a_time_without_a_zone_is_of_the_outlets_place(shown: str, zone: str, want: str) -> None:
    found = published.placed(published.stated(shown, latest=LATEST) or Published(), zone)
    assert found.at is not None
    assert found.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") == want
