"""Files that several processes read: all parts together are the whole, each document once."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.unit.fetch.archives import http, packed, page, record

from tawatur.fetch import files
from tawatur.fetch.parts import WHOLE, Part
from tawatur.model import Outlets, RawDocument, Rejected

GIVEN = files.Given(collected=datetime(2026, 5, 1, tzinfo=UTC), outlets=Outlets())
MANY = 200
#: So much is read at a time, before it is known where a member ends.
AHEAD = 1 << 14


def records() -> list[bytes]:
    """Return records of different lengths, some of them without a page."""
    return [
        record(
            http(page(number, number % 50 + 20), status=404 if number % 9 == 0 else 200),
            url=f"https://one.example/{number}",
        )
        for number in range(MANY)
    ]


def warc_of_members(folder: Path, packing: str) -> Path:
    path = folder / f"a.warc{packing}"
    path.write_bytes(packed(records(), packing))
    return path


def damaged(folder: Path, packing: str) -> Path:
    path = warc_of_members(folder, packing)
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 7, len(content), len(content) // 7):
        content[at : at + 20] = b"\x55" * 20
    path.write_bytes(content)
    return path


def warc_of_one_member(folder: Path, packing: str) -> Path:
    path = folder / f"a.warc{packing}"
    path.write_bytes(packed([b"".join(records())], packing))
    return path


def plain_warc(folder: Path, _: str) -> Path:
    path = folder / "a.warc"
    path.write_bytes(b"".join(records()))
    return path


def lines(folder: Path, _: str) -> Path:
    path = folder / "a.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode({"text": f"line {n}"}) + b"\n" for n in range(MANY)) + b"\n{broken\n")
    return path


def table(folder: Path, group: str) -> Path:
    path = folder / "a.parquet"
    pq.write_table(pa.table({"text": [f"row {n}" for n in range(MANY)]}), path, row_group_size=int(group))
    return path


FILES: list[tuple[Callable[[Path, str], Path], str]] = [
    (warc_of_members, ".gz"),
    (warc_of_members, ".zst"),
    (damaged, ".gz"),
    (damaged, ".zst"),
    (warc_of_one_member, ".gz"),
    (plain_warc, ""),
    (lines, ""),
    (table, "10"),
    (table, "150"),
]


def read(path: Path, part: Part) -> tuple[Counter[tuple[str, bytes]], Counter[str], int]:
    """Return what a part gives, what it passes over, and how many bytes it read."""
    passed: Counter[str] = Counter()
    told: list[int] = []
    found = files.read(path, GIVEN, watch=told.append, passed=lambda reason: passed.update([reason]), part=part)
    documents = Counter(
        (one.origin, one.content if isinstance(one, RawDocument) else one.reason.encode()) for one in found
    )
    return documents, passed, sum(told)


@pytest.mark.parametrize("of", [2, 5, 16])
@pytest.mark.parametrize(("made", "packing"), FILES, ids=lambda one: getattr(one, "__name__", one))
def test_all_parts_together_are_the_whole(
    tmp_path: Path, made: Callable[[Path, str], Path], packing: str, of: int
) -> None:
    path = made(tmp_path, packing)
    whole, passed, _ = read(path, WHOLE)
    parts = [read(path, Part(number, of)) for number in range(of)]
    assert sum((documents for documents, _, _ in parts), Counter()) == whole
    assert sum((told for _, told, _ in parts), Counter()) == passed
    assert whole.total() > MANY / 2


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_a_part_of_a_packed_archive_reads_its_own_bytes_and_its_share_of_the_records(
    tmp_path: Path, packing: str
) -> None:
    path = warc_of_members(tmp_path, packing)
    parts = [read(path, Part(number, 4)) for number in range(4)]
    assert all(documents.total() > MANY / 8 for documents, _, _ in parts)
    assert all(count < path.stat().st_size / 4 + 2 * AHEAD for _, _, count in parts)


def test_a_part_of_a_damaged_or_empty_file_tells_it_once(tmp_path: Path) -> None:
    for name in ("a.warc.gz", "a.warc", "a.jsonl", "a.parquet", "a.txt"):
        (tmp_path / name).write_bytes(b"")
        found = [one for number in range(3) for one in files.read(tmp_path / name, GIVEN, part=Part(number, 3))]
        assert [type(one) for one in found] == [Rejected], name
