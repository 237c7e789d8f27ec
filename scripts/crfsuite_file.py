"""Read the weights out of a model of crfsuite, whose form is that of version 100 of its files ("lCRF").

A header of 48 bytes; the features, each a kind (0: of a token, 1: of two labels), a source, a label, and a weight as a double; and
two lists of strings with their numbers, of the labels and of the attributes of tokens.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

from tawatur.understand.crf import Numbers, Weights

_HEADER = struct.Struct("<4sI4s9I")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_STRINGS = struct.Struct("<4s5I")
_RECORD = struct.Struct("<II")


def weights_of(model: bytes) -> Weights:
    """Return the weights of a model of crfsuite, given its file's bytes; ``ValueError`` where they are no such file."""
    magic, _, kind, version, *_, features, labels, attributes, _, _ = _HEADER.unpack_from(model)
    if (magic, kind, version) != (b"lCRF", b"FOMC", 100):
        raise ValueError("no model of crfsuite of version 100")
    names, attribute = _strings(model, labels), _strings(model, attributes)
    transitions = np.zeros((len(names), len(names)))
    found: dict[str, Numbers] = {}
    for of_labels, source, label, weight in _features(model, features):
        if of_labels:
            transitions[source, label] = weight
        else:
            found.setdefault(attribute[source], np.zeros(len(names)))[label] = weight
    return Weights(tuple(names[number] for number in range(len(names))), transitions, found)


def _features(model: bytes, offset: int) -> Iterator[tuple[int, int, int, float]]:
    name, _, count = _CHUNK.unpack_from(model, offset)
    if name != b"FEAT":
        raise ValueError("no features in a model of crfsuite")
    start = offset + _CHUNK.size
    return _FEATURE.iter_unpack(model[start : start + count * _FEATURE.size])


def _strings(model: bytes, offset: int) -> dict[int, str]:
    """Return the strings of a list by their numbers."""
    name, _, _, _, count, index = _STRINGS.unpack_from(model, offset)
    if name != b"CQDB":
        raise ValueError("no strings in a model of crfsuite")
    found: dict[int, str] = {}
    for place in struct.unpack_from(f"<{count}I", model, offset + index):
        if place:
            number, size = _RECORD.unpack_from(model, offset + place)
            start = offset + place + _RECORD.size
            found[number] = model[start : start + size - 1].decode()
    return found
