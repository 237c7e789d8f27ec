"""Documents out of files and folders. What cannot be read becomes a ``Rejected`` that names the file, the place, the reason."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import msgspec

from tawatur.extract.decode import is_binary
from tawatur.extract.kinds import detect
from tawatur.fetch import parquet, saved, warc
from tawatur.fetch.parts import WHOLE, Part
from tawatur.fetch.unpack import Broken, Watch, lines, pieces
from tawatur.fetch.values import values
from tawatur.fetch.warc import Pass
from tawatur.model import Kind, OutletKey, Outlets, RawDocument, Rejected
from tawatur.objects import ObjectPath, Place, is_object

#: The largest single document, unpacked, in bytes. The largest news pages seen are a few MB.
MAX_DOCUMENT = 32 << 20
_LINES = re.compile(r"\.(?:jsonl|ndjson|jsonlines)(?:\.(?:gz|zst))?$", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the reader says about everything read at once."""

    collected: datetime
    outlets: Outlets
    published: date | None = None


def walk(paths: Iterable[str]) -> Iterator[Place | Rejected]:
    """Yield the files that some paths name, folders in sorted order without hidden files, and what cannot be one.

    Raises:
        PlaceUnusable: an address in an object store cannot be used.
    """
    for given in paths:
        if is_object(given):
            yield from _objects(ObjectPath(given))
            continue
        path = Path(given)
        if path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            yield path
        else:
            yield Rejected(origin=given, reason="not_a_file" if path.exists() else "path_not_found")


def size(path: Place) -> int:
    """Return how many bytes a file has, 0 of one that has gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _objects(given: ObjectPath) -> Iterator[ObjectPath | Rejected]:
    """Yield an object, or all below an address that are neither hidden nor tell of a page beside them."""
    if given.is_file():
        yield given
        return
    below = len(given.parts)
    found = [one for one in given.files() if not any(part.startswith(".") for part in one.parts[below:])]
    if not found:
        yield Rejected(origin=str(given), reason="nothing_readable" if given.exists() else "path_not_found")
    for _, folder in groupby(found, key=lambda one: one.parent.address):
        held = list(folder)
        names = {one.name for one in held}
        yield from (one for one in held if not saved.is_beside(one.name, names))


def _folder(folder: Path) -> Iterator[Path | Rejected]:
    found = False
    for one in _inside(folder):
        found = True
        yield one
    if not found:
        yield Rejected(origin=str(folder), reason="nothing_readable")


def _inside(folder: Path) -> Iterator[Path | Rejected]:
    """Yield the files in and below a folder, holding only the names of those on the way; links to folders are not followed."""
    try:
        with os.scandir(folder) as entries:
            seen = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries if _shown(entry)]
    except OSError as error:
        yield Rejected(origin=str(folder), reason="unreadable", detail=error.strerror or str(error))
        return
    files = {name for name, is_folder in seen if not is_folder}
    for name in sorted(files):
        if not saved.is_beside(name, files):
            yield folder / name
    for name in sorted(name for name, is_folder in seen if is_folder):
        yield from _inside(folder / name)


def _shown(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry of a folder is a file or a folder, and not hidden; a link that leads nowhere is neither."""
    try:
        return not entry.name.startswith(".") and (entry.is_file() or entry.is_dir(follow_symlinks=False))
    except OSError:  # such as a link to itself
        return False


def read(
    path: Place,
    given: Given,
    *,
    watch: Watch = lambda _: None,
    passed: Pass = lambda _: None,
    part: Part = WHOLE,
) -> Iterator[RawDocument | Rejected]:
    """Yield the documents of one file: of an archive, a table or a list of articles each one, else the file itself.

    ``watch`` is told of bytes read, ``passed`` of each record of an archive that is passed over. ``part`` takes some of them, so
    that all parts together give each once.
    """
    try:
        head = _head(path)
        if warc.is_archive(path.name, head):
            yield from warc.read(path, given.collected, watch=watch, passed=passed, part=part)
        elif parquet.is_table(path.name, head):
            yield from parquet.read(path, given.collected, given.published, watch=watch, part=part)
        else:
            found = enumerate(_documents(path, head, given, watch))
            yield from (item for position, item in found if part.has(position))
    except OSError as error:
        if part.number == 0:
            yield Rejected(origin=str(path), reason="unreadable", detail=error.strerror or str(error))


def _documents(path: Place, head: bytes, given: Given, watch: Watch) -> Iterator[RawDocument | Rejected]:
    """Yield the documents of a file that is neither an archive nor a table. It cannot be cut."""
    if _LINES.search(path.name):
        return _lines(path, given, watch)
    if detect(head, _unpacked_name(path)) is Kind.JSONL:
        return _lines(path, given, watch) if _one_a_line(path) else _values(path, given, watch)
    return _single(path, given, watch)


def _head(path: Place) -> bytes:
    """Return a file's first bytes, unpacked."""
    try:
        return next((piece for piece in pieces(path, lambda _: None) if piece), b"")
    except Broken:
        return b""


def _unpacked_name(path: Place) -> str:
    return re.sub(r"\.(?:gz|zst)$", "", path.name, flags=re.IGNORECASE)


def _lines(path: Place, given: Given, watch: Watch) -> Iterator[RawDocument | Rejected]:
    number, found = 0, False
    try:
        for number, line in lines(pieces(path, watch)):
            content = line if line is None else line.removeprefix(_BOM).strip()
            if content != b"":
                found = True
                yield _record(f"{path}#{number}", content, given)
    except Broken as broken:
        yield Rejected(origin=f"{path}#{number + 1}" if number else str(path), reason=broken.reason)
        return
    if not found:
        yield Rejected(origin=str(path), reason="empty")


def _values(path: Place, given: Given, watch: Watch) -> Iterator[RawDocument | Rejected]:
    """Yield the articles of one JSON array, or of JSON objects that take several lines each."""
    number = 0
    try:
        for number, value in enumerate(values(pieces(path, watch)), 1):
            content = value if value is None else value.replace(b"\n", b" ").replace(b"\r", b" ")
            yield _record(f"{path}#item={number}", content, given)
    except Broken as broken:
        yield Rejected(origin=f"{path}#item={number + 1}" if number else str(path), reason=broken.reason)
        return
    if not number:
        yield Rejected(origin=str(path), reason="bad_json")


def _record(origin: str, content: bytes | None, given: Given) -> RawDocument | Rejected:
    """Return the document of one article of many; None is one that is too large."""
    if content is None:
        return Rejected(origin=origin, reason="too_large")
    return RawDocument(
        content=content, origin=origin, kind=Kind.JSONL, collected=given.collected, published=given.published
    )


def _one_a_line(path: Place) -> bool:
    """Say whether the first line of JSON is a whole object, and not an array or the beginning of a value that takes many lines."""
    try:
        first = next((line for _, line in lines(pieces(path, lambda _: None)) if line is None or line.strip()), None)
        return isinstance(msgspec.json.decode((first or b"").removeprefix(_BOM)), dict)
    except (msgspec.DecodeError, Broken):
        return False


def _single(path: Place, given: Given, watch: Watch) -> Iterator[RawDocument | Rejected]:
    content = bytearray()
    try:
        for piece in pieces(path, watch):
            content += piece
            if len(content) > MAX_DOCUMENT:
                raise Broken("too_large")
    except Broken as broken:
        yield Rejected(origin=str(path), reason=broken.reason)
        return
    found = document(str(path), bytes(content), given, outlet=_outlet(path, given.outlets))
    yield found if isinstance(found, Rejected) else _with_its_place(found, path)


def _with_its_place(page: RawDocument, path: Place) -> RawDocument:
    """Return a saved page with what the files beside it, its first lines and the folders around it say of it."""
    told = saved.told(path, page.content if page.kind is Kind.HTML else b"")
    return replace(
        page,
        url=told.url,
        charset=told.charset,
        collected=min(told.collected or page.collected, page.collected),
        published=page.published or told.published,
    )


def document(origin: str, content: bytes, given: Given, *, outlet: OutletKey | None = None) -> RawDocument | Rejected:
    """Return one document of unpacked bytes. ``origin`` is the path they stand at; its name helps to tell their kind."""
    name = _unpacked_name(Path(origin))
    if not content.removeprefix(_BOM).strip():
        return Rejected(origin=origin, reason="empty")
    if (kind := detect(content, name)) is None:
        reason = "binary" if is_binary(content) else "unknown_kind"
        return Rejected(origin=origin, reason=reason, detail=Path(name).suffix)
    return RawDocument(
        content=content,
        origin=origin,
        kind=kind,
        collected=given.collected,
        published=given.published,
        outlet=outlet,
    )


def _outlet(path: Place, outlets: Outlets) -> OutletKey | None:
    """Return the outlet that the file's folder is named after."""
    outlet = outlets.get(path.absolute().parent.name)
    return outlet.key if outlet else None
