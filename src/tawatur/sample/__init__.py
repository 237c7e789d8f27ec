"""The sample edition: invented news of an invented country, and what must come out of each of its items.

``items/<outlet>/<file>`` holds the pages, feeds and texts, ``expected/<outlet>/<file>.json`` beside them what each holds, and
``stories.json`` which articles report the same happening. Nothing in it is real.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tawatur import outlets as outlet_files
from tawatur.model import OutletKey, Outlets

_HERE = files("tawatur.sample")
_NAME = re.compile(r"[a-z-]+\.jpg")


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One file of the edition. ``name`` is "<outlet>/<file>", as in the folder of items."""

    name: str
    content: bytes
    outlet: OutletKey


def items() -> Iterator[SampleItem]:
    """Yield the files of the edition, by outlet and then by name."""
    for outlet in _sorted(_HERE / "items"):
        for file in _sorted(outlet):
            yield SampleItem(f"{outlet.name}/{file.name}", file.read_bytes(), OutletKey(outlet.name))


def folder() -> AbstractContextManager[Path]:
    """Return a context that holds a real folder of the items, also where the package is installed as an archive."""
    return as_file(_HERE / "items")


def outlets() -> Outlets:
    """Return the invented outlets."""
    return Outlets(tuple(outlet_files.read_toml((_HERE / "outlets.toml").read_text(encoding="utf-8"))))


def picture(address: str) -> bytes | None:
    """Return the file that stands at the address of a picture of the edition, None where none does: nothing is fetched."""
    host, name = urlsplit(address).hostname or "", address.rpartition("/")[2]
    file = _HERE / "pictures" / name
    return file.read_bytes() if host.endswith(".example") and _NAME.fullmatch(name) and file.is_file() else None


def expected(name: str) -> dict[str, Any]:
    """Return what must come out of an item, ``{"articles": [...]}``.

    ``name`` is that of a ``SampleItem``. Raises FileNotFoundError where no such item is.
    """
    return _json(_HERE.joinpath("expected", *f"{name}.json".split("/")))


def expected_names() -> tuple[str, ...]:
    """Return the names of the items for which an expectation is written."""
    folders = _sorted(_HERE / "expected")
    return tuple(f"{outlet.name}/{file.name.removesuffix('.json')}" for outlet in folders for file in _sorted(outlet))


def stories() -> dict[str, Any]:
    """Return the happenings: ``stories`` with their articles, ``related`` pairs, and where reports agree and differ."""
    return _json(_HERE / "stories.json")


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted((entry for entry in folder.iterdir() if not entry.name.startswith(".")), key=lambda entry: entry.name)


def _json(file: Traversable) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
