"""Who is the same person in two articles, on invented examples."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.ids import ArticleId, OutletKey
from tawatur.messages import LANGUAGES, catalogue
from tawatur.model import Article, Block, BlockKind, Certainty, Published
from tawatur.understand import analyze
from tawatur.understand.identity import Appearance, Verdict, appearances, compare, identities


def seen(name: str, text: str, number: int = 1) -> Appearance:
    """Return how a person appears in an article of a text."""
    found = {one.person.name: one for one in everybody(text, number)}
    return found[name]


def everybody(text: str, number: int = 1) -> tuple[Appearance, ...]:
    at = datetime(2026, 1, 2 * number, tzinfo=UTC)
    article = Article(
        id=ArticleId(f"{number:064x}"),
        outlet=OutletKey("nawras"),
        origin="nawras",
        collected=at,
        published=Published(at=at, certainty=Certainty.STATED),
        blocks=(Block(BlockKind.PARAGRAPH, text),),
    )
    return appearances(article, analyze(article))


@pytest.mark.parametrize("case", cases("identities"), ids=lambda case: case["about"])
def test_two_appearances_are_judged_with_a_reason(case: Any) -> None:
    one, two = seen(case["names"][0], case["one"], 1), seen(case["names"][1], case["two"], 2)
    judged = compare(one, two)
    assert (judged.verdict.value, judged.reason) == (case["verdict"], case["reason"])
    assert compare(two, one).verdict is judged.verdict


@pytest.mark.parametrize("case", cases("identities"), ids=lambda case: case["about"])
def test_every_reason_can_be_read(case: Any) -> None:
    assert all(case["reason"] in catalogue(language) for language in LANGUAGES)


def test_people_of_one_article_are_never_one() -> None:
    one, two = everybody(cases("identities")[3]["one"])[:2]
    assert compare(one, two).verdict is Verdict.OTHER


def test_appearances_are_put_together_with_the_reason_of_each() -> None:
    case = cases("identities")[0]
    found = [seen(case["names"][0], case[which], number) for number, which in ((1, "one"), (2, "two"), (3, "one"))]
    (made,) = identities(found)
    assert [one.article for one in made.appearances] == [one.article for one in found]
    assert [judged.verdict for judged in made.reasons] == [Verdict.SAME, Verdict.SAME]


def test_what_nothing_joins_stays_apart() -> None:
    case = cases("identities")[2]
    found = [seen(case["names"][0], case["one"], 1), seen(case["names"][1], case["two"], 2)]
    assert len(identities(found)) == 2


def test_nobody_is_found_in_nothing() -> None:
    assert identities(()) == []
    assert everybody(".") == ()
