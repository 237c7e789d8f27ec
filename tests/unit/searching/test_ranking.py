"""How articles are ranked and gathered by story."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.searching.gathering import FURTHER, gather, spread
from tawatur.searching.parse import parse
from tawatur.searching.plan import plan
from tawatur.searching.query import Order
from tawatur.searching.ranking import Candidate, Scored, Statistics, rank, rarity, recency, sourced

NOW = datetime(2026, 3, 9, tzinfo=UTC)
DAY = timedelta(days=1)
KNOWN = Statistics(articles=1000, length=100.0, having=(10, 500))
FILLER = " ".join(["other"] * 20)


def one(id: str, title: str = "", lead: str = "", body: str = FILLER, **more: object) -> Candidate:
    made = Candidate(
        article=ArticleId(id),
        story=StoryId(id),
        at=NOW,
        independent=1,
        title=title,
        lead=lead,
        body=body,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def order(*found: Candidate, query: str = "dam river", known: Statistics = KNOWN) -> str:
    ranked = rank(found, plan(parse(query).query, now=NOW), known, now=NOW)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    return "".join(one.candidate.article for one in ranked)


def test_the_headline_tells_more_than_the_lead_and_that_more_than_the_rest() -> None:
    rest, lead, title = one("c", body=f"{FILLER} dam"), one("b", lead="dam"), one("a", title="dam")
    assert order(rest, lead, title) == "abc"


def test_a_seldom_word_tells_more_than_a_frequent_one() -> None:
    assert order(one("b", title="river"), one("a", title="dam")) == "ab"
    assert rarity(1, 1000) > rarity(500, 1000) > rarity(1000, 1000) > 0
    assert rarity(2000, 1000) == rarity(1000, 1000)


def test_more_words_of_the_query_tell_more() -> None:
    assert order(one("b", title="dam dam"), one("a", title="dam river")) == "ab"


def test_a_long_text_must_say_a_word_more_often() -> None:
    assert order(one("b", body=f"{FILLER * 9} dam"), one("a", body="dam")) == "ab"


def test_either_word_of_a_choice_counts() -> None:
    known = replace(KNOWN, having=(10,))
    assert order(one("b"), one("a", title="lake"), query="dam OR lake", known=known) == "ab"


def test_a_phrase_counts_where_its_words_stand_in_a_row() -> None:
    known = replace(KNOWN, having=(10,))
    found = one("b", title="dam", lead="river"), one("a", title="dam river")
    assert order(*found, query='"dam river"', known=known) == "ab"


def test_of_equals_the_newer_and_the_better_sourced_come_first() -> None:
    assert order(one("b", title="dam", at=NOW - 9 * DAY), one("a", title="dam")) == "ab"
    assert order(one("b", title="dam"), one("a", title="dam", independent=4)) == "ab"
    assert order(one("b", title="dam"), one("a", title="dam", at=NOW + DAY)) == "ab"


def test_recency_falls_with_age_and_never_below_one() -> None:
    ages = [recency(days * DAY) for days in (0, 1, 9, 99)]
    assert ages == sorted(ages, reverse=True)
    assert ages[0] > ages[1] > ages[2] > ages[3] >= 1
    assert recency(-DAY) == recency(0 * DAY)
    assert recency(10_000 * DAY) >= 1


def test_sources_grow_slowly_and_up_to_a_bound() -> None:
    assert sourced(0) == sourced(1) == 1
    assert sourced(2) < sourced(4) < sourced(16) == sourced(900)


def scored(id: str, story: str, score: float, **more: object) -> Scored:
    return Scored(score, one(id, story=StoryId(story), **more))


FOUND = (
    scored("a", "S", 5.0, at=NOW - 3 * DAY),
    scored("b", "T", 4.5, at=NOW, independent=3),
    scored("c", "T", 4.0, at=NOW - DAY, independent=3),
    scored("d", "U", 1.0, at=NOW - 2 * DAY, independent=2),
)


@pytest.mark.parametrize(
    ("wanted", "stories"), [(Order.RELEVANCE, "TSU"), (Order.NEWEST, "TUS"), (Order.SOURCES, "TUS")]
)
def test_stories_come_in_the_order_asked_for(wanted: Order, stories: str) -> None:
    found = gather(FOUND, wanted)
    assert "".join(one.story for one in found) == stories
    assert ["".join(report.candidate.article for report in one.reports) for one in found if one.story == "T"] == ["bc"]


def test_further_reports_of_a_story_count_less_and_less() -> None:
    (only,) = gather(FOUND[1:3], Order.RELEVANCE)
    assert only.score == pytest.approx(4.5 + FURTHER * 4.0)


def test_the_best_of_each_outlet_is_shown_first() -> None:
    outlets = {one.candidate.article: OutletKey(key) for one, key in zip(FOUND, "xxyx", strict=True)}
    assert [one.candidate.article for one in spread(FOUND, outlets, 3)] == ["a", "c", "b"]
