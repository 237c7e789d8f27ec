"""A shelf with readers: the news is that of a ``Shelf``, which tests may change; all else is kept as a store in memory does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.testclient import TestClient
from tests.unit.web.shelf import Deployed, Shelf

from tawatur.accounts import Accounts
from tawatur.store.memory import MemoryStore
from tawatur.web import create

HERE: dict[str, Any] = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)}


class Lending(MemoryStore):
    """What ``tawatur.web.create`` and ``tawatur.accounts`` ask of one store."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        super().__init__()

    def _of_news(self) -> dict[str, object]:
        return dict(self.shelf.told)

    def _nothing(self, _held: object) -> None:
        """Take nothing: it is on the shelf."""

    _heads = _members = property(_of_news, _nothing)


def _of_shelf(name: str) -> Callable[..., object]:
    return lambda self, *given, **named: getattr(self.shelf, name)(*given, **named)


for _name, _what in vars(Shelf).items():
    if callable(_what) and not _name.startswith("_"):
        setattr(Lending, _name, _of_shelf(_name))


@contextmanager
def browser(store: Lending, *, single: bool = True) -> Iterator[TestClient]:
    """Give a browser at this machine, whose reader is the one of single-user mode, or nobody."""
    web = create(Deployed(store), accounts=Accounts(store, single=single))  # type: ignore[arg-type]
    with TestClient(web, raise_server_exceptions=False, **HERE) as made:
        yield made
