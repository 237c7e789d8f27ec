"""What of the data folder belongs into a backup: all but the store itself, logs, locks, and what is half-written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tawatur.backup.form import NAMED

#: Where a restored data folder is built, and where what it takes the place of is kept.
BUILT, FORMER = ".restoring", ".before-restore"
#: Signs of life of processes ("workers") are of this moment.
_PASSED = (BUILT, FORMER, "workers")
_ENDINGS = (".part", ".lock", ".log")


def files(home: Path, *, store: Path | None, pictures: bool, apart: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a data folder by their names in it, sorted.

    Args:
        home: the data folder.
        store: the file of the store, where it is one; its companions are passed over too.
        pictures: whether the album goes along; pictures can be fetched again.
        apart: a folder that holds backups; they are never in one another.
    """
    passed = {*_PASSED, *(() if pictures else ("pictures",))}
    for folder, folders, names in os.walk(home):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not (here == home and name in passed) and here / name != apart)
        for name in sorted(names):
            path = here / name
            if path.is_symlink() or not path.is_file() or name.endswith(_ENDINGS) or NAMED.fullmatch(name):
                continue
            if store and here == store.parent and (name.startswith((store.name, f".{store.name}"))):
                continue
            yield path.relative_to(home).as_posix(), path


def put(home: Path, place: PurePosixPath, mode: int, chunks: Iterator[bytes]) -> None:
    """Put a file into the data folder that is being built."""
    path = home / BUILT / place
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        os.fchmod(file.fileno(), mode)


def discard(home: Path) -> None:
    """Throw away what was built."""
    shutil.rmtree(home / BUILT, ignore_errors=True)


def take(home: Path) -> str:
    """Put what was built in the place of what has the same names; return where that is kept, "" where there was nothing."""
    built, former = home / BUILT, home / FORMER
    if not built.exists():
        return ""
    shutil.rmtree(former, ignore_errors=True)
    kept = False
    for path in sorted(built.iterdir()):
        if (there := home / path.name).exists():
            former.mkdir(mode=0o700, exist_ok=True)
            os.replace(there, former / path.name)
            kept = True
        os.replace(path, there)
    built.rmdir()
    return str(former) if kept else ""
