"""Reading a backup: every member is hashed as it passes, and compared with what the manifest says."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec
import zstandard

from tawatur.backup.form import FORM, HOME, MANIFEST, MOST, SEAL, TABLES, Manifest, Member, Onlooker
from tawatur.errors import BackupDamaged, BackupTooNew, PathNotFound
from tawatur.store.copying import Row
from tawatur.store.snapshot import is_name

_CHUNK = 1 << 20
#: A manifest names every picture: more than so many bytes would be millions of them.
_LONGEST = 512 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A member of a backup (``path``) as it is read. It must be read to its end before the next one."""

    path: Path
    name: str
    size: int
    mode: int
    source: IO[bytes]

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, some at a time.

        Raises:
            BackupDamaged: there are fewer than there should be.
        """
        while chunk := self._read():
            yield chunk

    def _read(self) -> bytes:
        with _told(self.path):
            return self.source.read(_CHUNK)

    @property
    def table(self) -> str:
        """Return the table whose rows it holds, "" where it holds none."""
        return self.name.removeprefix(TABLES).partition("/")[0] if self.name.startswith(TABLES) else ""

    @property
    def place(self) -> PurePosixPath | None:
        """Return where in the data folder it stands, None where it does not."""
        return PurePosixPath(self.name.removeprefix(HOME)) if self.name.startswith(HOME) else None


def pieces(path: Path) -> Iterator[Piece]:
    """Yield the members of a backup.

    Raises:
        PathNotFound: there is no such file.
        BackupDamaged: it is no backup, or ends too early.
    """
    if not path.is_file():
        raise PathNotFound(str(path))
    with _told(path), tarfile.open(path, "r|") as tar:
        for info in tar:
            tar.members.clear()  # type: ignore[attr-defined]  # it would keep every head
            source = tar.extractfile(info) if info.isreg() and _is_safe(info.name) else None
            if source is None:
                raise BackupDamaged(str(path), info.name)
            yield Piece(path, info.name, info.size, info.mode & 0o777, source)


def check(path: Path, watch: Onlooker) -> Manifest:
    """Read every byte of a backup, and return what it holds.

    Raises:
        PathNotFound: there is no such file.
        BackupDamaged: it is no backup, is not whole, or is not as it was written.
        BackupTooNew: a later release has made it.
    """
    found: list[Member] = []
    rows: dict[str, int] = {}
    manifest = seal = b""
    watch.step("checking", path.stat().st_size if path.is_file() else 0)
    for piece in pieces(path):
        if piece.name in (MANIFEST, SEAL):
            content = _whole(piece, _LONGEST)
            manifest, seal = (content, seal) if piece.name == MANIFEST else (manifest, content)
            continue
        hashed, size, kept = sha256(), 0, []
        for chunk in piece.chunks():
            hashed.update(chunk)
            size += len(chunk)
            if piece.table:
                kept.append(chunk)
            watch.done(len(chunk))
        found.append(Member(name=piece.name, size=size, sha256=hashed.hexdigest()))
        if piece.table:
            rows[piece.table] = rows.get(piece.table, 0) + len(unpacked(path, piece.name, b"".join(kept)))
    made = _manifest(path, manifest, seal)
    _compare(path, made, found, rows)
    return made


def _manifest(path: Path, content: bytes, seal: bytes) -> Manifest:
    if not content or sha256(content).hexdigest().encode() != seal:
        raise BackupDamaged(str(path), MANIFEST)
    form = msgspec.json.decode(content, type=dict[str, object]).get("form")
    if isinstance(form, int) and form > FORM:
        raise BackupTooNew(str(path), f"{form} > {FORM}")
    try:
        made = msgspec.json.decode(content, type=Manifest)
    except msgspec.ValidationError as error:
        raise BackupDamaged(str(path), f"{MANIFEST}: {error}") from error
    for table in made.tables:
        if not all(map(is_name, (table.name, *table.columns))):
            raise BackupDamaged(str(path), table.name)
    return made


def _compare(path: Path, made: Manifest, found: list[Member], rows: dict[str, int]) -> None:
    said = {member.name: member for member in made.members}
    for member in found:
        if said.pop(member.name, None) != member:
            raise BackupDamaged(str(path), member.name)
    if said:
        raise BackupDamaged(str(path), next(iter(said)))
    for table in made.tables:
        if rows.pop(table.name, 0) != table.rows:
            raise BackupDamaged(str(path), table.name)
    if rows:
        raise BackupDamaged(str(path), next(iter(rows)))


def rows_of(piece: Piece) -> list[Row]:
    """Return the rows of a member of rows."""
    return unpacked(piece.path, piece.name, _whole(piece, MOST))


def unpacked(path: Path, name: str, content: bytes) -> list[Row]:
    """Return the rows that a member holds.

    Raises:
        BackupDamaged: it holds something else.
    """
    try:
        size = zstandard.frame_content_size(content)
        if not 0 <= size <= MOST:
            raise BackupDamaged(str(path), name)
        return msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(content), type=list[tuple])  # type: ignore[type-arg]
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise BackupDamaged(str(path), name) from error


def _whole(piece: Piece, most: int) -> bytes:
    if piece.size > most:
        raise BackupDamaged(str(piece.path), piece.name)
    return b"".join(piece.chunks())


def _is_safe(name: str) -> bool:
    """Return whether a name stays below where it is put, and is of a kind that backups have."""
    parts = PurePosixPath(name).parts
    below = not name.startswith("/") and ".." not in parts and "\0" not in name
    return below and (name in (MANIFEST, SEAL) or (name.startswith((TABLES, HOME)) and len(parts) > 1))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what a damaged file leads to into one error of ours."""
    try:
        yield
    except (tarfile.TarError, EOFError) as error:
        raise BackupDamaged(str(path), str(error)) from error
