"""Reports of mail servers, and what follows from them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.mail.bounce import Returned, gives_up, read_report, status_in, weight

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REPORTS = Path(__file__).parent / "data"


def report(name: str):
    return read_report((REPORTS / name).read_bytes().replace(b"\n", b"\r\n"))


def test_a_report_tells_of_whom_and_to_which_return_path_it_came() -> None:
    found = report("unknown.eml")
    assert found.returned == (
        Returned(
            action="failed",
            status="5.1.1",
            recipient="salma@manara.example",
            detail="550 5.1.1 <salma@manara.example>: no such mailbox here",
        ),
    )
    assert "bounces+7-abcdefghijklmnop@news.example" in found.places


def test_a_report_on_several_says_for_each_what_became_of_it() -> None:
    found = report("several.eml")
    assert [(one.action, one.status) for one in found.returned] == [("delayed", "4.4.1"), ("failed", "5.2.2")]
    assert "<bounces+9-abcdefghijklmnop@news.example>" in found.places


def test_a_status_of_the_server_that_passes_on_gives_way_to_that_of_the_one_that_refused() -> None:
    (found,) = report("vague.eml").returned
    assert found.status == "5.1.10"


def test_where_there_is_no_code_what_is_said_below_the_recipient_counts() -> None:
    (found,) = report("below.eml").returned
    assert (found.status, found.detail) == ("5.1.1", "host mx.manara.example [192.0.2.7] 550 5.1.1 no such mailbox")


def test_what_is_no_report_tells_of_nobody() -> None:
    assert report("holiday.eml").returned == ()
    assert read_report(b"").returned == ()
    assert read_report(bytes(range(256)) * 40).returned == ()


@pytest.mark.parametrize(
    ("status", "detail", "found"),
    [
        ("5.1.1", "", "hard"),
        ("5.1.10", "", "hard"),
        ("5.2.1", "", "hard"),
        ("5.2.2", "", "soft"),
        ("4.4.7", "", "soft"),
        ("5.0.0", "", "soft"),
        ("5.1.8", "", "other"),
        ("5.7.1", "no such user, says a blocking list", "other"),
        ("5.6.0", "", "other"),
        ("", "550 User unknown", "hard"),
        ("", "550 relay not permitted", "other"),
    ],
)
def test_how_much_a_refusal_says_of_an_address(status: str, detail: str, found: str) -> None:
    assert weight(status, detail) == found


def test_the_status_in_what_a_server_said() -> None:
    assert status_in("550 5.1.1 unknown") == "5.1.1"
    assert status_in("550-5.7.26 unauthenticated") == "5.7.26"
    assert status_in("550 from 192.5.1.1 not allowed") == ""


@pytest.mark.parametrize(
    ("hard", "days", "given_up"),
    [
        (True, (), True),
        (False, (0,), False),
        (False, (0, 0.1, 0.2), False),
        (False, (0, 1, 3), True),
        (False, (0, 9), False),
    ],
)
def test_an_address_is_given_up_at_once_or_behind_several_over_days(hard: bool, days: tuple, given_up: bool) -> None:
    assert gives_up(hard, [NOW + day * DAY for day in days]) == given_up
