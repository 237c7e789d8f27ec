"""Statements, people and names merged over the outlets of a story."""

from dataclasses import replace

from tests.unit.web.shelf import filled

from tawatur.model import Outlets, Person, Report
from tawatur.web.view.said import figures, organizations, places, speakers
from tawatur.web.view.ways import Ways
from tawatur.web.words import words

SHELF = filled()
OUTLETS = Outlets(SHELF.outlets())
REPORTS = SHELF.reports("story-bridge")
WORDS = words("ar")


def outlets_of(view: object) -> list[str]:
    return [outlet.key for outlet in view.outlets]


def naming(report: Report, *found: Person) -> Report:
    return replace(report, analysis=replace(report.analysis, people=found))


def test_the_same_words_in_two_outlets_are_one_quotation_without_its_marks() -> None:
    speaker = speakers(REPORTS, outlets=OUTLETS, words=WORDS)[0]
    statement = REPORTS[0].analysis.statements[0]
    (quote,) = speaker.quotes
    assert speaker.name == statement.speaker
    assert quote.text == statement.text
    assert outlets_of(quote) == ["sarw", "dalia"]


def test_the_longest_chain_is_kept() -> None:
    (quote,) = speakers(REPORTS, outlets=OUTLETS, words=WORDS)[0].quotes
    assert quote.via == REPORTS[1].analysis.statements[0].via


def test_what_is_reported_in_other_words_stands_apart() -> None:
    second = speakers(REPORTS, outlets=OUTLETS, words=WORDS)[1]
    assert second.quotes == ()
    assert [outlets_of(quote) for quote in second.indirect] == [["ghadir"]]


def test_places_and_figures_name_their_outlets() -> None:
    (river,) = places(REPORTS, outlets=OUTLETS, words=WORDS, ways=Ways())
    assert outlets_of(river) == ["sarw", "dalia"]
    (cost,) = figures(REPORTS, outlets=OUTLETS, words=WORDS)
    assert cost.text == REPORTS[0].analysis.figures[0].text
    assert organizations(REPORTS, outlets=OUTLETS, words=WORDS, ways=Ways()) == ()


def test_ages_and_durations_are_no_figures_of_a_story() -> None:
    analysis = REPORTS[0].analysis
    aside = tuple(replace(analysis.figures[0], category=category) for category in ("age", "duration"))
    report = replace(REPORTS[0], analysis=replace(analysis, figures=aside))
    assert figures([report], outlets=OUTLETS, words=WORDS) == ()
