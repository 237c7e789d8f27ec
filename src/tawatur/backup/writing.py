"""Writing a backup: under another name until it is whole, readable by nobody else."""

from __future__ import annotations

import fcntl
import io
import os
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from tawatur.backup.form import MANIFEST, SEAL, Member
from tawatur.errors import BackupUnwritable, FileThere

#: How a backup is called while it is written.
PART = ".{name}.part"


class Writer:
    """Writes the members of a backup, one behind the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.members: list[Member] = []

    def add(self, name: str, content: bytes) -> None:
        """Write a member."""
        info = tarfile.TarInfo(name)
        info.mode, info.mtime = 0o600, int(time.time())
        self._write(info, len(content), io.BytesIO(content))

    def add_file(self, name: str, path: Path) -> int:
        """Write a file as it is now, and return how many bytes those are; one that is gone is left out.

        Raises:
            OSError: it cannot be read, or was cut meanwhile.
        """
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return 0
        with file:
            found = os.fstat(file.fileno())
            info = tarfile.TarInfo(name)
            info.mode, info.mtime = found.st_mode & 0o777, int(found.st_mtime)
            self._write(info, found.st_size, file)
        return found.st_size

    def _write(self, info: tarfile.TarInfo, size: int, source: BinaryIO) -> None:
        info.size = size
        hashed = _Hashed(source)
        self._tar.addfile(info, hashed)  # type: ignore[arg-type]
        self._tar.members.clear()  # type: ignore[attr-defined]  # it would keep every head
        self.members.append(Member(name=info.name, size=size, sha256=hashed.hash.hexdigest()))

    def finish(self, manifest: bytes) -> None:
        """Write the manifest, and what says that it is whole."""
        self.add(MANIFEST, manifest)
        self.add(SEAL, sha256(manifest).hexdigest().encode())
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())


class _Hashed:
    """A file of which everything is hashed that is read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.hash = sha256()

    def read(self, size: int) -> bytes:
        """Read some bytes."""
        content = self._source.read(size)
        self.hash.update(content)
        return content


@contextmanager
def written(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Give a file to write, and where it lies meanwhile; it has its name when the block ends well, and is gone when it does not.

    Raises:
        FileThere: something has that name already, or is being written under it.
        BackupUnwritable: there is no room for it, or no permission to write it.
    """
    if path.exists():
        raise FileThere(str(path))
    part = path.with_name(PART.format(name=path.name))
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    own(file, part)
    try:
        with told(path), file:
            yield file, part
            os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the system's errors into ours."""
    try:
        yield
    except OSError as error:
        raise BackupUnwritable(str(path), error.strerror or str(error)) from error


def own(file: BinaryIO, part: Path) -> None:
    """Take a file for this process; what one that was killed has left in it is thrown away.

    Raises:
        FileThere: another process is writing it.
    """
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise FileThere(str(part)) from error
    file.truncate(0)
