"""Reports join by what whole groups are worth to one another; nothing chains."""

from collections.abc import Mapping

from tests.unit.stories.synthetic import made

from tawatur.model import ArticleId, StoryId
from tawatur.stories.entry import Entry, entry
from tawatur.stories.linkage import Linkage
from tawatur.stories.profile import Member
from tawatur.stories.similarity import Features
from tawatur.stories.weights import Weights

BY = Weights(features=Features(*[0.0] * len(Features._fields)), constant=0, least=-4, most=4, size=0.1, join=0)


class Table:
    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = {frozenset(pair): value for pair, value in values.items()}

    def row(self, one: Entry) -> dict[ArticleId, float]:
        return {
            other: value
            for pair, value in self._values.items()
            if one.article in pair
            for other in pair - {one.article}
        }


def groups(articles: str, values: Mapping[str, float], **run: object) -> set[str]:
    entries = [entry(Member(profile=made(name, ""), story=StoryId("s"))) for name in articles]
    return {"".join(sorted(group)) for group in Linkage(entries, Table(values), BY).run(**run)}


def test_what_is_worth_joining_joins_and_strangers_stay_alone() -> None:
    assert groups("abcd", {"ab": 2, "bc": 2, "ac": 1, "cd": -2}) == {"abc", "d"}


def test_a_chain_of_pairs_ties_nothing_together() -> None:
    assert groups("abc", {"ab": 2, "bc": 1.5}) == {"ab", "c"}


def test_the_surest_join_first() -> None:
    assert groups("abcd", {"ab": 1, "bc": 3, "cd": 1}) == {"bc", "a", "d"}


def test_order_says_nothing() -> None:
    values = {"ab": 2, "cd": 2, "ac": 1, "bd": 1, "ad": -1, "bc": -1, "de": 1.2}
    assert groups("abcde", values) == groups("edcba", values) == groups("cabed", values)


def test_a_little_less_is_enough_for_larger_groups() -> None:
    values = {"ab": 3, "ac": 3, "bc": 3, "ad": -0.1, "bd": -0.1, "cd": -0.1}
    assert groups("abcd", values) == {"abcd"}
    assert groups("ad", values) == {"a", "d"}


def test_what_is_barred_never_meets() -> None:
    apart = {frozenset("ac")}
    found = groups("abc", {"ab": 3, "bc": 2, "ac": 3}, barred=lambda one, other: frozenset((one, other)) in apart)
    assert found == {"ab", "c"}
