"""``tawatur trace``: the number by which a page is found in the log."""

from __future__ import annotations

from tawatur.errors import ArticleNotFound
from tawatur.extract.identity import trace
from tawatur.ids import ArticleId, id_in


def trace_command(page: str) -> None:
    """Print the trace of an address, or of the page that an article of the store came from.

    Raises:
        ArticleNotFound: it is no address, and no article has this id.
    """
    print(trace(page if "://" in page else _origin(page)))


def _origin(page: str) -> str:
    from tawatur.config import load
    from tawatur.store import open_store

    article = ArticleId(id_in(page))
    store = open_store(load().database)
    try:
        found = store.origins([article])
    finally:
        store.close()
    if article not in found:
        raise ArticleNotFound(article)
    return found[article]
