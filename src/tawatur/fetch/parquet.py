"""Parquet tables to documents: one article, or one page, a row. A few rows are held at a time; a damaged group costs itself.

The columns are the fields of an article, under our names or those of ``extract.fields``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from tawatur.extract import fields
from tawatur.extract.address import address
from tawatur.extract.kinds import detect
from tawatur.extract.published import from_iso
from tawatur.fetch.parts import WHOLE, Part
from tawatur.fetch.unpack import MAX_LINE, Watch
from tawatur.model import Kind, RawDocument, Rejected
from tawatur.objects import Place, seekable

if TYPE_CHECKING:
    from pyarrow import Array, RecordBatch
    from pyarrow.parquet import ParquetFile

_MAGIC = b"PAR1"
#: How many rows are held at a time.
_ROWS = 32
#: How much of a column is read at a time.
_BUFFER = 1 << 20
#: How many columns a message names.
_NAMED = 20
Row = dict[str, Any]


def is_table(name: str, head: bytes) -> bool:
    """Say whether a file is a Parquet table, by its first bytes or its name."""
    return head.startswith(_MAGIC) or name.lower().endswith(".parquet")


def read(
    path: Place, collected: datetime, published: date | None, *, watch: Watch, part: Part = WHOLE
) -> Iterator[RawDocument | Rejected]:
    """Yield the rows of a table as documents. ``origin`` is the path with ``#row=`` and the row, from 1.

    A ``part`` reads its share of the row groups alone, or where they are fewer than the parts takes its share of all rows.

    ``collected`` and ``published`` are for rows that do not say it themselves.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        table = ParquetFile(seekable(path), buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True)
    except (pyarrow.ArrowException, OSError) as error:
        if part.number == 0:
            yield Rejected(origin=str(path), reason="broken_parquet", detail=_first_line(error))
        return
    with table:
        names = [name for name in table.schema_arrow.names if name]
        columns = fields.known(names)
        if not columns.keys() & {"text", "html"}:
            if part.number == 0:
                yield Rejected(origin=str(path), reason="no_article_columns", detail=", ".join(names[:_NAMED]))
        elif not table.metadata.num_rows:
            if part.number == 0:
                yield Rejected(origin=str(path), reason="empty")
        else:
            yield from _rows(table, path, collected, published, watch, part)


def _rows(
    table: ParquetFile, path: Place, collected: datetime, published: date | None, watch: Watch, part: Part
) -> Iterator[RawDocument | Rejected]:
    import pyarrow

    number, size, passed = 0, path.stat().st_size, 0
    columns, cut = _columns(table), table.num_row_groups >= part.of
    own = part.span(table.num_row_groups) if cut else range(table.num_row_groups)
    for group in range(table.num_row_groups):
        first, expected = number, table.metadata.row_group(group).num_rows
        if group not in own:
            number += expected
            continue
        fault = ""
        try:
            for batch in table.iter_batches(_ROWS, row_groups=[group], columns=columns, use_threads=False):
                for row in _plain(batch):
                    number += 1
                    if cut or part.has(number - 1):
                        yield _document(f"{path}#row={number}", row, collected, published)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            fault = _first_line(error)
        if (fault or number - first != expected) and (cut or part.number == 0):
            yield Rejected(origin=f"{path}#row={number + 1}", reason="broken_parquet", detail=fault)
        number = first + expected
        watch(size * (group + 1) // table.num_row_groups - passed)
        passed = size * (group + 1) // table.num_row_groups
    if number != table.metadata.num_rows and part.number == 0:
        yield Rejected(origin=str(path), reason="broken_parquet")


def _columns(table: ParquetFile) -> list[str]:
    """Return the columns that hold fields of an article, under any of their names."""
    return [name for name in table.schema_arrow.names if name and fields.known([name])]


def _plain(batch: RecordBatch) -> Iterator[Row]:
    """Yield the rows of a batch as Python values."""
    columns = {name: _values(batch.column(at)) for at, name in enumerate(batch.schema.names)}
    for at in range(batch.num_rows):
        yield {name: column[at] for name, column in columns.items()}


def _values(column: Array) -> list[Any]:
    """Return a column's values; times to the microsecond, which is what Python's hold."""
    import pyarrow

    if pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pyarrow.types.is_timestamp(column.type):
        column = column.cast(pyarrow.timestamp("us", column.type.tz), safe=False)
        try:
            return list(column.to_pylist())
        except (KeyError, ValueError):  # A zone that this system does not know; what is stored is UTC.
            return list(column.cast(pyarrow.timestamp("us", "UTC")).to_pylist())
    return list(column.to_pylist())


def _document(origin: str, row: Row, collected: datetime, published: date | None) -> RawDocument | Rejected:
    """Return a row as a document: an article as one JSON line, a page as it is."""
    markup = next((value for value in row.values() if isinstance(value, bytes) and _is_page(value)), None)
    record = fields.renamed({name: _text(value) for name, value in row.items() if value is not markup})
    page = markup if markup is not None else str(record.get("html") or "").encode()
    if page and not record.get("text"):
        return _page(origin, page, record, collected, published)
    record.pop("html", None)
    content = msgspec.json.encode(record, enc_hook=str)
    if len(content) > MAX_LINE:
        return Rejected(origin=origin, reason="too_large")
    return RawDocument(content=content, origin=origin, kind=Kind.JSONL, collected=collected, published=published)


def _page(
    origin: str, content: bytes, record: dict[str, object], collected: datetime, published: date | None
) -> RawDocument | Rejected:
    if len(content) > MAX_LINE:
        return Rejected(origin=origin, reason="too_large")
    at, day = (from_iso(str(record.get(name) or ""), basis=name) for name in ("collected", "published"))
    return RawDocument(
        content=content,
        origin=origin,
        kind=detect(content, "page.html") or Kind.HTML,
        collected=min(at.at.astimezone(UTC), collected) if at and at.at else collected,
        published=published or (day.day if day else None),
        url=address(str(record.get("url") or "")),
    )


def _is_page(value: bytes) -> bool:
    return detect(value, "") in (Kind.HTML, Kind.FEED)


def _text(value: object) -> object:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0][:200]
