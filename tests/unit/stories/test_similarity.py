"""What is measured of two reports, and how it is weighed."""

from dataclasses import replace
from math import isclose

import pytest
from tests.unit.stories.building import DATA
from tests.unit.stories.synthetic import made

from tawatur.model import StoryId
from tawatur.stories.background import Background, background
from tawatur.stories.entry import LENGTH, Entry, entry, name_key
from tawatur.stories.overlap import dot
from tawatur.stories.profile import FRESH, Member, Profile
from tawatur.stories.similarity import APART, Features, features, likeness
from tawatur.stories.weights import Weights, weights

#: A town, one of another country, and another one of its own.
PLACES = tuple((DATA / "towns.txt").read_text(encoding="utf-8").split())

#: Words enough to stand between an opening and what is below it.
BELOW = "b c d e f g h i j k"


def flat(key: str) -> float:
    return 3.0 if key.startswith("rare") else 1.0


def ready(profile: Profile) -> Entry:
    return entry(Member(profile=profile, story=StoryId("s")))


def of(words: str, *, article: str = "a", hours: float = 0, outlet: str = "one", dated: bool = True) -> Entry:
    return ready(made(article, words, hours=hours, outlet=outlet, dated=dated))


def naming(words: str, **named: tuple[str, ...] | int) -> Entry:
    return ready(replace(made("a", words), **named))


def test_a_report_is_wholly_like_itself_and_unlike_what_shares_nothing() -> None:
    one, other = of("a b c d e f"), of("u v w x y z")
    assert isclose(likeness(one, one, flat), 1)
    assert likeness(one, other, flat) == 0
    same, none = features(one, one), features(one, other)
    assert isclose(same.text, 1, abs_tol=0.001)
    assert isclose(same.opening, 1, abs_tol=0.001)
    assert (none.text, none.opening, none.rare, none.rarest) == (0, 0, 0, 0)


def test_what_is_measured_is_the_very_same_from_both_sides() -> None:
    one = of("a b rare1 d e f", outlet="x")
    other = of("rare1 b z y x w", article="b", hours=30, outlet="y")
    assert features(one, other) == features(other, one)


def test_weights_of_words_are_whole_numbers_of_one_length() -> None:
    text = of("a b c d e f a a").text
    assert all(isinstance(weight, int) for weight in text.values())
    assert isclose(dot(text, text), LENGTH**2, rel_tol=0.01)


def test_rare_words_count_more() -> None:
    base = of("rare1 b c d e f")
    assert likeness(base, of("rare1 v w x"), flat) > likeness(base, of("b v w x"), flat)


def test_words_that_are_common_in_the_news_at_large_count_less() -> None:
    common = max(background().frequencies, key=lambda key: (background().frequencies[key], key))
    base = of(f"{common} unseen b c d e f")
    assert features(base, of("unseen v w x y z")).rarest > features(base, of(f"{common} v w x y z")).rarest


def test_time_counts_in_days_and_only_where_both_are_dated() -> None:
    base = of("a b")
    assert features(base, of("a b", hours=36)).days == 1.5
    assert features(base, of("a b", hours=-36)).days == 1.5
    assert features(base, of("a b", hours=36, dated=False)).days == 0


def test_time_between_reports_of_one_outlet_counts_apart() -> None:
    assert features(of("a"), of("a", hours=6)).outlet_days == 0.25
    assert features(of("a"), of("a", hours=6, outlet="two")).outlet_days == APART
    assert features(of("a"), of("a", hours=6, dated=False)).outlet_days == APART


def test_a_headline_is_looked_for_in_the_other_text_and_the_fuller_answer_counts() -> None:
    headline = of("a b c d e f g h i j")
    inside, beside = of("u v w x y z a b c d e f g h"), of("u v w x a y z q r s t")
    assert isclose(features(headline, inside).headline, 1)
    assert isclose(features(headline, beside).headline, 1 / 4)
    assert features(inside, headline).headline == features(headline, inside).headline
    assert features(of(""), headline).headline == 0


def test_openings_are_looked_for_in_the_other_text_and_the_poorer_answer_counts() -> None:
    long, short = of("a b c d e f g h i j"), of("a b c d")
    assert isclose(features(long, short).opening_in_text, 4 / 10)
    assert features(short, long) == features(long, short)


def test_words_of_a_headline_count_by_how_rare_they_were_in_the_news_of_the_days() -> None:
    one, other = naming("a b c d", fresh=(16, 32, 48, 64)), naming("b c d e", fresh=(1, 2, 3, 4))
    assert features(one, other).fresh == (64 + 48 + 32 + 3 + 2 + 1) / FRESH
    unnoted = features(of("a b c d"), of("b c d e")).fresh
    assert unnoted == features(naming("a b c d", fresh=(1,)), of("b c d e")).fresh > 0


def test_places_of_other_countries_and_other_towns_of_one_country_are_told() -> None:
    one, far, near, again = (naming(f"{name_key(place)} b c", places=(place,)) for place in (*PLACES, PLACES[0]))
    told = [
        (found.other_countries, found.other_towns) for found in (features(one, other) for other in (far, near, again))
    ]
    assert told == [(1, 0), (0, 1), (0, 0)]
    named_below = naming(f"{name_key(PLACES[2])} {BELOW} {name_key(PLACES[0])}", places=(PLACES[2], PLACES[0]))
    assert features(one, named_below).other_towns == 0
    assert features(one, of("a b c")).other_countries == 0


def test_places_of_a_headline_that_the_other_opening_lacks_are_counted() -> None:
    one, other = naming("tunis b c d", places=("tunis",)), naming("cairo b c d", places=("cairo",))
    assert features(one, other).other_places == 2
    assert features(one, one).other_places == 0


def test_days_that_texts_name_agree_or_differ() -> None:
    monday = naming("a b", days=("2026-03-09", "2026-03-01"), lead_days=1)
    tuesday = naming("a b", days=("2026-03-10", "2026-03-01"), lead_days=1)
    assert (features(monday, tuesday).same_day, features(monday, tuesday).other_day) == (1, 1)
    assert features(monday, monday).other_day == 0
    assert features(monday, of("a b")).other_day == 0


def test_texts_without_words_are_like_nothing() -> None:
    assert features(of(""), of("")).text == 0
    assert likeness(of(""), of("a b"), flat) == 0


def test_words_that_the_background_or_the_window_knows_weigh_less() -> None:
    prior = Background(100, {"known": 40})
    assert prior.idf("known", 0, 0) < prior.idf("unknown", 0, 0)
    assert prior.idf("unknown", 30, 60) < prior.idf("unknown", 1, 60)
    assert prior.idf_over({"unknown": 30}, 60)("unknown") == prior.idf("unknown", 30, 60)
    assert background().documents > 400


NONE = Features(*[0.0] * len(Features._fields))
PLAIN = Weights(features=NONE._replace(text=2.0, days=-0.5), constant=1.0, least=-4.0, most=2.5, size=0.0, join=0.0)


def test_a_pair_counts_by_its_features_within_bounds() -> None:
    assert PLAIN.pair(NONE._replace(text=0.5, days=2.0)) == 1
    assert PLAIN.pair(NONE._replace(text=1.0)) == 2.5
    assert PLAIN.pair(NONE._replace(days=30.0)) == -4


def test_groups_count_by_the_mean_of_all_pairs_and_by_their_size() -> None:
    assert PLAIN.groups(12.0, 2, 3) == -2
    assert replace(PLAIN, size=0.5).groups(12.0, 2, 3) > PLAIN.groups(12.0, 2, 3)
    assert replace(PLAIN, size=0.5).groups(6.0, 1, 1) == PLAIN.groups(6.0, 1, 1)


def test_a_score_is_half_where_joining_begins_and_grows_with_the_value() -> None:
    assert PLAIN.score(0) == 0.5
    assert 0 < PLAIN.score(-20) < PLAIN.score(-0.1) < PLAIN.score(0.1) < PLAIN.score(20) < 1


def test_the_packaged_weights_reward_likeness_and_need_more_than_chance() -> None:
    packed = weights()
    assert packed.features.rare > 0 < packed.features.opening
    assert packed.features.other_day < 0 < packed.features.same_occasion
    assert packed.least < packed.join < packed.most
    assert packed.pair(NONE) < packed.join


@pytest.mark.parametrize("field", Features._fields)
def test_every_feature_has_a_weight(field: str) -> None:
    assert isinstance(getattr(weights().features, field), float)
