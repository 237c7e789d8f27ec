"""The album: small pictures as files of the data folder, within so many bytes; those that nobody looked at for longest go first.

A file stands whole or not at all, so that a process may be killed at any moment. Nothing but what ``put`` was given is ever in
it, so that giving files out by their names fetches nothing.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from tawatur.ids import PictureId
from tawatur.pictures.sizes import WIDTHS

#: The bytes of all pictures, where nothing else is chosen: some tens of thousands of them.
ROOM = 4 << 30
#: How far below its room an album is brought, so that this is not done for each picture.
LEFT = 0.95
#: A look at a picture is noted once in so many seconds: for what goes first, that is exact enough.
NOTED = 24 * 3600.0
_ID = re.compile(r"[0-9a-f]{16}")
_FILE = re.compile(r"([0-9a-f]{16})-(\d+)\.(webp|jpg)")


@dataclass(slots=True)
class _Held:
    """What is known of one picture's files: their bytes, and when somebody last looked at any of them."""

    size: int = 0
    used: float = 0.0
    files: list[Path] = field(default_factory=list)


class Album:
    """The files of pictures in a folder. May be used by many threads and processes at once.

    Args:
        folder: where they lie; made where it is not there.
        room: how many bytes all may have.
    """

    def __init__(self, folder: Path, *, room: int = ROOM) -> None:
        self.folder, self.room = folder, room
        self._size: int | None = None
        self._lock = Lock()

    def put(self, id: PictureId, files: Mapping[int, bytes]) -> None:
        """Keep a picture's files by width.

        Raises:
            OSError: the disk does not take them.
        """
        try:
            for width, content in files.items():
                self._write(self._path(id, width, "webp"), content)
        except OSError:
            self.drop(id)  # a picture has all its widths or none
            raise
        with self._lock:
            if self._size is not None:
                self._size += sum(map(len, files.values()))

    def _path(self, id: PictureId, width: int, form: str) -> Path:
        return self.folder / id[:2] / f"{id}-{width}.{form}"

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.chmod(file.name, 0o644)
                os.replace(file.name, path)
            except OSError:
                os.unlink(file.name)
                raise

    def find(self, id: str, width: int, form: str = "webp") -> Path | None:
        """Return the file of a picture in a width, or the next smaller one that it has; None where there is none.

        ``form`` is "webp" or "jpg"; the latter is made when it is first asked for.
        """
        if not _ID.fullmatch(id) or width not in WIDTHS:
            return None
        for narrower in WIDTHS[WIDTHS.index(width) :: -1]:
            path = self._path(PictureId(id), narrower, "webp")
            if self._is_there(path):
                return path if form == "webp" else self._as_jpeg(path)
        return None

    def _is_there(self, path: Path) -> bool:
        """Say whether a file is there, and note that it was looked at."""
        try:
            used = path.stat().st_mtime
        except OSError:
            return False
        if time.time() - used > NOTED:
            with suppress(OSError):  # it may be gone by now, or belong to somebody else
                os.utime(path)
        return True

    def _as_jpeg(self, path: Path) -> Path:
        from tawatur.pictures.rendering import as_jpeg

        made = path.with_suffix(".jpg")
        if not made.exists():
            self._write(made, as_jpeg(path.read_bytes()))
        return made

    def drop(self, id: PictureId) -> None:
        """Let a picture's files go."""
        for width in WIDTHS:
            for form in ("webp", "jpg"):
                self._path(id, width, form).unlink(missing_ok=True)

    def size(self) -> int:
        """Return how many bytes all pictures have."""
        return sum(one.size for one in self._held().values())

    def trim(self) -> tuple[PictureId, ...]:
        """Let those go that nobody looked at for longest, if there are more bytes than there is room for; return which."""
        with self._lock:
            if self._size is not None and self._size <= self.room:
                return ()
            held = self._held()
            self._size = sum(one.size for one in held.values())
            return self._dropped(held) if self._size > self.room else ()

    def _dropped(self, held: Mapping[PictureId, _Held]) -> tuple[PictureId, ...]:
        gone = []
        for id, one in sorted(held.items(), key=lambda pair: pair[1].used):
            if self._size is None or self._size <= LEFT * self.room:
                break
            for file in one.files:
                file.unlink(missing_ok=True)
            self._size -= one.size
            gone.append(id)
        return tuple(gone)

    def _held(self) -> dict[PictureId, _Held]:
        """All pictures with their files. What a killed process left half-written goes."""
        found: dict[PictureId, _Held] = {}
        for path in self.folder.glob("??/*"):
            named = _FILE.fullmatch(path.name)
            with suppress(OSError):
                told = path.stat()
                if named:
                    one = found.setdefault(PictureId(named[1]), _Held())
                    one.size, one.used = one.size + told.st_size, max(one.used, told.st_mtime)
                    one.files.append(path)
                elif path.name.endswith(".part") and time.time() - told.st_mtime > NOTED:
                    path.unlink()
        return found
