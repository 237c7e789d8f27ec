"""Matches and markets: what one happening is by the kind of the report."""

from datetime import timedelta

from tests.unit.stories.building import START, analysis, article, stated

from tawatur.model import StoryId
from tawatur.stories.entry import entry
from tawatur.stories.occasion import Occasion, occasion
from tawatur.stories.profile import Member, profile


def of(name: str, *, hours: float = 0) -> str:
    report = article(name, published=stated(hours))
    return entry(Member(profile=profile(report, analysis(report)), story=StoryId("s"))).occasion.key


def test_preview_and_report_of_a_match_have_one_occasion_however_the_sides_are_called() -> None:
    assert of("match_preview").startswith("match:")
    assert of("match_preview") == of("match_report")
    assert of("match_preview").count("|") == 1


def test_a_club_and_its_country_make_no_match() -> None:
    assert of("match_club_and_country") == ""


def test_two_countries_outside_sport_make_no_match() -> None:
    assert of("politics_two_countries") == ""


def test_prices_of_one_market_on_one_day_are_one_occasion() -> None:
    assert of("oil") == f"market:oil:{START:%Y-%m-%d}"
    assert of("oil", hours=5) == of("oil")
    assert of("oil", hours=24) == f"market:oil:{START + timedelta(days=1):%Y-%m-%d}"
    assert of("gold") == f"market:gold:{START:%Y-%m-%d}"


def test_news_of_a_commodity_that_tells_no_price_has_no_occasion() -> None:
    assert of("oil_field") == ""


def test_other_reports_and_empty_ones_have_none() -> None:
    assert of("bridge_one") == ""
    assert occasion((), title=0, lead=0, time=START) == Occasion()


def test_a_report_that_names_both_sides_of_a_match_tells_of_it() -> None:
    match = Occasion("match:a|b", frozenset("ab"))
    assert Occasion("", frozenset("abc")).tells(match)
    assert not Occasion("", frozenset("ac")).tells(match)
    assert not Occasion("", frozenset("ab")).tells(Occasion("market:oil:2026-03-09"))


def test_occasions_part_where_they_are_of_one_kind_and_neither_tells_of_the_other() -> None:
    one, other = Occasion("match:a|b", frozenset("ab")), Occasion("match:b|c", frozenset("bc"))
    assert one.parts(other)
    assert not one.parts(one)
    assert not one.parts(Occasion("market:oil:2026-03-09"))
    assert not Occasion().parts(Occasion())
    assert not one.parts(Occasion("match:b|c", frozenset("abc")))
