"""Named queries and numbered migrations, read from the ``.sql`` files of this folder."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def queries() -> dict[str, str]:
    """Return the queries of all files in ``queries/`` by name."""
    found: dict[str, str] = {}
    for file in files(__name__).joinpath("queries").iterdir():
        parts = _NAME.split(file.read_text(encoding="utf-8"))[1:]
        found |= {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}
    return found


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Return (number, SQL) of every migration, in order; the number of the last is the version of the store."""
    folder = files(__name__).joinpath("migrations")
    scripts = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return tuple((int(file.name.partition("_")[0]), file.read_text(encoding="utf-8")) for file in scripts)
