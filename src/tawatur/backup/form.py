"""The form of a backup: what its members are called, and what its manifest says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

#: The version of this form. A later one is refused.
FORM = 1
#: The last two members.
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
#: What members of tables and files of the data folder begin with.
TABLES, HOME = "tables/", "home/"
#: The bytes of rows in a member, before they are packed; a row that is longer has a member of its own.
PART = 4 << 20
#: What a member of rows may unpack to at most: a row is no longer than a document may be.
MOST = 512 << 20
#: The name of a backup that is put into a folder, and of one that is being written.
NAME = "tawatur-%Y%m%dT%H%M%SZ.tar"
NAMED = re.compile(r"tawatur-\d{8}T\d{6}Z\.tar")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """A table in a backup: its columns, by which its rows are ordered, and how many those are."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the file."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds.

    ``store`` is the database that it is of, ``schema`` the version of its tables, ``release`` that of Tawatur which made it.
    ``counters`` are the highest numbers that were given to rows, by table.
    """

    form: int
    made: datetime
    release: str
    store: str
    schema: int
    tables: tuple[TableRows, ...]
    counters: dict[str, int]
    members: tuple[Member, ...]

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(table.rows for table in self.tables)

    @property
    def files(self) -> int:
        """How many files of the data folder there are."""
        return sum(one.name.startswith(HOME) for one in self.members)


class Onlooker(Protocol):
    """Whoever looks on."""

    def step(self, name: str, total: int) -> None:
        """A step is begun; ``name`` is a key under ``backup.step.``, ``total`` its bytes, 0 where nobody knows."""

    def done(self, size: int) -> None:
        """So many more bytes have been dealt with."""


def part_of(table: str, number: int) -> str:
    """Return the name of a member of rows."""
    return f"{TABLES}{table}/{number:06d}.msgpack.zst"
