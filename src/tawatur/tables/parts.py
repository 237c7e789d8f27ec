"""Rows of several tables on their way into files: packed a thousand at a time, written before they are many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from tawatur.objects import Place
from tawatur.tables.files import Filed, file, in_order, table
from tawatur.tables.news import Row

#: So many rows are packed at a time, and so many of a table stand in a file.
PACK, MOST = 1000, 50_000


@dataclass(slots=True)
class Parts:
    """The rows of one month, as ``TABLE/month=MONTH/PART-N.parquet`` for each of some tables."""

    out: Place
    month: str
    part: str
    names: Sequence[str]
    files: list[Filed] = field(default_factory=list)
    _waiting: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _packed: dict[str, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Add rows of a table."""
        self._waiting[name] += rows
        if len(self._waiting[name]) >= PACK:
            self._pack(name)
        if sum(one.num_rows for one in self._packed[name]) >= MOST:
            self._write(name)

    def close(self) -> list[Filed]:
        """Write what is left; return all files that were written."""
        for name in self.names:
            self._pack(name)
            self._write(name)
        return self.files

    def _pack(self, name: str) -> None:
        if rows := self._waiting.pop(name, []):
            self._packed[name].append(table(name, rows))

    def _write(self, name: str) -> None:
        packed = self._packed.pop(name, [])
        if packed:
            made = in_order(name, pa.concat_tables(packed))
            number = sum(one.table == name for one in self.files)
            self.files.append(file(self.out, name, f"month={self.month}/{self.part}-{number:03d}.parquet", made))
