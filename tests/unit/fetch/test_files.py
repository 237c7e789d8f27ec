"""Files and folders to documents: what is given beside the bytes, and the order."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tawatur.fetch import files
from tawatur.model import Kind, Outlet, OutletKey, Outlets, RawDocument, Rejected

GIVEN = files.Given(
    collected=datetime(2026, 3, 9, tzinfo=UTC),
    outlets=Outlets((Outlet(key=OutletKey("known"), name="Known"),)),
    published=date(2026, 3, 8),
)


def test_folders_are_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/z.txt", ".git/x.txt", "a/.hidden", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found = [path for path in files.walk([str(tmp_path)]) if isinstance(path, Path)]
    assert [str(path.relative_to(tmp_path)) for path in found] == ["c.txt", "a/z.txt", "b/1.txt", "b/2.txt"]


def test_paths_come_in_the_order_given(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("x")
    given = [str(tmp_path / "b.txt"), str(tmp_path / "a.txt"), str(tmp_path / "no.txt")]
    assert list(files.walk(given)) == [
        tmp_path / "b.txt",
        tmp_path / "a.txt",
        Rejected(origin=str(tmp_path / "no.txt"), reason="path_not_found"),
    ]


@pytest.mark.parametrize(("folder", "outlet"), [("known", "known"), ("other", None)])
def test_a_file_is_one_document_with_what_is_known_beside_it(folder: str, outlet: str | None, tmp_path: Path) -> None:
    path = tmp_path / folder / "page.txt"
    path.parent.mkdir()
    path.write_bytes(b"some words")
    assert list(files.read(path, GIVEN)) == [
        RawDocument(
            content=b"some words",
            origin=str(path),
            kind=Kind.TEXT,
            collected=GIVEN.collected,
            published=GIVEN.published,
            outlet=OutletKey(outlet) if outlet else None,
        )
    ]


def test_each_line_of_a_container_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n\n   \n{"b": 2}')
    found = list(files.read(path, GIVEN))
    assert [(one.origin, one.content) for one in found if isinstance(one, RawDocument)] == [
        (f"{path}#1", b'{"a": 1}'),
        (f"{path}#4", b'{"b": 2}'),
    ]
    assert {one.kind for one in found if isinstance(one, RawDocument)} == {Kind.JSONL}


def test_json_lines_are_known_by_their_content_too(tmp_path: Path) -> None:
    path = tmp_path / "articles.json"
    path.write_bytes(b'{"id": "a"}\n{"id": "b"}\n')
    assert [one.origin for one in files.read(path, GIVEN)] == [f"{path}#1", f"{path}#2"]


ARTICLE = '{\n  "id": "a",\n  "text": "words"\n}'


@pytest.mark.parametrize(
    ("text", "count"),
    [(ARTICLE, 1), (f"{ARTICLE}\n{ARTICLE}", 2), (f"[{ARTICLE}, {ARTICLE}]", 2), ('[{"id": "a", "text": "words"}]', 1)],
)
def test_json_that_is_no_lines_is_read_value_by_value(text: str, count: int, tmp_path: Path) -> None:
    path = tmp_path / "articles.json"
    path.write_text(text)
    found = [one for one in files.read(path, GIVEN) if isinstance(one, RawDocument)]
    assert [one.origin for one in found] == [f"{path}#item={number}" for number in range(1, count + 1)]
    assert {json.dumps(json.loads(one.content)) for one in found} == {'{"id": "a", "text": "words"}'}
    assert not any(b"\n" in one.content for one in found)


def test_json_without_any_value_that_may_be_an_article_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "numbers.json"
    path.write_text("[1,\n2]")
    assert list(files.read(path, GIVEN)) == [Rejected(origin=str(path), reason="bad_json")]


def test_a_container_without_lines_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n \n")
    assert list(files.read(path, GIVEN)) == [Rejected(origin=str(path), reason="empty")]


def test_a_file_that_goes_away_is_unreadable(tmp_path: Path) -> None:
    (rejected,) = files.read(tmp_path / "gone.txt", GIVEN)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "unreadable"
    assert rejected.detail


def test_a_document_beyond_the_limit_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_DOCUMENT", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"more than ten bytes")
    assert list(files.read(path, GIVEN)) == [Rejected(origin=str(path), reason="too_large")]


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text("x")
    (tmp_path / "a").chmod(0)
    if os.access(tmp_path / "a", os.R_OK):  # Whoever runs as root may read it all the same.
        pytest.skip("permissions do not bind this user")
    found = list(files.walk([str(tmp_path)]))
    (tmp_path / "a").chmod(0o700)
    assert [one.reason if isinstance(one, Rejected) else one.name for one in found] == ["unreadable", "1.txt"]


def test_links_that_lead_in_a_circle_or_nowhere_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "a" / "1.txt").write_text("x")
    assert list(files.walk([str(tmp_path)])) == [tmp_path / "a" / "1.txt"]


def test_a_walk_begins_before_the_whole_tree_is_known(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "1.txt").write_text("x")
    walk = files.walk([str(tmp_path)])
    assert next(walk) == tmp_path / "0" / "1.txt"
    (tmp_path / "2" / "2.txt").write_text("x")
    assert list(walk)[-1] == tmp_path / "2" / "2.txt"
