"""What appeared together with the best answers comes first, where a headline is searched for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import ArticleId, StoryId
from tawatur.search import ranked
from tawatur.searching.parse import parse
from tawatur.searching.plan import plan
from tawatur.searching.ranking import Candidate, Scored, Statistics, sorted_by_score
from tawatur.searching.together import LEAST, SHARP, TOGETHER, together
from tawatur.store.search import Matches

NOW = datetime(2026, 3, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def scored(id: str, score: float, at: datetime = NOW) -> Scored:
    made = Candidate(article=ArticleId(id), story=StoryId(id), at=at, independent=1, title="", lead="", body="")
    return Scored(score, made)


def order(*found: Scored) -> str:
    return "".join(one.candidate.article for one in together(found))


def test_a_report_of_the_same_hours_passes_one_of_another_month() -> None:
    assert order(scored("a", 9), scored("b", 8, NOW - 700 * HOUR), scored("c", 7, NOW - 2 * HOUR)) == "acb"


def test_what_has_few_of_the_words_stays_behind_whenever_it_appeared() -> None:
    assert order(scored("a", 9), scored("b", 8, NOW - 700 * HOUR), scored("c", 3)) == "abc"


def test_no_answer_bears_witness_for_itself() -> None:
    found = together((scored("a", 9), scored("b", 8, NOW - 9000 * HOUR), scored("c", 7)))
    assert {one.candidate.article: one.score for one in found}["b"] == pytest.approx(8)


@pytest.mark.parametrize("found", [(), (scored("a", 5),), (scored("a", 0), scored("b", 0))])
def test_where_nothing_can_be_compared_all_stays(found: tuple[Scored, ...]) -> None:
    assert together(found) == found


def test_a_weak_answer_is_no_witness() -> None:
    weak = LEAST ** (1 / SHARP) * 9 - 0.01
    found = together((scored("a", 9), scored("b", 8, NOW - 9000 * HOUR), scored("c", weak, NOW - 9000 * HOUR)))
    assert {one.candidate.article: one.score for one in found}["b"] == pytest.approx(8)


times = st.integers(0, 2000).map(lambda hours: NOW - hours * HOUR)
several = st.lists(st.tuples(st.floats(0.1, 100), times), max_size=30)


@given(several)
def test_each_stays_in_and_gains_at_most_its_double(values: list[tuple[float, datetime]]) -> None:
    before = sorted_by_score(scored(str(n), *value) for n, value in enumerate(values))
    after = together(before)
    gained = {one.candidate.article: one.score for one in after}
    assert {one.candidate.article for one in before} == set(gained)
    assert [one.candidate for one in after[:1]] == [one.candidate for one in before[:1]], "the best stays the best"
    for one in before:
        assert one.score <= gained[one.candidate.article] <= one.score * (1 + TOGETHER) * (1 + 1e-9)
    assert [one.score for one in after] == sorted((one.score for one in after), reverse=True)


def test_few_words_are_ranked_as_they_were() -> None:
    matched = "dam river flood rain north"
    found = tuple(
        Candidate(
            article=ArticleId(id), story=StoryId(id), at=at, independent=1, title=title, lead="", body="other " * 20
        )
        for id, at, title in (("a", NOW, matched), ("b", NOW - 700 * HOUR, matched), ("c", NOW, matched[:-6]))
    )

    def of(query: str) -> str:
        looked = plan(parse(query).query, now=NOW)
        known = Statistics(articles=1000, length=100.0, having=(10,) * len(looked.wanted))
        answers = ranked(looked, Matches(found=found, known=known), now=NOW)
        return "".join(one.candidate.article for one in answers)

    assert (of("north"), of(matched)) == ("abc", "acb")
