"""Outlets as data: what each is called, where it stands, whom it belongs to, how others credit it.

The ``*.toml`` files beside this one come with the package; the folder ``outlets`` of the data folder holds a deployment's own,
of which a known key takes the place of the packaged outlet.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from tawatur.errors import ConfigError
from tawatur.model import Outlet, Outlets
from tawatur.outlets.reading import Contents as Contents
from tawatur.outlets.reading import Fault as Fault
from tawatur.outlets.reading import read

#: The folder of a deployment's own outlets, in its data folder.
OWN_FOLDER = "outlets"


@cache
def load() -> Outlets:
    """Return the outlets that the package knows.

    Raises:
        ConfigError: a file has a fault.
    """
    folder = sorted(files("tawatur.outlets").iterdir(), key=lambda file: file.name)
    contents = read((file.name, file.read_text(encoding="utf-8")) for file in folder if file.name.endswith(".toml"))
    _refuse(contents.faults)
    return Outlets(contents.outlets, contents.families)


def load_own(home: Path) -> Contents:
    """Return the outlets of a data folder's own, and what is wrong in its files; nothing where there are none."""
    found: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for path in sorted((home / OWN_FOLDER).glob("*.toml")):
        try:
            found.append((str(path), path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            faults.append(Fault(file=str(path), reason="unreadable", detail=str(error)))
    contents = read(found)
    return Contents(outlets=contents.outlets, families=contents.families, faults=(*faults, *contents.faults))


def read_toml(text: str) -> tuple[Outlet, ...]:
    """Return the outlets of one TOML text.

    Raises:
        ConfigError: it has a fault.
    """
    contents = read([("outlets", text)])
    _refuse(contents.faults)
    return contents.outlets


def _refuse(faults: tuple[Fault, ...]) -> None:
    if faults:
        first = faults[0]
        parts = (first.outlet, first.field, first.reason, first.detail)
        raise ConfigError(first.file, ": ".join(part for part in parts if part))
