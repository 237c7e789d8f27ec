"""Parquet tables: the columns that are known, the values that tables hold, and damage."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tawatur.fetch import parquet
from tawatur.model import Kind, RawDocument, Rejected

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PAGE = b"<!doctype html><html><body><p>words</p></body></html>"
AT = datetime(2026, 3, 9, 10, 0)


def read(path: Path, published: date | None = None) -> list[RawDocument | Rejected]:
    return list(parquet.read(path, NOW, published, watch=lambda _: None))


def written(folder: Path, columns: dict[str, Any], **options: Any) -> Path:
    path = folder / "a.parquet"
    pq.write_table(pa.table(columns), path, **options)
    return path


def records(folder: Path, columns: dict[str, Any]) -> list[dict[str, Any]]:
    found = [one for one in read(written(folder, columns)) if isinstance(one, RawDocument)]
    assert {one.kind for one in found} == {Kind.JSONL}
    return [json.loads(one.content) for one in found]


def test_a_row_is_an_article_and_says_which_row_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": ["a", "b"], "title": ["x", "y"], "text": ["one", "two"], "other": [1, 2]})
    found = [one for one in read(path, date(2026, 3, 9)) if isinstance(one, RawDocument)]
    assert [one.origin for one in found] == [f"{path}#row=1", f"{path}#row=2"]
    assert json.loads(found[1].content) == {"id": "b", "title": "y", "text": "two"}
    assert (found[0].collected, found[0].published) == (NOW, date(2026, 3, 9))


def test_the_names_of_others_are_known(tmp_path: Path) -> None:
    columns = {"Headline": ["x"], "maintext": ["one"], "source_domain": ["one.example"], "date_publish": ["2026-03-09"]}
    assert records(tmp_path, columns) == [
        {"source": "one.example", "published": "2026-03-09", "title": "x", "text": "one"}
    ]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([AT], pa.timestamp("ns")), "2026-03-09T10:00:00+00:00"),
        (pa.array([AT], pa.timestamp("s", "UTC")), "2026-03-09T10:00:00+00:00"),
        (pa.array([AT], pa.timestamp("us", "+03:00")), "2026-03-09T13:00:00+03:00"),
        (pa.array([AT.date()]), "2026-03-09"),
        (pa.array([1773050400]), "2026-03-09T10:00:00+00:00"),
        (pa.array([1773050400000]), "2026-03-09T10:00:00+00:00"),
        (pa.array([1773050400.0]), "2026-03-09T10:00:00+00:00"),
        (pa.array([AT.isoformat()]).dictionary_encode(), "2026-03-09T10:00:00"),
        (pa.array([None], pa.timestamp("us")), None),
        (pa.array([float("nan")]), None),
    ],
)
def test_times_of_every_kind(column: Any, expected: str | None, tmp_path: Path) -> None:
    (found,) = records(tmp_path, {"text": ["x"], "published": column})
    assert found.get("published") == expected


def test_lists_structures_and_nulls(tmp_path: Path) -> None:
    columns = {
        "text": ["x", "y"],
        "authors": [["a b", "c d"], None],
        "source": [{"id": 1, "name": "One"}, None],
        "id": [7, 8],
    }
    first, second = records(tmp_path, columns)
    assert first == {"id": "7", "source": "One", "author": "a b, c d", "text": "x"}
    assert second == {"id": "8", "text": "y"}


@pytest.mark.parametrize(
    "columns", [{"html": [PAGE]}, {"content": [PAGE]}, {"html": [PAGE.decode()]}, {"content": [PAGE.decode()]}]
)
def test_a_column_of_pages_gives_pages(columns: dict[str, Any], tmp_path: Path) -> None:
    more = {"url": ["https://one.example/a"], "crawl_date": [datetime(2026, 3, 9, tzinfo=UTC)], "date": ["2026-03-08"]}
    (found,) = read(written(tmp_path, columns | more))
    assert isinstance(found, RawDocument)
    assert (found.content, found.kind, found.url) == (PAGE, Kind.HTML, "https://one.example/a")
    assert (found.collected, found.published) == (datetime(2026, 3, 9, tzinfo=UTC), date(2026, 3, 8))


def test_a_table_without_articles_names_its_columns(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, {"price": [1], "city": ["x"]}))
    assert isinstance(found, Rejected)
    assert (found.reason, found.detail) == ("no_article_columns", "price, city")


def test_a_table_without_rows_is_empty(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, {"text": pa.array([], pa.string())}))
    assert isinstance(found, Rejected)
    assert found.reason == "empty"


def test_a_damaged_group_of_rows_costs_itself(tmp_path: Path) -> None:
    texts = [f"words {number} " * 40 for number in range(90)]
    path = written(
        tmp_path, {"text": texts}, row_group_size=30, compression="none", use_dictionary=False, write_page_checksum=True
    )
    content = bytearray(path.read_bytes())
    content[content.index(b"words 40 ")] ^= 1
    path.write_bytes(content)
    found = read(path)
    assert [(one.reason, one.origin) for one in found if isinstance(one, Rejected)] == [
        ("broken_parquet", f"{path}#row=31")
    ]
    rows = [int(one.origin.partition("=")[2]) for one in found if isinstance(one, RawDocument)]
    assert rows == [*range(1, 31), *range(61, 91)]


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_table_that_is_cut_off_is_told_once(cut: float, tmp_path: Path) -> None:
    path = written(tmp_path, {"text": ["words"] * 50})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
    (found,) = read(path)
    assert isinstance(found, Rejected)
    assert found.reason == "broken_parquet"


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"words")
    (found,) = read(path)
    assert isinstance(found, Rejected)
    assert found.reason == "broken_parquet"


def test_the_library_of_tables_is_loaded_for_tables_only() -> None:
    code = "import sys, tawatur.app; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
