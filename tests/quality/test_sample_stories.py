"""The sample edition's stories against what must come out of them: a measure that needs nothing beside the project."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path

from tawatur import sample
from tawatur.app import App, open_app
from tawatur.config import Settings
from tawatur.model import StoryId

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


class Silent:
    """Nobody looks on."""

    def __getattr__(self, name: str):
        return lambda *arguments: None


@cache
def read() -> App:
    app = open_app(Settings(home=Path("unused")), database="memory:")
    app.put_sample(watch=Silent())
    return app


@cache
def found() -> dict[str, StoryId]:
    """Return the story of each article of the sample, by the article's key."""
    app = read()
    stories: dict[str, StoryId] = {}
    for head in app.store.front(limit=1000):
        for report in app.store.reports(head.id):
            stories[key_of(report.article)] = head.id
    return stories


def key_of(article) -> str:
    name = article.origin.removeprefix("sample/").partition("#")[0]
    candidates = sample.expected(name)["articles"]
    if len(candidates) == 1:
        return candidates[0]["key"]
    first = (article.paragraphs or article.updates[0].paragraphs)[0]
    return next(one["key"] for one in candidates if first in (one.get("paragraphs") or []) + [one.get("summary")])


def gold() -> dict[str, str]:
    return {key: story["key"] for story in sample.stories()["stories"] for key in story["articles"]}


def b_cubed(truth: dict[str, str], guess: dict[str, str]) -> tuple[float, float]:
    precision = recall = 0.0
    for one in truth:
        same_truth = {other for other in truth if truth[other] == truth[one]}
        same_guess = {other for other in truth if guess[other] == guess[one]}
        both = len(same_truth & same_guess)
        precision += both / len(same_guess)
        recall += both / len(same_truth)
    return precision / len(truth), recall / len(truth)


def test_every_article_of_the_sample_is_in_a_story() -> None:
    assert found().keys() == gold().keys()


def test_the_stories_of_the_sample_are_those_that_an_editor_makes() -> None:
    precision, recall = b_cubed(gold(), found())
    f1 = 2 * precision * recall / (precision + recall)
    print(f"sample stories: b3 precision {precision:.3f}, recall {recall:.3f}, f1 {f1:.3f}")
    assert f1 >= FLOORS["sample_stories_b3_f1"]


def test_the_independent_sources_of_each_story_found_whole_are_counted_right() -> None:
    members: dict[StoryId, set[str]] = defaultdict(set)
    for key, story in found().items():
        members[story].add(key)
    whole = {frozenset(keys): story for story, keys in members.items()}
    checked, wrong = 0, []
    for expected in sample.stories()["stories"]:
        if story := whole.get(frozenset(expected["articles"])):
            checked += 1
            counted = read().store.story_head(story).independent
            if counted != expected["independent"]:
                wrong.append((expected["key"], counted, expected["independent"]))
    assert checked >= FLOORS["sample_stories_whole"]
    assert wrong == []
