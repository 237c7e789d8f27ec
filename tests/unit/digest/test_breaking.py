"""When a story is breaking news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tawatur.digest.breaking import FRESH, Rise, Source, is_news, passes, rise, told_at
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Certainty,
    OutletKey,
    Published,
    Report,
    Story,
    StoryId,
    Why,
)

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def article(id: str, at: datetime | None, *, day_only: bool = False, collected: datetime = NOW) -> Article:
    certainty = Certainty.STATED if at else Certainty.UNKNOWN
    return Article(
        id=ArticleId(id),
        outlet=OutletKey(id),
        origin=id,
        title="A bridge opened",
        published=Published(at=at, certainty=certainty, day_only=day_only),
        collected=collected,
    )


def story(*groups: tuple[Article, ...]) -> Story:
    articles = [one for group in groups for one in group]
    reports = tuple(
        Report(article=one, analysis=Analysis(article=one.id, version="1"), why=Why(key="first")) for one in articles
    )
    sources = tuple(tuple(one.id for one in group) for group in groups)
    return Story(id=StoryId("s"), title="A bridge", reports=reports, sources=sources, independent=len(groups))


def risen(*minutes: float) -> Rise:
    found = tuple(Source(at=NOW + one * MINUTE, reports=(ArticleId(f"a{n}"),)) for n, one in enumerate(sorted(minutes)))
    return Rise(sources=found, collected=NOW + DAY)


def test_a_source_told_it_when_the_first_of_its_reports_did() -> None:
    found = rise(story((article("b", NOW - HOUR), article("c", NOW - 2 * HOUR)), (article("a", NOW - 3 * HOUR),)))
    assert [(one.at, one.reports) for one in found.sources] == [(NOW - 3 * HOUR, ("a",)), (NOW - 2 * HOUR, ("b", "c"))]
    assert found.collected == NOW


def test_twenty_copies_of_one_wire_pass_nothing() -> None:
    copies = tuple(article(f"c{n}", NOW - n * MINUTE) for n in range(20))
    found = rise(story(copies, (article("own", NOW),)))
    assert passes(found, sources=3, within=2 * HOUR) is None
    assert passes(found, sources=2, within=2 * HOUR) is not None


@pytest.mark.parametrize(
    ("minutes", "passed"),
    [
        ((0, 60, 120), 120),
        ((0, 60, 121), None),
        ((0, 300, 330, 400), 400),
        ((0, 1), None),
        ((0, 10, 20, 30, 400, 401, 402), 20),
    ],
)
def test_so_many_sources_within_so_much_time_pass_when_the_last_of_them_came(
    minutes: tuple[float, ...], passed: int | None
) -> None:
    found = passes(risen(*minutes), sources=3, within=2 * HOUR)
    assert (found.at if found else None) == (NOW + passed * MINUTE if passed is not None else None)


def test_the_reports_that_passed_are_named() -> None:
    found = passes(risen(0, 300, 330, 400), sources=3, within=2 * HOUR)
    assert found is not None
    assert found.reports == ("a1", "a2", "a3")


def test_reports_without_a_time_do_not_count() -> None:
    found = rise(story((article("a", NOW),), (article("b", None),), (article("c", NOW),)))
    assert len(found.sources) == 2


def test_a_report_appeared_before_it_was_collected() -> None:
    wrong = article("a", NOW + 2 * HOUR)
    assert told_at(wrong) == NOW
    zone = timezone(3 * HOUR)
    assert told_at(article("a", (NOW - HOUR).astimezone(zone))) == NOW - HOUR


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (datetime(2026, 3, 9, tzinfo=UTC), NOW),  # of today: not long before it was read
        (datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 3, 8, tzinfo=UTC)),
        (datetime(2011, 3, 8, tzinfo=UTC), datetime(2011, 3, 8, tzinfo=UTC)),
    ],
)
def test_a_report_that_names_its_day_alone_appeared_when_it_was_read_on_that_day(day: datetime, at: datetime) -> None:
    assert told_at(article("a", day, day_only=True)) == at


def test_what_an_archive_tells_is_no_news() -> None:
    old = rise(story((article("a", NOW - 400 * HOUR),), (article("b", NOW - 400 * HOUR),)))
    assert not old.fresh
    new = rise(story((article("a", NOW - 400 * HOUR),), (article("b", NOW - HOUR),)))
    assert new.fresh
    assert rise(story((article("a", None),))).fresh is False


def test_news_gets_old() -> None:
    assert is_news(NOW - FRESH + MINUTE, NOW)
    assert not is_news(NOW - FRESH, NOW)


def test_a_rise_is_the_same_whatever_order_its_reports_have() -> None:
    one = story((article("a", NOW),), (article("b", NOW),))
    assert rise(one) == rise(replace(one, reports=one.reports[::-1], sources=one.sources[::-1]))
