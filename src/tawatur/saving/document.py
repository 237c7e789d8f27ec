"""What was saved as a JSON document: everything, so that another deployment can take it in again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import msgspec

from tawatur.decoding import converted
from tawatur.reader import ReaderId
from tawatur.saved import Clipping, Saved
from tawatur.store.saved import exported

FORMAT = "tawatur-saved"
VERSION = 1

Entry = tuple[Saved, tuple[Clipping, ...]]


def json_document(entries: Iterable[Entry], *, made: datetime) -> Iterator[str]:
    """Yield the document piece by piece, so that a long one is never held whole. No word of whose it is stands in it."""
    head = json.dumps({"format": FORMAT, "version": VERSION, "made": made.isoformat()})
    yield head[:-1] + ', "saved": ['
    for at, (saved, clippings) in enumerate(entries):
        values = exported(saved, clippings)
        values.pop("reader")
        yield (",\n" if at else "\n") + json.dumps(values, ensure_ascii=False)
    yield "\n]}\n"


def is_document(found: object) -> bool:
    """Say whether JSON is a document of ours that this release can read."""
    return isinstance(found, dict) and found.get("format") == FORMAT and found.get("version") == VERSION


def entries_of(found: object, reader: ReaderId) -> Iterator[Entry]:
    """Yield what a document holds, as saved by a reader; entries that cannot be read are left out."""
    listed = found.get("saved") if isinstance(found, dict) else None
    for values in listed if isinstance(listed, list) else ():
        try:
            saved = converted(values | {"reader": reader}, Saved)
            clippings = tuple(converted(one, Clipping) for one in values.get("texts", ()))
        except (msgspec.ValidationError, TypeError):
            continue
        yield _named_anew(saved, clippings)


def _named_anew(saved: Saved, clippings: tuple[Clipping, ...]) -> Entry:
    # Where clippings are named by other rules than today's, the names in the document mean nothing.
    return replace(saved, clippings=tuple(dict.fromkeys(one.id for one in clippings))), clippings
