"""Many rows by one statement: a query that adds one row, or asks for one, turned into one for those of a JSON list.

A server takes one statement with a list in a third of the time that as many statements of a row each take it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

#: An ``INSERT`` of one row, as ``translate.query`` gives it, and what stands behind its values.
_INSERT = re.compile(r"INSERT INTO (\w+) \(([^()]+)\)\s+VALUES \(((?:%\(\w+\)s|[^()])+)\)(.*)", re.DOTALL)
_GIVEN = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Adding:
    """A statement that adds many rows.

    ``columns`` are those that differ from row to row, each with the name of its value; ``shared`` names the values that stand
    behind the rows, where a statement has but one of each.
    """

    text: str
    columns: tuple[tuple[str, str], ...]
    shared: tuple[str, ...]

    def fits(self, rows: Sequence[Mapping[str, object]]) -> bool:
        """Say whether one statement can add these rows, of which there is one at least."""
        first = rows[0]
        alike = all(row[name] == first[name] for name in self.shared for row in rows)
        return alike and not any(isinstance(value, bytes) for value in first.values())

    def values(self, rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
        """Return the values of the statement for such rows."""
        listed = [{column: row[name] for column, name in self.columns} for row in rows]
        return {"rows": msgspec.json.encode(listed).decode(), **{name: rows[0][name] for name in self.shared}}


def adding(text: str) -> Adding | None:
    """Return what adds many rows as a query for psycopg adds one; None where that adds none, or computes what it adds."""
    made = _INSERT.match(text)
    if not made:
        return None
    table, rest = made[1], made[4]
    pairs = [
        (column.strip(), value.strip()) for column, value in zip(made[2].split(","), made[3].split(","), strict=True)
    ]
    given = tuple((column.strip('"'), name[1]) for column, value in pairs if (name := _GIVEN.fullmatch(value)))
    chosen = ", ".join(f"given.{column}" if _GIVEN.fullmatch(value) else value for column, value in pairs)
    listed = f"json_populate_recordset(NULL::{table}, %(rows)s::json) AS given"
    one = f"INSERT INTO {table} ({made[2]}) SELECT {chosen} FROM {listed}{rest}"
    return Adding(one, given, tuple(dict.fromkeys(_GIVEN.findall(rest))))


#: The column that counts the rows of values from 1.
PLACE = "asked"
_TYPES: dict[type, str] = {int: "bigint", float: "double precision"}


@dataclass(frozen=True, slots=True)
class Asking:
    """A query that is asked for many rows of values at once; ``listed`` names the values that differ from row to row."""

    text: str
    listed: tuple[str, ...]

    def values(self, rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
        """Return the values of the query for such rows."""
        listed = [{name: row[name] for name in self.listed} for row in rows]
        return {**rows[0], "rows": msgspec.json.encode(listed).decode()}

    def sorted(self, found: Iterable[dict[str, Any]], rows: int) -> list[list[dict[str, Any]]]:
        """Return what was found for each of so many rows of values."""
        told: list[list[dict[str, Any]]] = [[] for _ in range(rows)]
        for one in found:
            told[one.pop(PLACE) - 1].append(one)
        return told


def asking(text: str, rows: Sequence[Mapping[str, object]]) -> Asking:
    """Return a query for psycopg that asks for several rows of values as another one does for one.

    The rows are taken in turn, and what is found for each comes in the order that the query gives it.
    """
    first = rows[0]
    differing = [name for name in first if any(row[name] != first[name] for row in rows)]
    return _asking(text, tuple((name, _type(name, rows)) for name in differing or first))


def _type(name: str, rows: Sequence[Mapping[str, object]]) -> str:
    return next((_TYPES.get(type(row[name]), "text") for row in rows if row[name] is not None), "text")


@cache
def _asking(text: str, given: tuple[tuple[str, str], ...]) -> Asking:
    listed = tuple(name for name, _ in given)
    one = _GIVEN.sub(lambda found: f'given."{found[1]}"' if found[1] in listed else found[0], text)
    names, types = ", ".join(f'"{name}"' for name in listed), ", ".join(f'"{name}" {kind}' for name, kind in given)
    rows = f"ROWS FROM (json_to_recordset(%(rows)s::json) AS ({types})) WITH ORDINALITY AS given ({names}, {PLACE})"
    return Asking(f"SELECT given.{PLACE}, found.* FROM {rows} CROSS JOIN LATERAL ({one}) AS found", listed)
