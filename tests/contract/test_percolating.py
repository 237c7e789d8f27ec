"""Searching the other way round finds what searching finds."""

from typing import Any

import pytest
from tests.contract.test_search import CASES, planned, prepared

from tawatur.searching.percolate import Percolator, answers
from tawatur.searching.plan import Plan
from tawatur.searching.words import Entry, entry
from tawatur.stories.topics import topic_of

ASKED = (*CASES["finds"], *CASES["loose"])


def unlimited(plan: Plan) -> bool:
    return plan.first is None and plan.last is None and plan.sources == 1


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    cases = {case["id"]: prepared(case) for case in CASES["articles"] if case["story"] in CASES["sources"]}
    return {id: entry(one.article, one.analysis, topic=topic_of((one.profile,))) for id, one in cases.items()}


@pytest.mark.parametrize("asked", CASES["finds"], ids=lambda asked: asked["query"])
def test_an_article_answers_the_queries_that_find_it(entries: dict[str, Entry], asked: dict[str, Any]) -> None:
    plan = planned(asked["query"])
    if unlimited(plan):
        assert sorted(id for id, one in entries.items() if answers(one, plan)) == asked["found"]


def test_of_many_queries_the_same_are_answered_as_one_by_one(entries: dict[str, Entry]) -> None:
    plans = {one["query"]: planned(one["query"]) for one in ASKED}
    held = Percolator(plans)
    assert len(held) == len(plans)
    for one in entries.values():
        assert set(held.answered(one)) == {query for query, plan in plans.items() if answers(one, plan)}


def test_an_article_is_held_against_few_of_many_queries(entries: dict[str, Entry]) -> None:
    class Counted(dict[str, Plan]):
        asked = 0

        def __getitem__(self, key: str) -> Plan:
            Counted.asked += 1
            return super().__getitem__(key)

    plans = {f"word{number}": planned(f"word{number} other{number}") for number in range(1000)}
    held = Percolator(plans | {CASES["finds"][0]["query"]: planned(CASES["finds"][0]["query"])})
    held._plans = Counted(held._plans)
    found = [key for one in entries.values() for key in held.answered(one)]
    assert set(found) == {CASES["finds"][0]["query"]}
    assert Counted.asked == len(found)
