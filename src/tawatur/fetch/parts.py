"""A part of a file that several processes read: which of its documents, or of its bytes, are one's own."""

from __future__ import annotations

from dataclasses import dataclass

#: How many documents in a row are of one part where a file is read whole for each.
PIECE = 16


@dataclass(frozen=True, slots=True)
class Part:
    """The part with a number, from 0, of so many."""

    number: int = 0
    of: int = 1

    def has(self, position: int) -> bool:
        """Say whether the document at a position of the file, from 0, is of this part: for files that cannot be cut."""
        return position // PIECE % self.of == self.number

    def span(self, size: int) -> range:
        """Return which of so many bytes, or of so many of anything in a row, are of this part."""
        return range(size * self.number // self.of, size * (self.number + 1) // self.of)


WHOLE = Part()
