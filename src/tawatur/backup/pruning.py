"""Letting go of old backups in a folder."""

from __future__ import annotations

from pathlib import Path

from tawatur.backup.form import NAMED
from tawatur.backup.writing import PART, own
from tawatur.errors import FileThere


def prune(folder: Path, *, keep: int) -> tuple[Path, ...]:
    """Delete all but the newest backups of a folder, and what was left of those that were stopped; return which backups those were.

    Files of other names are left alone.
    """
    found = sorted((path for path in folder.iterdir() if NAMED.fullmatch(path.name)), key=lambda path: path.name)
    old = tuple(found[: max(0, len(found) - keep)])
    for path in old:
        path.unlink(missing_ok=True)
    for path in folder.glob(PART.format(name="tawatur-*.tar")):
        _drop_unowned(path)
    return old


def _drop_unowned(part: Path) -> None:
    try:
        with part.open("r+b") as file:
            own(file, part)
            part.unlink(missing_ok=True)
    except (FileThere, FileNotFoundError):
        pass  # it is being written, or has its name by now
