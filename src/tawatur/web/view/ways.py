"""Where the names of a story lead: to the pages of names."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from tawatur.store.names import NamedIn
from tawatur.stories.naming import NameKind
from tawatur.stories.slugs import form

#: The parts of an address by the kind of a name, and those of its index.
PATHS = {
    NameKind.PERSON: ("person", "people"),
    NameKind.PLACE: ("place", "places"),
    NameKind.ORGANIZATION: ("organization", "organizations"),
    NameKind.TOPIC: ("topic", "topics"),
    NameKind.OUTLET: ("outlet", "outlets"),
}


def path_of(kind: NameKind, key: str) -> str:
    """Return the address of a name's page, without the language."""
    return f"/{PATHS[kind][0]}/{quote(key, safe='')}"


class Ways:
    """The ways from the names of a story, as it spells them, to their pages."""

    def __init__(self, named: Iterable[NamedIn] = ()) -> None:
        self._paths: dict[tuple[str, str], str] = {}
        for one in named:
            for spelled in (one.form, form(one.head.name)):
                self._paths.setdefault((one.head.kind.value, spelled), path_of(one.head.kind, one.head.key))

    def path(self, kind: str, spellings: Iterable[str]) -> str:
        """Return the address of a name's page, by the first spelling that leads to one; "" where none does."""
        found = (self._paths.get((kind, form(one)), "") for one in spellings)
        return next((path for path in found if path), "")
