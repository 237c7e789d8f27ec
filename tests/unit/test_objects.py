"""Files and folders in object stores, in a real one on this machine."""

import io
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.objects import checked, new_client, person

from tawatur.errors import PlaceUnusable
from tawatur.objects import (
    BLOCK,
    PAUSE,
    ObjectPath,
    Ranged,
    is_object,
    is_store,
    place,
    ranged,
    remove,
    seekable,
    whole,
)

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def folder(objects: dict[str, str], request: pytest.FixtureRequest) -> ObjectPath:
    return ObjectPath(f"s3://news/{request.node.name}")


def test_addresses_are_told_from_paths() -> None:
    assert [is_object(one) for one in ("s3://a/b", "gs://a", "memory://a")] == [True] * 3
    assert [is_object(one) for one in ("a/b", "/a", "https://a/b", "s3://", "C:\\a", "a://b/c://d")][:5] == [False] * 5
    assert [is_store(one) for one in ("s3://a/b", "gs://a")] == [True] * 2
    assert [is_store(one) for one in ("ftp://a/b", "https://a/b", "a")] == [False] * 3
    assert (place("s3://a/b/"), place("a/b")) == (ObjectPath("s3://a/b"), Path("a/b"))


def test_an_address_has_the_parts_of_a_path() -> None:
    one = ObjectPath("s3://news/2018/05/page.html.gz")
    assert (one.name, one.suffix, one.parent.name, one.parts[0]) == ("page.html.gz", ".gz", "05", "news")
    assert one.with_name("page.url") == ObjectPath("s3://news/2018/05/page.url") == one.parent / "page.url"
    assert one.is_relative_to("s3://news/2018/")
    assert not one.is_relative_to("s3://news/20")


def test_what_is_written_is_there_whole_and_read_from_anywhere(folder: ObjectPath) -> None:
    where = folder / "one.bin"
    assert (where.exists(), folder.is_dir()) == (False, False)
    with whole(where) as part:
        part.write_bytes(CONTENT[:10])
        assert not where.exists()
        part.write_bytes(CONTENT)
    assert (where.is_file(), folder.is_dir(), where.stat().st_size) == (True, True, len(CONTENT))
    for buffering in (0, 16, 1 << 20):
        with where.open("rb", buffering) as file:
            assert (file.seek(300), file.read(4)) == (300, CONTENT[300:304])
            assert (file.seek(-2, io.SEEK_END), file.read()) == (len(CONTENT) - 2, CONTENT[-2:])
            assert file.read(1) == b""


def test_a_writer_that_fails_leaves_nothing(folder: ObjectPath) -> None:
    def fail() -> None:
        with whole(folder / "one.bin") as part:
            part.write_bytes(CONTENT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not (folder / "one.bin").exists()


def test_another_object_under_the_same_name_is_noticed(folder: ObjectPath) -> None:
    where = folder / "one.txt"
    where.write_bytes(b"one")
    before = where.stat()
    where.write_bytes(b"two")
    assert (where.stat().st_size, where.stat() == before) == (before.st_size, False)


def test_folders_are_listed_in_order_and_removed_whole(folder: ObjectPath) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt"):
        (folder / name).write_bytes(b"text")
    assert [str(one).removeprefix(f"{folder}/") for one in folder.files()] == ["a.txt", "b/1.txt", "b/2.txt"]
    (folder / "a.txt").unlink()
    (folder / "a.txt").unlink(missing_ok=True)
    remove(folder / "b")
    assert not folder.exists()
    remove(folder)


def test_tables_are_read_where_they_stand(folder: ObjectPath) -> None:
    with whole(folder / "t.parquet") as part:
        pq.write_table(pa.table({"n": list(range(1000))}), part)
    assert pq.read_table(seekable(folder / "t.parquet"))["n"].to_pylist() == list(range(1000))


@pytest.mark.parametrize(("address", "reason"), [("s3://no-such-bucket/a", "bucket"), ("nosuch://bucket/a", "plugin")])
def test_an_address_that_cannot_be_used_says_why(objects: dict[str, str], address: str, reason: str) -> None:
    for step in (lambda one: list(one.files()), lambda one: one.write_bytes(b"text")):
        with pytest.raises(PlaceUnusable) as raised:
            step(ObjectPath(address))
        assert (raised.value.reason, raised.value.key) == (reason, f"error.place.{reason}")
        assert raised.value.subject.startswith(address.split("/")[0])


Step = Callable[[ObjectPath], object]
STEPS: tuple[Step, ...] = (
    ObjectPath.is_file,
    ObjectPath.exists,
    ObjectPath.stat,
    ObjectPath.read_bytes,
    lambda one: list(one.files()),
    lambda one: one.write_bytes(b"other"),
)


def reasons(where: ObjectPath) -> list[str]:
    """Return why each step fails, "" where it does not."""
    return [reason(step, where) for step in STEPS]


def reason(step: Step, where: ObjectPath) -> str:
    try:
        step(where)
    except PlaceUnusable as error:
        return error.reason
    return ""


@pytest.mark.parametrize(
    ("who", "actions", "expected"),
    [
        ("stranger", (), ["credentials"] * 6),
        ("forger", (), ["credentials"] * 6),
        ("guest", (), ["denied"] * 6),
        ("reader", ("s3:ListBucket", "s3:GetObject"), ["", "", "", "", "", "denied"]),
    ],
)
def test_who_may_not_is_told_so_and_leaves_all_as_it_was(
    folder: ObjectPath, who: str, actions: Sequence[str], expected: list[str]
) -> None:
    where = folder / "one.txt"
    where.write_bytes(b"one")
    known = person(who, actions)
    unknown = {"stranger": {"AWS_ACCESS_KEY_ID": "nobody"}, "forger": {"AWS_SECRET_ACCESS_KEY": "guessed"}}
    with checked(known | unknown.get(who, {})):
        assert reasons(where) == expected
    assert where.read_bytes() == b"one"


def test_a_store_that_never_answered_is_told_soon(objects: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed.getsockname()[1]}")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        begun = time.monotonic()
        with new_client():
            assert reasons(ObjectPath("s3://news/a")) == ["unreachable"] * 6
        assert time.monotonic() - begun < PAUSE * len(STEPS)


def test_what_is_missing_is_missing(folder: ObjectPath) -> None:
    for step in (ObjectPath.read_bytes, ObjectPath.open, ObjectPath.stat):
        with pytest.raises(FileNotFoundError):
            step(folder / "none")


def test_a_range_is_fetched_once_and_not_beyond_the_end() -> None:
    asked: list[tuple[int, int]] = []

    def fetch(start: int, end: int) -> bytes:
        asked.append((start, end))
        return CONTENT[start:end]

    with ranged(fetch, len(CONTENT), 1000) as file:
        assert b"".join(iter(lambda: file.read(100), b"")) == CONTENT
    assert asked == [(at, min(at + 1000, len(CONTENT))) for at in range(0, len(CONTENT), 1000)]
    assert Ranged(fetch, 0).read(10) == b""


def test_the_rest_of_a_file_is_fetched_by_blocks() -> None:
    asked: list[tuple[int, int]] = []
    size = 2 * BLOCK + 9

    def fetch(start: int, end: int) -> bytes:
        asked.append((start, end))
        return bytes(end - start)

    with ranged(fetch, size, 1000) as file:
        assert len(file.read(10) + file.read()) == size
    assert asked == [(0, 1000), (1000, 1000 + BLOCK), (1000 + BLOCK, size)]
    shorter = Ranged(lambda start, end: b"" if start else b"ab", 9)
    assert shorter.readall() == b"ab"
