"""Page rules of an outlet: they help where they find something, and never hurt."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.extract.extracting import LATEST, document, text_of

from tawatur.extract import extract
from tawatur.model import Article, Kind, Outlet, OutletKey, Outlets, PageRule

PAGE = text_of("rules.html")
OUTLET = Outlet(key=OutletKey("rules"), name="-", hosts=("rules.example",))


def read(*rules: PageRule, latest: date = LATEST) -> Article:
    outlets = Outlets((replace(OUTLET, rules=rules),))
    found = extract(document(PAGE.encode(), Kind.HTML), outlets=outlets, latest=latest)
    (article,) = found.articles
    return article


def test_without_a_rule_the_odd_page_is_misread() -> None:
    assert len(read().paragraphs) == 4


def test_a_rule_gives_body_and_title_and_takes_out_what_is_no_article() -> None:
    rule = PageRule(body="//div[@id='b']", title="//div[@id='t']", remove=("//div[@id='b']/div[@class='z']",))
    found = read(rule)
    assert f"<div id='t'>{found.title}</div>" in PAGE
    assert len(found.paragraphs) == 2
    assert [one.reason for one in found.removed] == ["page_rule"]
    assert f"<div class='z'>{found.removed[0].text}</div>" in PAGE


@pytest.mark.parametrize(
    "rule",
    [
        PageRule(body="//main[@id='gone']", title="//h1[@id='gone']", remove=("//aside[@id='gone']",)),
        PageRule(body="//div[", title="!!", remove=("//x:y",)),
        PageRule(body="count(//p)", title="string(//h1)", remove=("//p/text()",)),
        PageRule(body="//div[@id='b']", path="/video/"),
        PageRule(body="//div[@id='b']", valid_until=date(2026, 5, 31)),
        PageRule(body="//div[@id='empty']"),
    ],
)
def test_a_rule_that_finds_nothing_or_is_not_for_the_page_counts_for_nothing(rule: PageRule) -> None:
    assert read(rule).paragraphs == read().paragraphs


def test_a_rule_holds_up_to_its_day_and_on_its_path() -> None:
    rule = PageRule(body="//div[@id='b']", path="/news/", valid_until=LATEST)
    assert len(read(rule).paragraphs) == 3
    assert read(rule, latest=date(2026, 6, 2)).paragraphs == read().paragraphs


def test_of_two_rules_the_first_that_finds_something_counts() -> None:
    gone, there = PageRule(body="//main"), PageRule(body="//div[@id='b']")
    assert read(gone, there).paragraphs == read(there).paragraphs
