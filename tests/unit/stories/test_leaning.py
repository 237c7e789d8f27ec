"""On which medium a report leans: one that tells its main content, not one that it mentions."""

import tomllib
from dataclasses import replace

import pytest
from tests.unit.stories.building import DATA, article, rows

from tawatur.model import Block, BlockKind, Outlet, OutletKey, Outlets, Report, Why
from tawatur.stories.independence import independence
from tawatur.stories.leaning import leanings
from tawatur.stories.media import medium
from tawatur.understand import analyze

TOLD = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))
NAMES = {key: name for key, name, *_ in rows("media_outlets.tsv")}
OUTLETS = Outlets(known=tuple(Outlet(key=OutletKey(key), name=name) for key, name in NAMES.items()))


def told(name: str, *, outlet: str = "") -> Report:
    one = TOLD[name]
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in one["text"].strip().split("\n"))
    base = article("toll", id=name, outlet=outlet)
    made = replace(base, title=one["title"], blocks=blocks)
    return Report(article=made, analysis=analyze(made), why=Why(key="first"))


def leans_on(report: Report) -> list[str]:
    return [one.medium.key for one in leanings(report, OUTLETS)]


@pytest.mark.parametrize("name", ["leans_on_paper", "leans_on_paper_too", "headline_names_paper"])
def test_a_report_that_a_paper_tells_leans_on_it(name: str) -> None:
    assert leans_on(told(name)) == ["mirror"]


def test_a_mention_is_no_leaning() -> None:
    assert leans_on(told("mentions_paper")) == []


def test_an_outlet_does_not_lean_on_itself() -> None:
    assert leans_on(told("leans_on_paper", outlet="mirror")) == []


def test_the_credit_stands_where_the_text_has_it() -> None:
    report = told("leans_on_paper")
    (found,) = leanings(report, OUTLETS)
    assert found.span is not None
    assert NAMES["mirror"] in report.article.text[found.span.start : found.span.end]
    assert found.share == 1


@pytest.mark.parametrize(("expected", "phrase"), rows("media_phrases.tsv"))
def test_phrases_name_media(expected: str, phrase: str) -> None:
    found = medium(phrase, OUTLETS)
    assert (found.key if found else "-") == expected


# As a rung of the ladder


def ties(*reports: Report) -> list[tuple[str, str, str]]:
    found = independence(reports, outlets=OUTLETS)
    assert len(found.groups) == len(reports) - len(found.dependences)
    return [(one.article, one.on, one.reason) for one in found.dependences]


def test_a_report_counts_with_the_outlet_that_it_names_as_its_source() -> None:
    own, leaning = told("own_of_paper", outlet="mirror"), told("leans_on_paper")
    (found,) = independence((own, leaning), outlets=OUTLETS).dependences
    assert (found.article, found.on, found.reason) == ("leans_on_paper", "own_of_paper", "names_source")
    assert (found.detail, found.share) == (NAMES["mirror"], 1)
    assert found.span is not None
    assert found.quote == leaning.article.text[found.span.start : found.span.end]


def test_it_does_so_even_where_the_outlets_own_report_came_later() -> None:
    leaning, own = told("leans_on_paper"), told("own_of_paper", outlet="mirror")
    assert ties(leaning, own) == [("leans_on_paper", "own_of_paper", "names_source")]


def test_reports_that_lean_on_one_outlet_outside_the_story_are_one_source() -> None:
    names = ("leans_on_paper", "leans_on_paper_too", "headline_names_paper")
    assert ties(*map(told, names)) == [(name, names[0], "same_named_source") for name in names[1:]]


def test_a_report_that_only_mentions_the_outlet_stays_a_source() -> None:
    assert ties(told("own_of_paper", outlet="mirror"), told("mentions_paper")) == []


def test_a_report_that_leans_on_an_agency_counts_with_the_reports_that_credit_it() -> None:
    leaning = told("leans_on_agency")
    agency = medium(leaning.article.title.partition(":")[0], OUTLETS)
    assert agency is not None
    crediting = told("own_of_paper")
    crediting = replace(crediting, article=replace(crediting.article, agency=agency.name))
    assert ties(crediting, leaning) == [("leans_on_agency", "own_of_paper", "names_source")]


def test_a_statement_that_all_print_is_one_source() -> None:
    printed = [told("statement_all_print")]
    for number in range(3):
        article = replace(printed[0].article, id=f"{number}", outlet=OutletKey(f"paper {number}"))
        printed.append(replace(printed[0], article=article))
    assert {reason for _, _, reason in ties(*printed)} == {"copy"}
    assert len(independence(printed, outlets=OUTLETS).groups) == 1
