"""Read the language data files of the package: the only file access of the pure half, and read-only.

A data file is UTF-8 text, one entry a line; fields are separated by tabs; "#" starts a comment; blank lines count for nothing. A
file whose name ends in ".gz" is packed.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

#: Words that a function remembers which is asked word by word. There are a score of such functions, and each takes 200 bytes for
#: a word. Of the 270 words of an article 12 are not among the last so many; 22 would not be among half as many, 7 among twice.
REMEMBERED = 1 << 16


def content(package: str, path: str) -> bytes:
    """Return the bytes of a file of a package ("tawatur.understand", "models/names.npz")."""
    return files(package).joinpath(path).read_bytes()


@cache
def lines(package: str, name: str) -> tuple[str, ...]:
    """Return the entries of ``data/<name>`` of a package ("tawatur.arabic"), without comments and blank lines."""
    packed = content(package, f"data/{name}")
    text = (gzip.decompress(packed) if name.endswith(".gz") else packed).decode("utf-8")
    stripped = (line.split("#", 1)[0].rstrip() for line in text.splitlines())
    return tuple(line for line in stripped if line.strip())


@cache
def rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the entries of a data file as tuples of their tab-separated fields."""
    return tuple(tuple(field.strip() for field in line.split("\t")) for line in lines(package, name))
