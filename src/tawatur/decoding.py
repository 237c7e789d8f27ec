"""Values of JSON as nouns. What is learned of a noun is learned once, by one thread at a time.

msgspec learns a class when it is decoded for the first time; two threads that do so at once bring the whole process down (0.22).
"""

from __future__ import annotations

from threading import Lock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_LEARNING = Lock()
_KNOWN: dict[Any, msgspec.json.Decoder[Any]] = {}


def decoded(text: str | bytes, kind: type[T]) -> T:
    """Return the noun that JSON holds.

    Raises:
        msgspec.DecodeError: it holds none of this kind.
    """
    found: T = _decoder(kind).decode(text)
    return found


def converted(value: object, kind: type[T]) -> T:
    """Return the noun that plain values hold.

    Raises:
        msgspec.ValidationError: they hold none of this kind.
    """
    _decoder(kind)
    return msgspec.convert(value, kind)


def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    known = _KNOWN.get(kind)
    if known is None:
        with _LEARNING:
            known = _KNOWN.setdefault(kind, msgspec.json.Decoder(kind))
    return known
