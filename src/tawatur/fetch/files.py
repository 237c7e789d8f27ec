"""Documents out of files and folders. What cannot be read becomes a ``Rejected`` that names the file, the line, the reason."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from tawatur.extract.decode import is_binary
from tawatur.extract.kinds import detect
from tawatur.fetch.unpack import Broken, Watch, lines, pieces
from tawatur.model import Kind, OutletKey, Outlets, RawDocument, Rejected

#: The largest single document, unpacked, in bytes. The largest news pages seen are a few MB.
MAX_DOCUMENT = 32 << 20
_CONTAINER = re.compile(r"\.(?:jsonl|ndjson)(?:\.(?:gz|zst))?$", re.IGNORECASE)
_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
#: Kinds that are known and not read yet, by how their first bytes or their name tell them.
_LATER = ((b"WARC/", ".warc", "not_yet_warc"), (b"PAR1", ".parquet", "not_yet_parquet"))
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the reader says about everything read at once."""

    collected: datetime
    outlets: Outlets
    published: date | None = None


def walk(paths: Iterable[str]) -> Iterator[Path | Rejected]:
    """Yield the files that some paths name, folders in sorted order without hidden files, and what cannot be one."""
    for given in paths:
        path = Path(given)
        if _ADDRESS.match(given):
            yield Rejected(origin=given, reason="not_yet_url")
        elif path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            yield path
        else:
            yield Rejected(origin=given, reason="not_a_file" if path.exists() else "path_not_found")


def _folder(folder: Path) -> Iterator[Path | Rejected]:
    found = False
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                found = True
                yield path
    if not found:
        yield Rejected(origin=str(folder), reason="nothing_readable")


def read(path: Path, given: Given, *, watch: Watch = lambda _: None) -> Iterator[RawDocument | Rejected]:
    """Yield the documents of one file: each line of a container, else the file. ``watch`` is told of bytes read."""
    try:
        if _CONTAINER.search(path.name):
            yield from _lines(path, given, watch)
        else:
            yield from _single(path, given, watch)
    except OSError as error:
        yield Rejected(origin=str(path), reason="unreadable", detail=error.strerror or str(error))


def _lines(path: Path, given: Given, watch: Watch) -> Iterator[RawDocument | Rejected]:
    number, found = 0, False
    try:
        for number, line in lines(pieces(path, watch)):
            origin = f"{path}#{number}"
            if line is None:
                found = True
                yield Rejected(origin=origin, reason="too_large")
            elif content := line.removeprefix(_BOM).strip():
                found = True
                yield RawDocument(
                    content=content,
                    origin=origin,
                    kind=Kind.JSONL,
                    collected=given.collected,
                    published=given.published,
                )
    except Broken as broken:
        yield Rejected(origin=f"{path}#{number + 1}" if number else str(path), reason=broken.reason)
        return
    if not found:
        yield Rejected(origin=str(path), reason="empty")


def _single(path: Path, given: Given, watch: Watch) -> Iterator[RawDocument | Rejected]:
    content = b""
    try:
        for piece in pieces(path, watch):
            content += piece
            if len(content) > MAX_DOCUMENT:
                raise Broken("too_large")
    except Broken as broken:
        yield Rejected(origin=str(path), reason=broken.reason)
        return
    found = document(str(path), content, given, outlet=_outlet(path, given.outlets))
    if isinstance(found, RawDocument) and found.kind is Kind.JSONL:
        if _one_a_line(content):
            yield from _lines(path, given, lambda _: None)
        else:
            yield Rejected(origin=str(path), reason="json_not_lines")
    else:
        yield found


def document(origin: str, content: bytes, given: Given, *, outlet: OutletKey | None = None) -> RawDocument | Rejected:
    """Return one document of unpacked bytes. ``origin`` is the path they stand at; its name helps to tell their kind."""
    name = re.sub(r"\.(?:gz|zst)$", "", Path(origin).name)
    if reason := _unfit(content, name):
        return Rejected(origin=origin, reason=reason)
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


def _unfit(content: bytes, name: str) -> str | None:
    """Return why bytes cannot be a document whatever is in them, or None."""
    if not content.removeprefix(_BOM).strip():
        return "empty"
    return next(
        (reason for magic, suffix, reason in _LATER if content.startswith(magic) or name.endswith(suffix)), None
    )


def _one_a_line(content: bytes) -> bool:
    """Say whether the first line of JSON is a whole value, and not the beginning of one that takes many lines."""
    first = next((line for line in content.removeprefix(_BOM).splitlines() if line.strip()), b"")
    try:
        msgspec.json.decode(first)
    except msgspec.DecodeError:
        return False
    return True


def _outlet(path: Path, outlets: Outlets) -> OutletKey | None:
    """Return the outlet that the file's folder is named after."""
    outlet = outlets.get(path.absolute().parent.name)
    return outlet.key if outlet else None
