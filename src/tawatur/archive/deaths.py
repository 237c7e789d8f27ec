"""Documents that kill whoever works on them: found by a note of the document in hand.

Where workers were killed again and again at the same document, while the run itself lived, that one is passed over. On a disk
each document is noted before it is begun. In an object store a note takes longer than many a document: there a worker notes every
few seconds where it is, and each document only once a worker has died in the same shard.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tawatur.objects import ObjectPath, Place

#: How often workers may die at a document before it is taken for the cause.
DEATHS = 3
#: Seconds between notes in an object store.
EVERY = 5.0


@dataclass(frozen=True, slots=True)
class Deaths:
    """A note of the document in hand, by which those that follow know where a worker died: "START POSITION" for each begin.

    Only deaths in the same start of the run count: whoever ends the run itself ends workers at any document.
    """

    path: Place
    start: str

    @contextmanager
    def noting(self) -> Iterator[tuple[set[int], Callable[[int], None]]]:
        """Give the documents that are deadly, and what notes the next one."""
        if isinstance(self.path, ObjectPath):
            known = _lines(self.path)
            yield _deadly(known, self.start, DEATHS - 1), ObjectNote(self.path, known, f"{self.start} ")
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        known = _lines(self.path)
        with open(self.path, "ab") as file:
            yield _deadly(known, self.start, DEATHS), Note(file.fileno(), f"{self.start} ")

    def forget(self) -> None:
        """Forget all notes: the work is done."""
        self.path.unlink(missing_ok=True)


def _lines(path: Place) -> list[str]:
    return path.read_bytes().decode().splitlines() if path.exists() else []


def _deadly(known: list[str], start: str, most: int) -> set[int]:
    deaths = Counter(known)
    return {int(line.split(" ")[1]) for line, count in deaths.items() if count >= most and line.startswith(f"{start} ")}


@dataclass(slots=True)
class ObjectNote:
    """Writes the notes anew with a line that names the document in hand: each one where a worker died before, else now and then.

    The first death tells only about where it was, so that one less at the same document is enough.
    """

    path: ObjectPath
    known: list[str]
    opening: str
    again: float = 0.0  # when it is to be noted again

    def __call__(self, position: int) -> None:
        """Note the document in hand."""
        now = time.monotonic()
        if now >= self.again:
            self.again = now if any(line.startswith(self.opening) for line in self.known) else now + EVERY
            self.path.write_bytes("\n".join([*self.known, f"{self.opening}{position}", ""]).encode())


@dataclass(slots=True)
class Note:
    """Writes a line that names the document in hand over the one before, at the end of a file: one small write."""

    file: int
    opening: str
    at: int = -1

    def __call__(self, position: int) -> None:
        """Note the document in hand."""
        if self.at < 0:
            self.at = os.lseek(self.file, 0, os.SEEK_END)
        os.ftruncate(self.file, self.at)
        os.write(self.file, f"{self.opening}{position}\n".encode())
