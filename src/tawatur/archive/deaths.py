"""Documents that kill whoever works on them: found by a note of the document in hand.

Where workers were killed again and again at the same document, while the run itself lived, that one is passed over.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: How often workers may die at a document before it is taken for the cause.
DEATHS = 3


@dataclass(frozen=True, slots=True)
class Deaths:
    """A note of the document in hand, by which those that follow know where a worker died: "START POSITION" for each begin.

    Only deaths in the same start of the run count: whoever ends the run itself ends workers at any document.
    """

    path: Path
    start: str

    @contextmanager
    def noting(self) -> Iterator[tuple[set[int], Note]]:
        """Give the documents that are deadly, and what notes the next one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        known = self.path.read_text().splitlines() if self.path.exists() else []
        deaths = Counter(tuple(line.split(" ")) for line in known)
        with open(self.path, "ab") as file:
            yield (
                {int(at) for (start, at), count in deaths.items() if (start, count >= DEATHS) == (self.start, True)},
                Note(file.fileno(), f"{self.start} "),
            )

    def forget(self) -> None:
        """Forget all notes: the work is done."""
        self.path.unlink(missing_ok=True)


@dataclass(slots=True)
class Note:
    """Writes a line that names the document in hand over the one before, at the end of a file: one small write."""

    file: int
    opening: str
    at: int = -1

    def __call__(self, position: int) -> None:
        if self.at < 0:
            self.at = os.lseek(self.file, 0, os.SEEK_END)
        os.ftruncate(self.file, self.at)
        os.write(self.file, f"{self.opening}{position}\n".encode())
