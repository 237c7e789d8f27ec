"""Files and folders in object stores (``s3://bucket/folder``, ``gs://…``), with the words of ``pathlib`` that are used of them.

An address is opened only where an operator has named it. An object is there when all of it is: what is written stands in a file of
this machine first and goes there in one piece, so that no reader meets half of it, and nothing has to be renamed.

Expected trouble is a ``PlaceUnusable`` with the reason; what was tried in vain is tried again a few times before.
"""

from __future__ import annotations

import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, TypeVar, cast

from tawatur.errors import PlaceUnusable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer
    from fsspec import AbstractFileSystem

T = TypeVar("T")
#: How much of an object is fetched at a time while it is read from its beginning to its end.
BLOCK = 4 << 20
#: How often something is tried, and the seconds before the second time, doubled with each further one.
TRIES, PAUSE = 4, 0.5
_PARTED = "://"
#: The schemes of object stores: S3, Google, Azure, Oracle, Alibaba.
_STORES = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oci", "oss"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an object, as ``os.stat`` calls it. ``st_mtime_ns`` is another number when the object is another one."""

    st_size: int
    st_mtime_ns: int


@dataclass(frozen=True, slots=True)
class ObjectPath:
    """The address of an object, or of all objects below a name."""

    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", self.address.rstrip("/"))

    def __str__(self) -> str:
        return self.address

    def __truediv__(self, name: str) -> ObjectPath:
        return ObjectPath(f"{self.address}/{name}")

    def __lt__(self, other: ObjectPath) -> bool:
        return self.address < other.address

    @property
    def _pure(self) -> PurePosixPath:
        return PurePosixPath(self.address.partition(_PARTED)[2])

    @property
    def name(self) -> str:
        """Return the last part of the address."""
        return self._pure.name

    @property
    def suffix(self) -> str:
        """Return what the name ends with: ".gz"."""
        return self._pure.suffix

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the parts of the address, from the bucket on."""
        return self._pure.parts

    @property
    def parent(self) -> ObjectPath:
        """Return what this is in."""
        return ObjectPath(self.address.rpartition("/")[0])

    def absolute(self) -> ObjectPath:
        """Return this: an address says all."""
        return self

    resolve = absolute

    def with_name(self, name: str) -> ObjectPath:
        """Return what stands beside this under a name."""
        return self.parent / name

    def is_relative_to(self, other: object) -> bool:
        """Say whether this is below another address, or that one itself."""
        above = str(other).rstrip("/")
        return self.address == above or self.address.startswith(f"{above}/")

    # -- what is there -----------------------------------------------------------------------------------------------

    def exists(self) -> bool:
        """Say whether there is an object here, or some below."""
        return bool(self._try(lambda fs: fs.exists(self.address)))

    def is_file(self) -> bool:
        """Say whether there is an object here."""
        return self._is("file")

    def is_dir(self) -> bool:
        """Say whether there are objects below."""
        return self._is("directory")

    def _is(self, kind: str) -> bool:
        """Say whether something of a kind is here. What clients say themselves is "no" where they could not ask."""
        try:
            return bool(self._try(lambda fs: fs.info(self.address)["type"] == kind))
        except FileNotFoundError:
            return False

    def stat(self) -> Facts:
        """Return the size of an object and what changes with it.

        Raises:
            FileNotFoundError: there is none.
        """

        def look(fs: AbstractFileSystem) -> Facts:
            mark = blake2b(str(fs.ukey(self.address)).encode(), digest_size=7).digest()
            return Facts(int(fs.size(self.address) or 0), int.from_bytes(mark))

        return self._try(look)

    def files(self) -> Iterator[ObjectPath]:
        """Yield the objects below this name, in the order of their addresses."""
        scheme = self.address.partition(_PARTED)[0]
        found = cast("list[str]", self._try(lambda fs: fs.find(self.address)))
        for one in sorted(found):
            path = one if _PARTED in one else f"{scheme}{_PARTED}{one.lstrip('/')}"
            yield ObjectPath(path)

    # -- reading and writing -----------------------------------------------------------------------------------------

    def open(self, mode: str = "rb", buffering: int = BLOCK) -> BinaryIO:
        """Open an object to be read, so many bytes at a time; 0 for just what is asked for.

        Raises:
            FileNotFoundError: there is none.
        """
        assert mode == "rb", mode
        return ranged(self._range, self.stat().st_size, buffering)

    def _range(self, start: int, end: int) -> bytes:
        return self._try(lambda fs: cast("bytes", fs.cat_file(self.address, start=start, end=end)))

    def read_bytes(self) -> bytes:
        """Return all of an object.

        Raises:
            FileNotFoundError: there is none.
        """
        return self._try(lambda fs: cast("bytes", fs.cat_file(self.address)))

    def put(self, file: Path) -> None:
        """Make a file of this machine the object, whole at once."""
        self._try(lambda fs: fs.put_file(os.fspath(file), self.address))

    def write_bytes(self, content: bytes) -> None:
        """Make some bytes the object, whole at once."""
        self._try(lambda fs: fs.pipe_file(self.address, content))

    def unlink(self, missing_ok: bool = False) -> None:
        """Remove an object; whether it is there makes no difference to a store."""
        if self.exists() or not missing_ok:
            self._try(lambda fs: fs.rm_file(self.address))

    def remove(self) -> None:
        """Remove all objects below this name."""
        self._try(lambda fs: fs.rm(self.address, recursive=True) if fs.exists(self.address) else None)

    def _try(self, step: Callable[[AbstractFileSystem], T]) -> T:
        scheme, pause = self.address.partition(_PARTED)[0], PAUSE
        for left in reversed(range(TRIES)):
            try:
                done = step(_filesystem(scheme))
            except Exception as error:
                if isinstance(error, PlaceUnusable) or (isinstance(error, FileNotFoundError) and not _no_bucket(error)):
                    raise
                reason = _reason(error)
                # A store that never answered is a wrong address rather than a short trouble, and its client has tried already.
                if reason in _LASTING or not left or (reason == "unreachable" and scheme not in _ANSWERED):
                    raise self._unusable(reason, error) from error
            else:
                _ANSWERED.add(scheme)
                return done
            time.sleep(pause)
            pause *= 2
        raise AssertionError("it was tried")

    def _unusable(self, reason: str, error: Exception) -> PlaceUnusable:
        """Return what is raised for an error of the client."""
        if reason == "bucket":
            scheme, _, rest = self.address.partition(_PARTED)
            return PlaceUnusable(f"{scheme}{_PARTED}{rest.partition('/')[0]}", reason)
        told = self._closer() if reason == "denied" else None
        told = told if told and _reason(told) in ("denied", "credentials") else error
        return PlaceUnusable(self.address, _reason(told), str(told) or type(told).__name__)

    def _closer(self) -> Exception | None:
        """Return why an object cannot be read: to what asks whether it is there, a store that refuses gives no reason."""
        try:
            _filesystem(self.address.partition(_PARTED)[0]).cat_file(self.address, start=0, end=1)
        except Exception as error:
            return error
        return None


class Ranged(io.RawIOBase):
    """Bytes that stand elsewhere, fetched range by range, [start, end)."""

    def __init__(self, fetch: Callable[[int, int], bytes], size: int) -> None:
        self._fetch, self._size, self._at = fetch, size, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from anywhere."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a place and return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Return where this is."""
        return self._at

    def readall(self) -> bytes:
        """Fetch all that is left, block by block: what this is inherited from would ask for a few KB at a time."""
        pieces = []
        while self._at < self._size:
            end = min(self._at + BLOCK, self._size)
            pieces.append(self._fetch(self._at, end))
            self._at += len(pieces[-1])
            if not pieces[-1]:  # it has become shorter
                break
        return b"".join(pieces)

    def readinto(self, buffer: Buffer, /) -> int:
        """Fetch what fits."""
        room = memoryview(buffer)
        end = min(self._at + len(room), self._size)
        if end <= self._at:
            return 0
        content = self._fetch(self._at, end)
        room[: len(content)] = content
        self._at += len(content)
        return len(content)


def ranged(fetch: Callable[[int, int], bytes], size: int, buffering: int) -> BinaryIO:
    """Return a file of bytes that are fetched range by range, ``buffering`` of them at a time."""
    raw = Ranged(fetch, size)
    return cast("BinaryIO", io.BufferedReader(raw, buffering) if buffering else raw)


#: A file or folder of this machine, or of an object store.
Place: TypeAlias = Path | ObjectPath


def is_store(given: str) -> bool:
    """Say whether something given by a person is an address in a store of objects, and nothing else that stands on the network."""
    return is_object(given) and given.partition(_PARTED)[0] in _STORES


def is_object(given: str) -> bool:
    """Say whether something given by a person is an address in an object store."""
    scheme, parted, rest = given.partition(_PARTED)
    return bool(parted and rest and scheme.isalnum() and scheme not in ("http", "https", "file"))


def place(given: str) -> Place:
    """Return what a path or an address names."""
    return ObjectPath(given) if is_object(given) else Path(given)


def seekable(where: Place) -> str | BinaryIO:
    """Return what a library opens that reads here and there in a file."""
    return where.open("rb", 0) if isinstance(where, ObjectPath) else os.fspath(where)


@contextmanager
def whole(where: Place) -> Iterator[Path]:
    """Give a file of this machine to be written; when the block ends well, its content stands at a place, whole at once.

    Raises:
        OSError: there is no room, or the folder cannot be written.
        PlaceUnusable: the object store does not take it.
    """
    if isinstance(where, ObjectPath):
        with TemporaryDirectory(prefix="tawatur-") as folder:
            part = Path(folder) / where.name
            yield part
            where.put(part)
        return
    where.parent.mkdir(parents=True, exist_ok=True)
    part = where.with_name(f".{where.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(where)
    finally:
        part.unlink(missing_ok=True)


def remove(folder: Place) -> None:
    """Remove a folder with all in it."""
    if isinstance(folder, ObjectPath):
        folder.remove()
    else:
        shutil.rmtree(folder)


@lru_cache(maxsize=8)
def _filesystem(scheme: str) -> AbstractFileSystem:
    """Return the client of an object store. It is told where and who by the variables that the store's own tools know.

    Raises:
        PlaceUnusable: there is no client for addresses of this scheme, or it is not installed.
    """
    try:
        import fsspec

        # Other processes write there meanwhile: no list is remembered.
        return fsspec.filesystem(scheme, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise PlaceUnusable(f"{scheme}{_PARTED}", "plugin", str(error)) from error


#: The schemes of the stores that have answered in this process.
_ANSWERED: set[str] = set()
#: What does not pass by trying again.
_LASTING = frozenset({"bucket", "missing", "denied", "credentials", "plugin"})
_OF_CODES = {
    "NoSuchBucket": "bucket",
    "NoSuchKey": "missing",
    "404": "missing",
    "AccessDenied": "denied",
    "403": "denied",
    "InvalidAccessKeyId": "credentials",
    "InvalidToken": "credentials",
    "ExpiredToken": "credentials",
    "SignatureDoesNotMatch": "credentials",
}


def _reason(error: BaseException) -> str:
    """Return why an object store could not be used, by the classes and codes of its client: it is known by name alone here."""
    for one in _chain(error):
        if (code := _code(one)) in _OF_CODES:
            return _OF_CODES[code]
    for one in _chain(error):
        names = {kind.__name__ for kind in type(one).__mro__}
        if names & {"NoCredentialsError", "PartialCredentialsError", "DefaultCredentialsError", "RefreshError"}:
            return "credentials"
        if isinstance(one, FileNotFoundError):
            return "missing"
        if isinstance(one, PermissionError):
            return "denied"
        if names & {"EndpointConnectionError", "ConnectionError", "ClientConnectorError", "ConnectTimeoutError"}:
            return "unreachable"
    return "failed"


def _no_bucket(error: BaseException) -> bool:
    """Say whether not only an object is missing, but all that it would be in."""
    return any(_code(one) == "NoSuchBucket" for one in _chain(error))


def _code(error: BaseException) -> str:
    """Return the code of an answer of a store, "" where an error is none."""
    response = getattr(error, "response", None)
    return str(response.get("Error", {}).get("Code", "")) if isinstance(response, dict) else ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
