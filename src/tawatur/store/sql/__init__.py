"""Named queries and numbered migrations, read from the ``.sql`` files of this folder.

They are SQLite's, and PostgreSQL's by ``translate``. What the two cannot share stands in ``postgres/`` again, under the same name:
a query in place of the other one; a migration behind the other one, or in its place where its first line
is ``-- instead``, and there as it is, untranslated, where that is ``-- verbatim``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from tawatur.store.sql import translate
from tawatur.store.sql.rows import Adding, adding

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_NEEDS = re.compile(r"^-- needs: (\d+)$", re.MULTILINE)
_INSTEAD, _VERBATIM = "-- instead\n", "-- verbatim\n"


@cache
def queries() -> dict[str, str]:
    """Return the queries of all files in ``queries/`` by name."""
    return _queries(files(__name__).joinpath("queries"))


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Return (number, SQL) of every migration, in order; the number of the last is the version of the store."""
    return tuple(_migrations(files(__name__).joinpath("migrations")).items())


@cache
def needs_of(number: int) -> int:
    """Return the version of the store that a release must know at least to work with one that has had a migration.

    A migration says that by a line ``-- needs: NNNN``; one that does not is for releases that know it.
    """
    found = _NEEDS.search(dict(migrations()).get(number, ""))
    return int(found[1]) if found else number


@cache
def postgres_queries() -> dict[str, str]:
    """Return the queries for PostgreSQL by name, with parameters as psycopg has them."""
    own = _queries(files(__name__).joinpath("postgres", "queries"))
    return {name: translate.query(text) for name, text in (queries() | own).items()}


@cache
def postgres_addings() -> dict[str, Adding]:
    """Return what adds many rows in one go, by the names of the queries for PostgreSQL that add one."""
    return {name: many for name, text in postgres_queries().items() if (many := adding(text))}


@cache
def postgres_migrations() -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return (number, statements) of every migration for PostgreSQL, in order."""
    shared, own = dict(migrations()), _migrations(files(__name__).joinpath("postgres", "migrations"))
    scripts = {
        number: own[number]
        if own.get(number, "").startswith((_INSTEAD, _VERBATIM))
        else shared.get(number, "") + own.get(number, "")
        for number in sorted(shared | own)
    }
    return tuple((number, _statements(script)) for number, script in scripts.items())


def _statements(script: str) -> tuple[str, ...]:
    return (script,) if script.startswith(_VERBATIM) else tuple(translate.migration(script))


def _queries(folder: Traversable) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in folder.iterdir():
        parts = _NAME.split(file.read_text(encoding="utf-8"))[1:]
        found |= {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}
    return found


def _migrations(folder: Traversable) -> dict[int, str]:
    scripts = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return {int(file.name.partition("_")[0]): file.read_text(encoding="utf-8") for file in scripts}
