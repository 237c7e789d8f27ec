"""The memory of a worker, held to a bound whatever the size of the archive.

What was worked out of a word is remembered by many functions, which makes them fast; over years of news those are all
words there are. A worker that has grown forgets them at once, and soon remembers the usual ones again.
"""

from __future__ import annotations

import gc
import os
from functools import _lru_cache_wrapper
from pathlib import Path

from tawatur.arabic.remembered import Remembered

#: From so many bytes on a worker forgets, where it has grown by ``GROWN`` since it last did: its models alone take 256 MB.
MOST, GROWN = 360 << 20, 48 << 20
#: Functions that remember fewer answers hold little; those without a bound hold what is loaded once.
MANY = 4096
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Spare:
    """Forgets when it is time."""

    def __init__(self) -> None:
        self._least = MOST

    def __call__(self) -> None:
        """Look at the memory of this process, and forget where it is too much. Called every few hundred articles."""
        if resident() > self._least:
            forget()
            self._least = max(MOST, resident() + GROWN)


#: Of this process.
spare = Spare()


def resident() -> int:
    """Return how many bytes of memory this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def forget() -> None:
    """Forget all answers that are remembered of many questions."""
    for one in gc.get_objects():
        if isinstance(one, Remembered):
            one.clear()
        elif isinstance(one, _lru_cache_wrapper) and (one.cache_parameters()["maxsize"] or 0) >= MANY:
            one.cache_clear()
