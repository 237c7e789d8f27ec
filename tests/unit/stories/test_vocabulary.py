"""Texts weighed by columns come out as texts weighed word by word, whatever came and went before."""

from random import Random

import pytest
from tests.unit.stories.synthetic import made, many

from tawatur.model import StoryId
from tawatur.stories.background import background
from tawatur.stories.entry import Entry, entry
from tawatur.stories.profile import Member
from tawatur.stories.similarity import likeness
from tawatur.stories.vocabulary import ROOM, Vocabulary
from tawatur.stories.window import frequencies


def ready(count: int) -> list[Entry]:
    return [entry(Member(profile=one, story=StoryId("s"))) for one in many(count, days=4)]


def of(words: str) -> Entry:
    return entry(Member(profile=made("x", words), story=StoryId("s")))


def holding(reports: list[Entry]) -> Vocabulary:
    held = Vocabulary(background())
    for one in reports:
        held.add(one.article, one.counts)
    return held


def expected(one: Entry, reports: list[Entry]) -> list[float]:
    idf = background().idf_over(frequencies(reports), len(reports))
    return [likeness(one, other, idf) for other in reports]


def cosines(held: Vocabulary, one: Entry, reports: list[Entry]) -> list[float]:
    return held.cosines(one.counts, [other.article for other in reports])


def test_columns_tell_what_words_tell_one_by_one() -> None:
    reports = ready(40)
    held = holding(reports)
    for one in reports:
        assert cosines(held, one, reports) == pytest.approx(expected(one, reports), rel=1e-12)


def test_a_text_that_is_not_held_is_compared_with_words_that_nobody_has_and_with_those_of_the_background() -> None:
    reports = ready(20)
    common = next(iter(background().frequencies))
    stranger = of(f"{common} unheard common1 common2 h0w1 h0w2")
    assert cosines(holding(reports), stranger, reports) == pytest.approx(expected(stranger, reports), rel=1e-12)


def test_what_came_and_went_leaves_no_trace() -> None:
    reports, chance = ready(60), Random(3)
    held, left = holding(reports), list(reports)
    for one in chance.sample(reports, 45):
        held.discard(one.article, one.counts)
        left.remove(one)
    for one in reports:
        assert cosines(held, one, left) == pytest.approx(expected(one, left), rel=1e-12)


def test_there_is_room_for_any_number_of_words() -> None:
    reports = [
        entry(Member(profile=made(f"a{at}", " ".join(f"w{at}x{n}" for n in range(90))), story=StoryId("s")))
        for at in range(ROOM // 80)
    ]
    held = holding(reports)
    assert cosines(held, reports[-1], [reports[0], reports[-1]]) == pytest.approx([0.0, 1.0])


def test_nothing_is_compared_with_nothing() -> None:
    assert cosines(holding([]), of("alpha"), []) == []
