"""Outlets as data: what each is called, where it stands, whom it belongs to, how others credit it.

Each ``*.toml`` file beside this one holds ``[[outlet]]`` tables with the fields of ``model.Outlet``.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from tawatur.errors import ConfigError
from tawatur.model import Outlet, Outlets

_FIELDS = {field.name for field in fields(Outlet)}
_REQUIRED = {"key", "name"}


@cache
def load() -> Outlets:
    """Return the outlets that the package knows.

    Raises:
        ConfigError: two outlets have one key.
    """
    folder = sorted(files("tawatur.outlets").iterdir(), key=lambda file: file.name)
    texts = [file.read_text(encoding="utf-8") for file in folder if file.name.endswith(".toml")]
    known = [outlet for text in texts for outlet in read_toml(text)]
    keys = [outlet.key for outlet in known]
    for key in keys:
        if keys.count(key) > 1:
            raise ConfigError("outlets", f"{key} stands there twice")
    return Outlets(tuple(known))


def read_toml(text: str) -> tuple[Outlet, ...]:
    """Return the outlets of one TOML file.

    Raises:
        ConfigError: it is no TOML, or a table has an unknown field, or lacks its key or name,
            or holds a value of another type.
    """
    try:
        tables = tomllib.loads(text).get("outlet", [])
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("outlets", str(error)) from error
    return tuple(_outlet(table) for table in tables)


def _outlet(table: dict[str, Any]) -> Outlet:
    name = str(table.get("key", table.get("name", "?")))
    if unknown := table.keys() - _FIELDS:
        raise ConfigError("outlets", f"{name}: unknown field {', '.join(sorted(unknown))}")
    if missing := _REQUIRED - table.keys():
        raise ConfigError("outlets", f"{name}: no {', '.join(sorted(missing))}")
    try:
        return msgspec.convert(table, Outlet)
    except msgspec.ValidationError as error:
        raise ConfigError("outlets", f"{name}: {error}") from error
