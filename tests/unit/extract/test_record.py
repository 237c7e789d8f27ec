"""The line of ``tawatur extract``."""

from datetime import UTC, datetime, timedelta, timezone

from tawatur.extract.record import record, stamp
from tawatur.model import Article, ArticleId, Block, BlockKind, OutletKey, Published, Removed

AT = datetime(2026, 4, 15, 0, 30, tzinfo=timezone(timedelta(hours=3)))
ARTICLE = Article(
    id=ArticleId("1"),
    outlet=OutletKey("o"),
    origin="/a/b.html",
    collected=datetime(2026, 4, 16, tzinfo=UTC),
    url="https://o.example/1",
    title="t",
    subtitle="s",
    authors=("a",),
    published=Published(at=AT),
    blocks=(
        Block(BlockKind.CAPTION, "c"),
        Block(BlockKind.PARAGRAPH, "p1"),
        Block(BlockKind.HEADING, "h"),
        Block(BlockKind.RELATED, "r", url="https://o.example/2"),
        Block(BlockKind.UPDATE, "u", clock="10:00"),
        Block(BlockKind.PARAGRAPH, "p2"),
        Block(BlockKind.SOURCE_LINE, "x"),
    ),
    removed=(Removed("z", "share_bar"),),
)


def test_a_record_has_the_fixed_form() -> None:
    assert record(ARTICLE, "b.html") == {
        "file": "b.html",
        "title": "t",
        "subtitle": "s",
        "published": "2026-04-15T00:30:00+03:00",
        "authors": ["a"],
        "paragraphs": ["p1", "h"],
        "updates": [{"time": "10:00", "paragraphs": ["p2"]}],
        "captions": ["c"],
        "related": [{"title": "r", "url": "https://o.example/2"}],
        "source_line": "x",
        "removed": [{"text": "z", "reason": "share_bar"}],
        "url": "https://o.example/1",
    }


def test_a_day_without_a_clock_is_a_bare_date_and_no_day_is_none() -> None:
    assert stamp(Published(at=AT, day_only=True)) == "2026-04-15"
    assert stamp(Published()) is None
