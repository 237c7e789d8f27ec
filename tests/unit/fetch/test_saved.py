"""What is known of a saved page from what stands beside it, in it and around it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tawatur.fetch import files, saved
from tawatur.model import Outlets, RawDocument

GIVEN = files.Given(collected=datetime(2026, 6, 1, tzinfo=UTC), outlets=Outlets(()))
PAGE = b"<!doctype html><html><body><p>words</p></body></html>"


def one(path: Path, content: bytes = PAGE) -> RawDocument:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    (found,) = files.read(path, GIVEN)
    assert isinstance(found, RawDocument)
    return found


@pytest.mark.parametrize("name", ["a.url", "a.html.url", "a.json", "a.html.json", "a.meta"])
def test_a_file_beside_a_page_gives_its_address(name: str, tmp_path: Path) -> None:
    link = "https://one.example/a"
    content = f"[InternetShortcut]\r\nURL={link}\r\n" if name.endswith(".url") else f'{{"link": "{link}"}}'
    (tmp_path / name).write_text(content)
    assert one(tmp_path / "a.html").url == link


def test_an_address_alone_is_enough(tmp_path: Path) -> None:
    (tmp_path / "a.url").write_text("\ufeffhttps://one.example/a\n", encoding="utf-8")
    assert one(tmp_path / "a.htm").url == "https://one.example/a"


def test_headers_give_charset_and_time(tmp_path: Path) -> None:
    (tmp_path / "a.headers").write_text(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1256\r\nDate: Mon, 09 Mar 2026 10:00:00 GMT\r\n"
    )
    found = one(tmp_path / "a.html")
    assert (found.charset, found.collected) == ("windows-1256", datetime(2026, 3, 9, 10, tzinfo=UTC))


def test_fields_give_times_where_nothing_else_does(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"crawled_at": "2026-03-09T10:00:00Z", "date": "2026-03-08", "other": [1]}')
    found = one(tmp_path / "a.html")
    assert (found.collected, found.published) == (datetime(2026, 3, 9, 10, tzinfo=UTC), date(2026, 3, 8))


@pytest.mark.parametrize("content", [b"", b"no json", b"[1]", b'{"url": 5}', b'{"url": "no address"}', b"\xff\xfe"])
def test_a_file_beside_a_page_that_says_nothing_is_nothing(content: bytes, tmp_path: Path) -> None:
    for name in ("a.json", "a.url", "a.headers"):
        (tmp_path / name).write_bytes(content)
    found = one(tmp_path / "a.html")
    assert (found.url, found.charset, found.collected) == (None, None, GIVEN.collected)


@pytest.mark.parametrize(
    ("note", "url"),
    [
        (b"<!-- saved from url=(0021)https://one.example/a -->", "https://one.example/a"),
        (
            b"<!--\n Page saved with SingleFile \n url: https://one.example/b \n saved date: x\n-->",
            "https://one.example/b",
        ),
        (b"<!-- Mirrored from one.example/c.html by HTTrack Website Copier/3.x -->", "https://one.example/c.html"),
        (b"<!-- saved from url=(0003)abc -->", None),
    ],
)
def test_programs_note_the_address_in_the_page(note: bytes, url: str | None, tmp_path: Path) -> None:
    assert one(tmp_path / "a.html", note + PAGE).url == url


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("www.one.test/news/1.html", "https://www.one.test/news/1.html"),
        ("WWW.One.com/news/index.html", "https://www.one.com/news"),
        ("one.com/index.html", "https://one.com/"),
        ("my.org/mirror/two.com/1.html", "https://two.com/1.html"),
        ("pages.v2/1.html", None),
        ("news/1.html", None),
    ],
)
def test_the_folders_of_a_mirror_spell_the_address(path: str, url: str | None, tmp_path: Path) -> None:
    assert one(tmp_path / path).url == url


def test_what_stands_beside_a_page_counts_before_what_it_notes_and_that_before_folders(tmp_path: Path) -> None:
    path = tmp_path / "one.com" / "a.html"
    note = b"<!-- saved from url=(0021)https://two.example/a -->"
    assert one(path, note + PAGE).url == "https://two.example/a"
    path.with_suffix(".url").write_text("https://three.example/a")
    assert one(path, note + PAGE).url == "https://three.example/a"


def test_files_that_tell_of_a_page_are_no_documents_of_their_own(tmp_path: Path) -> None:
    for name in ("a.html", "a.json", "a.html.headers", "b.json", "c.url", "d.html.gz", "d.json"):
        (tmp_path / name).write_bytes(PAGE)
    found = [path.name for path in files.walk([str(tmp_path)]) if isinstance(path, Path)]
    assert found == ["a.html", "b.json", "c.url", "d.html.gz"]
    assert not saved.is_beside("a.html", {"a.html"})
