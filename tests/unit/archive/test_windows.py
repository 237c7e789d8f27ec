"""How the time of an archive is cut into windows."""

from datetime import date, datetime, timedelta

import pytest

from tawatur.archive.windows import BEFORE, BEHIND, SHORTEST, windows
from tawatur.stories.window import HOURS

MOST = 60_000


def days(first: str, count: int, articles: int) -> dict[str, int]:
    return {(date.fromisoformat(first) + timedelta(days=day)).isoformat(): articles for day in range(count)}


def test_months_are_windows_and_those_without_news_are_none() -> None:
    found = windows(days("2018-01-30", 3, 5) | days("2018-04-01", 1, 2), MOST)
    assert [(one.number, one.month, one.articles) for one in found] == [
        (0, "2018-01", 10),
        (1, "2018-02", 5),
        (2, "2018-04", 2),
    ]
    assert [one.start.isoformat()[:10] for one in found] == ["2018-01-01", "2018-02-01", "2018-04-01"]


@pytest.mark.parametrize(("articles", "parts"), [(MOST, 1), (MOST + 1, 2), (3 * MOST, 3), (100 * MOST, 4)])
def test_a_month_of_much_news_is_cut_into_equal_parts_but_not_into_days(articles: int, parts: int) -> None:
    each = days("2018-05-01", 31, articles // 31) | {"2018-05-31": articles - 30 * (articles // 31)}
    found = windows(each, MOST)
    assert len(found) == parts
    assert sum(one.articles for one in found) == articles
    assert all(one.end - one.start >= timedelta(days=SHORTEST) for one in found)
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]


def test_windows_do_not_depend_on_the_order_in_which_days_were_counted() -> None:
    counted = days("2017-12-20", 400, 170)
    assert windows(dict(reversed(counted.items())), MOST) == windows(counted, MOST)


def test_the_days_around_are_longer_than_reports_are_compared_over() -> None:
    assert min(BEFORE / 2, BEHIND) >= timedelta(hours=HOURS)
    (one,) = windows({"2018-05-14": 1}, MOST)
    assert (one.first, one.last) == (one.start - BEFORE, one.end + BEHIND)
    assert one.has(datetime.fromisoformat("2018-05-31T23:59:59+00:00"))
    assert not one.has(one.end)
