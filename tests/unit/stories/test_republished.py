"""Copies: what was cut, added and put into other words, and who had it first."""

import tomllib
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.stories.building import DATA, START, article, report, rows, stated

from tawatur.model import (
    Article,
    Block,
    BlockKind,
    Certainty,
    Copy,
    Outlet,
    OutletKey,
    OutletKind,
    Outlets,
    Passage,
    Published,
    StoryId,
)
from tawatur.stories.compose import compose
from tawatur.stories.copies import copied, is_copy
from tawatur.stories.precedence import first_of
from tawatur.stories.republished import republished
from tawatur.stories.runs import runs
from tawatur.stories.telling import tell

TEXTS = {name: one["text"].strip() for name, one in tomllib.loads((DATA / "copies.toml").read_text("utf-8")).items()}
AGENCY, AGENCY_NAME = rows("agencies.tsv")[0][:2]
OUTLETS = Outlets(known=(Outlet(key=OutletKey(AGENCY), name=AGENCY_NAME, kind=OutletKind.AGENCY),))
DAY = Published(at=START.replace(hour=0), certainty=Certainty.STATED, day_only=True)


def told(name: str, *, published: Published | None = None, outlet: str = "", agency: str = "") -> Article:
    base = article("toll", id=name, outlet=outlet, published=published, agency=agency)
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in TEXTS[name].split("\n"))
    return replace(base, title="", blocks=blocks)


def copies(*articles: Article) -> tuple[Copy, ...]:
    story = compose(StoryId("s"), [report(one) for one in articles], outlets=OUTLETS)
    found = republished(story, outlets=OUTLETS)
    assert tell(story, outlets=OUTLETS).copies == found
    return found


def words_of(passages: tuple[Passage, ...], text: str) -> list[tuple[str, str]]:
    return [(passage.unit, text[passage.span.start : passage.span.end]) for passage in passages]


def test_a_cut_copy_says_which_paragraphs_it_left_out_and_which_sentence_it_added() -> None:
    (copy,) = copies(told("original", published=stated(0)), told("cut", published=stated(1)))
    lines, added = TEXTS["original"].split("\n"), TEXTS["cut"].split("\n")[1]
    assert (copy.article, copy.original, copy.basis) == ("cut", "original", "time")
    assert words_of(copy.cut, TEXTS["original"]) == [
        ("sentence", lines[1].partition(". ")[2]),
        ("paragraph", lines[2]),
        ("paragraph", lines[3]),
    ]
    assert words_of(copy.added, TEXTS["cut"]) == [("sentence", added.partition(". ")[2])]
    assert not copy.new_opening
    assert 0.6 < copy.taken < 0.9
    assert copy.shared == copy.taken > copy.kept


def test_a_new_opening_is_told() -> None:
    (copy,) = copies(told("original", published=stated(0)), told("new_opening", published=stated(1)))
    assert words_of(copy.added, TEXTS["new_opening"]) == [("paragraph", TEXTS["new_opening"].split("\n")[0])]
    assert copy.new_opening


def test_other_words_are_no_new_sentence_and_another_order_is_no_change() -> None:
    (copy,) = copies(told("original", published=stated(0)), told("reworded", published=stated(1)))
    assert copy.reworded == 1
    assert copy.added == ()


def test_another_spelling_is_no_change() -> None:
    (copy,) = copies(told("original", published=stated(0)), told("other_spelling", published=stated(1)))
    assert (copy.taken, copy.added, copy.reworded) == (1, (), 0)


def test_the_same_words_with_other_figures_are_no_copy() -> None:
    assert is_copy(TEXTS["market_monday"], TEXTS["market_tuesday"])
    assert copied(runs(TEXTS["market_monday"]), runs(TEXTS["market_tuesday"])) == 0
    assert copies(told("market_monday"), told("market_tuesday")) == ()


# Who had it first


def test_the_later_of_two_times_is_the_copy_though_it_is_longer() -> None:
    (copy,) = copies(told("cut", published=stated(0)), told("original", published=stated(2)))
    assert (copy.article, copy.original, copy.basis) == ("original", "cut", "time")


def test_within_one_day_the_longer_text_is_the_original() -> None:
    (copy,) = copies(told("cut", published=stated(1)), told("original", published=DAY))
    assert (copy.article, copy.original, copy.basis) == ("cut", "original", "length")


def test_an_agencys_own_text_is_the_original_though_it_came_later() -> None:
    taken = told("cut", published=stated(0), agency=AGENCY_NAME)
    (copy,) = copies(taken, told("original", published=stated(5), outlet=AGENCY))
    assert (copy.article, copy.original, copy.basis, copy.agency) == ("cut", "original", "credit", "")


def test_two_prints_of_one_agency_name_the_agency() -> None:
    one, other = told("original", published=stated(0), agency="X"), told("cut", published=stated(1), agency="X")
    (copy,) = copies(one, other)
    assert copy.agency == "X"


def test_a_report_has_one_original_the_one_it_shares_most_with() -> None:
    three = [told(name, published=stated(hour)) for hour, name in enumerate(("original", "new_opening", "cut"))]
    assert [(one.article, one.original) for one in copies(*three)] == [
        ("new_opening", "original"),
        ("cut", "original"),
    ]


@pytest.mark.parametrize(
    ("times", "certainty", "others"),
    [
        ((stated(1), stated(0)), Certainty.STATED, ()),
        ((DAY, stated(3)), Certainty.UNKNOWN, ("cut",)),
        ((DAY, stated(30)), Certainty.STATED, ()),
        ((Published(), stated(3)), Certainty.UNKNOWN, ("cut",)),
        ((replace(stated(0), certainty=Certainty.INFERRED), stated(3)), Certainty.INFERRED, ()),
    ],
)
def test_the_first_to_publish_with_how_sure_that_is(
    times: tuple[Published, Published], certainty: Certainty, others: tuple[str, ...]
) -> None:
    one, other = told("original", published=times[0]), told("cut", published=times[1])
    found = first_of((one, other))
    assert (found.certainty, found.others) == (certainty, others)
    assert found.article == (
        "cut" if times[1].at and times[0].at and times[1].at + timedelta() < times[0].at else "original"
    )


def test_each_source_has_its_first() -> None:
    reports = [told("original", published=stated(0)), told("cut", published=stated(1)), article("quake")]
    story = compose(StoryId("s"), [report(one) for one in reports], outlets=OUTLETS)
    telling = tell(story, outlets=OUTLETS)
    assert [one.article for one in telling.firsts] == [source[0] for source in story.sources]
    assert telling.first is not None
    assert telling.first.article in ("original", "quake")
