"""The SQL of copying, which both databases take but for how a value stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.store.copying import Table

#: Gives number, article, newest analysis and profile of articles of the index.
TEXTS = """SELECT number, articles.article, analyses.analysis, profiles.profile FROM search_articles
JOIN articles ON articles.id = search_articles.article JOIN profiles ON profiles.article = articles.id
JOIN analyses ON analyses.rowid = (SELECT max(rowid) FROM analyses AS a WHERE a.article = articles.id)
WHERE number > {0} ORDER BY number LIMIT {0}"""


def select(table: Table, mark: str, *, behind: bool) -> str:
    """Return the query for the next rows of a table; ``mark`` stands for a value."""
    where = f" WHERE ({names(table.key)}) > ({marks(table.key, mark)})" if behind else ""
    return f"SELECT {names(table.columns)} FROM {table.name}{where} ORDER BY {names(table.key)} LIMIT {mark}"


def names(columns: Sequence[str]) -> str:
    """Return columns, with signs around them, as one may be called like a word of the language."""
    return ", ".join(f'"{column}"' for column in columns)


def marks(columns: Sequence[str], mark: str) -> str:
    """Return a mark for each column."""
    return ", ".join([mark] * len(columns))
