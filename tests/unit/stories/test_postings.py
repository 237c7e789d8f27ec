"""One pass over the index tells what pairs of reports tell one by one, whatever came and went before."""

import pytest
from tests.unit.stories.synthetic import made, many

from tawatur.model import StoryId
from tawatur.stories.entry import LENGTH, Entry, entry, rarity
from tawatur.stories.overlap import Overlap, overlap
from tawatur.stories.postings import COMMON, LEAST, Postings
from tawatur.stories.profile import Member


def ready(count: int = 60) -> list[Entry]:
    return [entry(Member(profile=one, story=StoryId("s"))) for one in many(count, days=4)]


def index_of(reports: list[Entry]) -> Postings:
    index = Postings()
    for one in reports:
        index.add(one)
    return index


def found_in(index: Postings, one: Entry) -> dict[str, Overlap[float]]:
    articles, shared = index.overlaps(one)
    rows = zip(*(column.tolist() for column in shared), strict=True)
    return {article: Overlap(*row) for article, row in zip(articles, rows, strict=True)}


def share_enough(one: Entry, other: Entry) -> bool:
    shared = [key for key in one.text.keys() & other.text.keys() if rarity(key) > COMMON]
    return one is not other and sum(one.text[key] * other.text[key] for key in shared) >= LEAST * LENGTH**2


def test_what_is_found_in_one_pass_is_what_pairs_have_in_common() -> None:
    reports = ready()
    index = index_of(reports)
    for one in reports:
        expected = {other.article: overlap(one, other) for other in reports if share_enough(one, other)}
        assert found_in(index, one) == expected
        assert expected


def test_a_report_that_is_not_held_is_compared_too() -> None:
    first, *others = ready()
    assert found_in(index_of(others), first) == found_in(index_of([*others, first]), first)


def test_what_came_and_went_leaves_no_trace() -> None:
    reports = ready()
    gone, left = reports[::3], [one for one in reports if one not in reports[::3]]
    index = index_of(reports)
    for one in gone:
        index.discard(one)
    straight = index_of(left)
    assert [found_in(index, one) for one in reports] == [found_in(straight, one) for one in reports]
    for one in reversed(gone):
        index.add(one)
    whole = index_of(reports)
    assert [found_in(index, one) for one in reports] == [found_in(whole, one) for one in reports]
    keys = {key for one in reports for key in one.text}
    assert all(index.frequency(key) == whole.frequency(key) for key in keys)


def test_an_empty_index_knows_nothing() -> None:
    one = ready()[0]
    index = index_of([one])
    index.discard(one)
    assert found_in(index, one) == index.sums({}, most=5) == {}
    assert index.held_by_few(one.text, 5) == []
    assert [index.frequency(key) for key in one.text] == [0] * len(one.text)


def words_of(**texts: str) -> Postings:
    return index_of([entry(Member(profile=made(name, words), story=StoryId("s"))) for name, words in texts.items()])


def test_sums_count_each_word_by_its_weight() -> None:
    index = words_of(a="alpha beta", b="beta gamma", c="delta")
    assert index.sums({"alpha": 1.0, "beta": 2.5}, most=5) == {"a": 3.5, "b": 2.5}


def test_of_the_greatest_sums_none_is_left_out_by_chance() -> None:
    index = words_of(a="alpha", b="alpha beta", c="alpha", d="alpha beta gamma", e="delta")
    weights = {"alpha": 1.0, "beta": 2.0, "gamma": 4.0}
    assert [set(index.sums(weights, most=most)) for most in (1, 2, 3, 9)] == [{"d"}, {"b", "d"}, {*"abcd"}, {*"abcd"}]


def test_words_that_many_hold_are_told_from_those_of_few() -> None:
    index = words_of(a="alpha beta", b="beta gamma", c="beta")
    assert index.held_by_few(["beta", "gamma", "unknown", "alpha"], 2) == ["gamma", "alpha"]


@pytest.mark.parametrize("words", ["", "alpha"])
def test_short_texts_are_no_surprise(words: str) -> None:
    one = entry(Member(profile=made("a", words), story=StoryId("s")))
    index = index_of([one, *ready()])
    assert found_in(index, one) == {}
