"""A story's title is a headline that one of its outlets wrote."""

import tomllib
from dataclasses import replace
from itertools import permutations

import pytest
from tests.unit.stories.building import DATA, REPORTS, article, report, stated

from tawatur.model import Analysis, ArticleId, Block, BlockKind, Figure, Report, Span
from tawatur.stories.headline import best, outcounted, title_of
from tawatur.stories.lead import first_sentence, lead_of


def title(name: str) -> str:
    return str(REPORTS[name]["title"])


def test_the_headline_that_the_others_bear_out_most_is_the_title() -> None:
    reports = [article("toll"), article("bridge_one"), article("bridge_two"), article("bridge_untitled")]
    assert title_of(reports) in (title("bridge_one"), title("bridge_two"))


@pytest.mark.parametrize("case", tomllib.loads((DATA / "headlines.toml").read_text(encoding="utf-8"))["case"])
def test_the_title_tells_what_happened(case: dict[str, object]) -> None:
    text = (Block(BlockKind.PARAGRAPH, str(case["text"])),)
    headlines = [str(one) for one in case["headlines"]]
    reports = [replace(article("quake"), id=ArticleId(one), title=one, blocks=text) for one in headlines]
    assert {title_of(order) for order in permutations(reports)} == {headlines[0]}


def test_a_lone_report_gives_its_headline() -> None:
    assert title_of([article("quake")]) == title("quake")


def test_the_earliest_of_equals_is_taken() -> None:
    twins = [article("quake", id="first"), article("quake", id="second")]
    assert (best(twins) or twins[1]).id == "first"


def test_a_report_without_a_headline_gives_none_away_to_one_that_has() -> None:
    assert title_of([article("bridge_untitled"), article("bridge_two")]) == title("bridge_two")


def test_without_any_headline_the_first_sentence_stands() -> None:
    untitled = article("bridge_untitled")
    assert best([untitled]) is None
    assert title_of([untitled]) == untitled.text.split("\n")[0]
    assert lead_of(untitled) == title_of([untitled])


def test_nothing_gives_nothing() -> None:
    assert title_of([]) == ""
    assert first_sentence("") == ""


def counting(name: str, killed: float, hours: int, *, part: bool = False, bound: str = "") -> Report:
    of = article(name, published=stated(hours))
    figure = Figure(text="", value=killed, unit="", span=Span(0, 5), category="killed", part=part, bound=bound)
    return report(of, Analysis(article=of.id, version="test", figures=(figure,)))


def test_a_headline_whose_report_a_later_one_outcounts_is_not_the_title() -> None:
    reports = [counting("bridge_one", 3, 0), counting("bridge_two", 5, 2)]
    assert outcounted(reports) == {"bridge_one"}
    assert title_of([one.article for one in reports], after=outcounted(reports)) == title("bridge_two")


def test_parts_vague_counts_and_lower_later_ones_outcount_nobody() -> None:
    for later in (counting("bridge_two", 50, 2, part=True), counting("bridge_two", 50, 2, bound="vague")):
        assert outcounted([counting("bridge_one", 3, 0), later]) == frozenset()
    assert outcounted([counting("bridge_one", 5, 0), counting("bridge_two", 3, 2)]) == frozenset()


def test_an_outcounted_headline_is_better_than_none() -> None:
    reports = [counting("bridge_one", 3, 0), counting("bridge_untitled", 5, 2)]
    assert title_of([one.article for one in reports], after=outcounted(reports)) == title("bridge_one")
