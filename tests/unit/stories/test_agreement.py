"""What reports agree on, what one says alone, what differs: invented stories through the real analysis."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.stories.building import DATA, START, stated

from tawatur.model import (
    Agreement,
    Article,
    ArticleId,
    Block,
    BlockKind,
    OutletKey,
    Outlets,
    Point,
    PointKind,
    Report,
    Standing,
    Story,
    StoryId,
    Why,
)
from tawatur.stories.agreement import agreement
from tawatur.stories.compose import compose
from tawatur.understand import analyze

CASES = {case["name"]: case for case in tomllib.loads((DATA / "agreement.toml").read_text(encoding="utf-8"))["case"]}


def told(case: str) -> Story:
    """Return the story of a case, each outlet of it a source of its own: what leans on what is tested elsewhere."""
    made = compose(StoryId("s"), [_report(*one) for one in enumerate(CASES[case]["reports"])], outlets=Outlets())
    by_outlet: dict[str, tuple[ArticleId, ...]] = {}
    for report in made.reports:
        outlet = report.article.outlet
        by_outlet[outlet] = (*by_outlet.get(outlet, ()), report.article.id)
    return replace(made, sources=tuple(by_outlet.values()), independent=len(by_outlet), dependences=())


def _report(number: int, one: dict[str, object]) -> Report:
    article = Article(
        id=ArticleId(f"r{number}"),
        outlet=OutletKey(str(one["outlet"])),
        origin="x",
        collected=START + timedelta(days=9),
        published=stated(float(str(one["at"]))),
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in str(one["text"]).split("\n")),
    )
    return Report(article=article, analysis=analyze(article), why=Why(key="first"))


def shown(point: Point) -> str:
    """Return a point as the data file names it."""
    if point.kind is not PointKind.FIGURE:
        return f"{point.kind}: {point.versions[0].wordings[0].text}"
    now = " / ".join(version.value for version in point.versions if not version.superseded)
    gone = "".join(f" < {version.value}" for version in point.versions if version.superseded)
    return f"figure: {now}{gone}"


def missing(wanted: Sequence[str], found: Sequence[Point]) -> list[str]:
    names = [shown(point) for point in found]
    return [one for one in wanted if not any(name.startswith(one) or one in name for name in names)]


@pytest.mark.parametrize("name", CASES)
def test_invented_stories(name: str) -> None:
    case, found = CASES[name], agreement(told(name))
    for standing in ("agreed", "alone", "differ"):
        if standing in case:
            assert missing(case[standing], getattr(found, standing)) == [], [
                shown(one) for one in getattr(found, standing)
            ]
    assert len(found.differ) == len(case["differ"]), [shown(one) for one in found.differ]
    if case.get("agreed") == []:
        assert [shown(one) for one in found.agreed] == []


def every(found: Agreement) -> list[Point]:
    return [*found.agreed, *found.alone, *found.differ]


@pytest.mark.parametrize("name", CASES)
def test_every_wording_stands_where_it_says(name: str) -> None:
    story = told(name)
    texts = {report.article.id: report.article.text for report in story.reports}
    for point in every(agreement(story)):
        for version in point.versions:
            for one in version.wordings:
                assert texts[one.article][one.span.start : one.span.end] == one.text


@pytest.mark.parametrize("name", CASES)
def test_standing_follows_from_the_independent_sources(name: str) -> None:
    for point in every(agreement(told(name))):
        assert point.standing is not Standing.AGREED or point.backing.independent >= 2
        assert point.standing is not Standing.ALONE or point.backing.independent == 1
        assert (point.standing is Standing.DIFFER) == bool(point.difference)


def test_a_copy_backs_nothing_that_its_original_says() -> None:
    first = CASES["one fact in different words, by two sources"]["reports"][0]
    reports = [_report(0, first), _report(1, {**first, "outlet": "b"})]
    story = compose(StoryId("s"), reports, outlets=Outlets())
    found = agreement(story)
    assert all(point.backing.independent >= 2 for point in found.agreed)
    assert (story.independent == 1) == (found.agreed == ())


def test_an_alignment_names_what_the_wordings_share() -> None:
    (point, *_) = agreement(told("one fact in different words, by two sources")).agreed
    assert point.why.key in ("same_fact", "same_words")
    assert 0.5 <= point.why.score <= 1
    assert point.why.terms
    assert all(term in point.versions[0].wordings[0].text for term in point.why.terms)


def test_the_words_that_differ_are_marked() -> None:
    found = agreement(told("a statement in two wordings, marked word by word")).agreed
    (point,) = (one for one in found if one.kind is PointKind.STATEMENT)
    first, second = point.versions[0].wordings
    assert first.marks == ()
    assert second.marks
    assert all(mark.instead or mark.span.start < mark.span.end for mark in second.marks)


def test_who_is_named_as_speaker_is_a_difference_of_its_own() -> None:
    (point,) = agreement(told("the same words of two speakers")).differ
    assert point.difference == "speaker"
    assert [version.value for version in point.versions] == [version.wordings[0].speaker for version in point.versions]


def test_a_denial_stands_against_what_it_denies() -> None:
    (point,) = agreement(told("one denies what the other states")).differ
    assert point.difference == "denied"
    assert len(point.versions) == 2
