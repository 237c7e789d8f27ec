"""What is measured of two reports, and how it is weighed."""

from math import isclose

import pytest
from tests.unit.stories.synthetic import made

from tawatur.model import StoryId
from tawatur.stories.background import Background, background
from tawatur.stories.entry import Entry, entry
from tawatur.stories.profile import Member
from tawatur.stories.similarity import Features, Measured, cover, likeness
from tawatur.stories.weights import Weights, weights


def flat(key: str) -> float:
    return 3.0 if key.startswith("rare") else 1.0


def of(words: str, *, article: str = "a", hours: float = 0, outlet: str = "one", dated: bool = True) -> Entry:
    profile = made(article, words, hours=hours, outlet=outlet, dated=dated)
    return entry(Member(profile=profile, story=StoryId("s")))


def features(one: Entry, other: Entry) -> Features:
    return Measured(one, flat).features(other)


def test_a_report_is_wholly_like_itself_and_unlike_what_shares_nothing() -> None:
    one, other = of("a b c d e f"), of("u v w x y z")
    assert isclose(likeness(one, one, flat), 1)
    assert likeness(one, other, flat) == 0
    same, none = features(one, one), features(one, other)
    assert isclose(same.text, 1)
    assert isclose(same.opening, 1)
    assert same.headline == 1
    assert (none.text, none.opening, none.rare, none.headline) == (0, 0, 0, 0)


def test_what_is_measured_is_the_same_from_both_sides() -> None:
    one, other = of("a b rare1 d e f", outlet="x"), of("rare1 b z y x w", hours=30, outlet="y")
    there, back = features(one, other), features(other, one)
    assert all(isclose(mine, theirs) for mine, theirs in zip(there, back, strict=True))


def test_rare_words_count_more() -> None:
    base = of("rare1 b c d e f")
    assert features(base, of("rare1 v w x y z")).rare > features(base, of("b v w x y z")).rare
    assert likeness(base, of("rare1 v w x"), flat) > likeness(base, of("b v w x"), flat)


def test_time_counts_in_days_and_only_where_both_are_dated() -> None:
    base = of("a b")
    assert features(base, of("a b", hours=36)).days == 1.5
    assert features(base, of("a b", hours=-36)).days == 1.5
    assert features(base, of("a b", hours=36, dated=False)).days == 0


def test_outlets_are_told_apart() -> None:
    assert features(of("a"), of("a", outlet="two")).same_outlet == 0
    assert features(of("a"), of("a")).same_outlet == 1


def test_cover_is_the_share_of_weight() -> None:
    assert cover(("rare1", "a"), {"rare1": 1.0}, flat) == 0.75
    assert cover((), {"a": 1.0}, flat) == 0


def test_texts_without_words_are_like_nothing() -> None:
    assert features(of(""), of("")).text == 0
    assert likeness(of(""), of("a b"), flat) == 0


def test_words_that_the_background_or_the_window_knows_weigh_less() -> None:
    prior = Background(100, {"known": 40})
    assert prior.idf("known", 0, 0) < prior.idf("unknown", 0, 0)
    assert prior.idf("unknown", 30, 60) < prior.idf("unknown", 1, 60)
    assert prior.idf_over({"unknown": 30}, 60)("unknown") == prior.idf("unknown", 30, 60)
    assert background().documents > 400


PLAIN = Weights(features=Features(2, 1, 1, 1, -0.5, 0, 1, -1, 0, 0), mean=0.5, size=0.0, join=3.0)


def test_a_story_counts_by_its_mean_and_its_best_report() -> None:
    assert PLAIN.story([4.0]) == 4
    assert PLAIN.story([4.0, 2.0]) == 3.5
    assert PLAIN.pair(Features(1, 1, 0, 0, 2, 1, 0, 0, 0, 0)) == 2


def test_a_score_is_half_where_joining_begins_and_grows_with_the_value() -> None:
    assert PLAIN.score(3) == 0.5
    assert 0 < PLAIN.score(-20) < PLAIN.score(2.9) < PLAIN.score(3.1) < PLAIN.score(20) < 1


def test_the_packaged_weights_reward_likeness_and_punish_distance() -> None:
    packed = weights()
    assert min(packed.features[:4]) > 0
    assert packed.features.days < 0 < packed.features.same_occasion
    assert 0 < packed.mean < 1


@pytest.mark.parametrize("field", Features._fields)
def test_every_feature_has_a_weight(field: str) -> None:
    assert isinstance(getattr(weights().features, field), float)
