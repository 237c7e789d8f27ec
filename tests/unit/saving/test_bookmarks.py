"""Addresses from elsewhere: lists, browsers' bookmarks, tables of other services."""

from datetime import UTC, datetime

import pytest
from tests.unit.saving.shelf import TEXTS

from tawatur.saving.bookmarks import Bookmark, bookmarks

GIVEN = TEXTS["bookmarks"]
FIRST, SECOND = "https://sarw.example/n/1", "https://dalia.example/amber-bridge"
TITLE, TAGS = (
    TEXTS["bookmarks"]["table"].splitlines()[1].split(",")[0],
    tuple(GIVEN["table"].splitlines()[1].split(",")[3].split("|")),
)
AT = datetime(2026, 1, 1, tzinfo=UTC)


def test_each_line_with_an_address_is_one() -> None:
    first, second = bookmarks(GIVEN["list"])
    assert first == Bookmark(url=FIRST, title=TITLE)
    assert second.url == SECOND


def test_bookmarks_of_a_browser_are_read_and_scripts_are_none() -> None:
    (found,) = bookmarks(GIVEN["page"])
    assert (found.url, found.tags, found.at) == (FIRST, TAGS, AT)
    assert "&" in found.title


def test_a_table_of_another_service_is_read_by_the_names_of_its_columns() -> None:
    first, second = bookmarks(GIVEN["table"])
    assert first == Bookmark(url=FIRST, title=TITLE, tags=TAGS, at=AT, archived=True)
    assert second == Bookmark(url=SECOND)
    (renamed,) = bookmarks(
        "URL,Title,Selection,Folder,Timestamp\nhttps://a.example/b,T,S,Archive,2026-01-01T00:00:00Z\n"
    )
    assert renamed == Bookmark(url="https://a.example/b", title="T", note="S", at=AT, archived=True)


@pytest.mark.parametrize(
    "text", ["", "\x00", "{", "a,b\n1,2", '<a href="">', "url\n\x00", "https://", '"' * 99, "url,url\n,"]
)
def test_nothing_is_found_where_nothing_is(text: str) -> None:
    assert bookmarks(text) == ()


def test_times_that_are_none_are_left_out() -> None:
    for time in ("99999999999999999999", "yesterday", "-5", "2026-13-01"):
        (found,) = bookmarks(f"url,time_added\n{FIRST},{time}\n")
        assert found.at is None
    (found,) = bookmarks(f"url,time_added\n{FIRST},1767225600000\n")
    assert found.at == AT
