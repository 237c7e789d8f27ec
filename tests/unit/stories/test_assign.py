"""Deciding: the same happening joins, another starts, every decision has its reason, and a restart changes nothing."""

from dataclasses import replace

import pytest
from tests.unit.stories.building import analysis, article, stated
from tests.unit.stories.synthetic import Shelf, made, many

from tawatur.model import Decision, Published
from tawatur.stories.assign import Grouper, story_of
from tawatur.stories.profile import Profile, profile


def of(name: str, *, hours: float = 0, published: Published | None = None) -> Profile:
    report = article(name, published=published or stated(hours))
    return profile(report, analysis(report))


def placed(*profiles: Profile) -> list[Decision]:
    grouper = Grouper(lambda start, end: ())
    return [grouper.place(one) for one in profiles]


def test_reports_of_one_happening_join_and_others_start_stories() -> None:
    first, toll, second, quake = placed(
        of("bridge_one"), of("toll", hours=1), of("bridge_two", hours=2), of("quake", hours=3)
    )
    assert second.story == first.story
    assert second.joined
    assert len({first.story, toll.story, quake.story}) == 3
    assert [one.joined for one in (first, toll, quake)] == [False, False, False]


def test_a_story_is_called_after_its_first_report() -> None:
    first, second = placed(of("bridge_one"), of("bridge_two", hours=1))
    assert first.story == second.story == story_of(of("bridge_one"))


def test_reasons_name_what_both_say_and_the_report_that_is_most_alike() -> None:
    first, second = placed(of("bridge_one"), of("bridge_two", hours=1))
    assert (first.why.key, first.why.score, first.why.like) == ("first", 0.0, None)
    assert second.why.key == "both_report"
    assert second.why.like == "bridge_one"
    assert 0.5 <= second.why.score <= 1
    assert 1 <= len(second.why.terms) <= 5


def test_a_report_that_is_like_none_says_how_near_the_nearest_was() -> None:
    start, other = placed(made("a", "one two three four five six"), made("b", "six seven eight nine ten eleven"))
    assert (other.joined, other.why.key, other.why.like) == (False, "no_match", "a")
    assert 0 <= other.why.score < 0.5
    assert start.story != other.story


def test_nearly_the_same_text_is_called_a_copy() -> None:
    _, copy = placed(of("bridge_two"), of("bridge_copy", hours=1))
    assert (copy.joined, copy.why.key) == (True, "copy")


def test_preview_and_report_of_a_match_are_one_story() -> None:
    preview, report = placed(of("match_preview"), of("match_report", hours=20))
    assert report.story == preview.story


def test_prices_of_another_day_are_another_story() -> None:
    today, later, tomorrow = (
        of("oil"),
        replace(of("oil", hours=2), article="later"),
        replace(of("gold", hours=26), article="gold"),
    )
    decisions = placed(today, later, tomorrow)
    assert decisions[1].story == decisions[0].story
    assert decisions[2].story != decisions[0].story


def test_the_same_words_after_the_window_are_another_happening() -> None:
    first, second = placed(of("quake"), replace(of("quake", hours=24 * 30), article="again"))
    assert second.story != first.story
    assert second.why.key == "first"


def test_an_undated_report_is_compared_without_time() -> None:
    dated = of("bridge_one")
    undated = replace(of("bridge_two", hours=60), dated=False)
    assert placed(dated, undated)[1].why.score > placed(dated, replace(undated, dated=True))[1].why.score


def test_an_article_that_is_placed_again_is_decided_as_before() -> None:
    grouper = Grouper(lambda start, end: ())
    first = grouper.place(of("bridge_one"))
    assert grouper.place(of("bridge_one")) == first
    joined = grouper.place(of("bridge_two", hours=1))
    assert grouper.place(of("bridge_two", hours=1)) == joined


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    one, other = placed(made("a", ""), made("b", ""))
    assert one.story != other.story


def run(profiles: list[Profile], *, restart: int) -> tuple[list[Decision], Shelf]:
    shelf = Shelf()
    grouper = Grouper(shelf.recall)
    decisions = []
    for number, one in enumerate(profiles):
        if number and number % restart == 0:
            grouper = Grouper(shelf.recall)
        decisions.append(grouper.place(one))
        shelf.put(replace(one, fresh=decisions[-1].fresh), decisions[-1].story)
    return decisions, shelf


@pytest.mark.parametrize("restart", [1, 37])
def test_a_restart_goes_on_exactly_like_an_undisturbed_run(restart: int) -> None:
    profiles = many(300)
    undisturbed, _ = run(profiles, restart=10**6)
    disturbed, _ = run(profiles, restart=restart)
    assert disturbed == undisturbed
    assert sum(one.joined for one in undisturbed) > 60


def test_articles_that_come_late_are_placed_as_a_fresh_process_would() -> None:
    profiles = many(150, days=10)
    shuffled = profiles[50:100] + profiles[:50] + profiles[100:]
    undisturbed, _ = run(shuffled, restart=10**6)
    assert run(shuffled, restart=1)[0] == undisturbed


def test_happenings_of_made_up_words_are_told_apart() -> None:
    profiles = many(300)
    decisions, _ = run(profiles, restart=10**6)
    happening = [next(key for key in one.keys if key.startswith("h")).split("w")[0] for one in profiles]
    mixed = {(one.story, of) for one, of in zip(decisions, happening, strict=True)}
    assert len({story for story, _ in mixed}) == len(mixed)
