"""Reports and their updates stand at their times, and a story's reports stand in the order in which they appeared."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Block,
    BlockKind,
    OutletKey,
    Outlets,
    Published,
    Report,
    StoryId,
    Why,
)
from tawatur.stories.compose import compose
from tawatur.stories.timeline import timeline

TEXTS = json.loads((Path(__file__).parent / "data" / "timeline.json").read_text(encoding="utf-8"))
MORNING = datetime(2026, 3, 9, 8, tzinfo=UTC)


def article(key: str, text: str, published: Published, *more: Block) -> Article:
    blocks = (Block(BlockKind.PARAGRAPH, TEXTS[text]), *more)
    return Article(
        id=ArticleId(key), outlet=OutletKey(key), origin=key, collected=MORNING, published=published, blocks=blocks
    )


def at(time: datetime) -> Published:
    return Published(at=time)


def day(time: datetime) -> Published:
    return Published(at=time.replace(hour=0), day_only=True)


def test_a_report_of_which_only_the_day_is_known_stands_before_those_of_that_day_with_a_time() -> None:
    entries = timeline([article("b", "copy", day(MORNING)), article("a", "agency", at(MORNING))])
    assert [entry.article for entry in entries] == ["b", "a"]


def test_other_sentences_and_updates_stay_in_the_order_of_time() -> None:
    later = MORNING + timedelta(hours=3)
    update = (
        Block(BlockKind.UPDATE, "11:00", at=later, clock="11:00"),
        Block(BlockKind.PARAGRAPH, TEXTS["update"]),
    )
    entries = timeline([article("b", "other", at(MORNING), *update), article("a", "agency", at(MORNING))])
    assert [(entry.article, entry.at) for entry in entries] == [("a", MORNING), ("b", MORNING), ("b", later)]


def test_reports_without_a_day_give_no_entry() -> None:
    assert timeline([article("a", "agency", Published())]) == ()


def test_reports_stand_in_the_order_of_time_across_zones_and_day_only_ones_last() -> None:
    east = MORNING.astimezone(timezone(timedelta(hours=3)))
    articles = [
        article("day", "copy", day(MORNING)),
        article("late", "other", at(MORNING + timedelta(hours=1))),
        article("early", "agency", at(east)),
    ]
    reports = [
        Report(article=one, analysis=Analysis(article=one.id, version=""), why=Why(key="first")) for one in articles
    ]
    story = compose(StoryId("s"), reports, outlets=Outlets())
    assert [report.article.id for report in story.reports] == ["early", "late", "day"]
