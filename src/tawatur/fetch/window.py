"""A window that slides over the bytes of an archive: as much of them as one record takes, and no more, is held."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tawatur.fetch.members import Begins, Gap, Piece

#: How much is held while something is looked for, beyond which the window moves on.
_LOOK = 1 << 18
#: What was passed is thrown away when it is this much.
_PASSED = 1 << 20
#: No record's mark is longer.
_OVERLAP = 1 << 14


class Window:
    """Bytes that are looked at before they are taken, stretch by stretch.

    A *stretch* is what records stand in one behind another. It ends with the file, where something is missing, and where a
    packed member begins with a record: no record reaches over that.
    """

    def __init__(self, pieces: Iterator[Piece | Gap], begins: Begins, *, size: int | None = None) -> None:
        """``size`` is how many bytes there are in all, where that is known: of a file that is not packed."""
        self._pieces, self._begins, self._size = pieces, begins, size
        self._next: Piece | Gap | None = next(pieces, None)
        self._buffer, self._at = bytearray(), 0
        self._members: list[
            tuple[int, int, int]
        ] = []  # where in the buffer which member begins, and how far into it that is
        self._whole = False  # whether the buffer reaches to the end of the stretch
        self.broken = ""  # why the stretch ends where it does, known once its end has been looked at

    def stretch(self) -> bool:
        """Move to the next stretch; say whether there is one."""
        self._buffer.clear()
        self._members.clear()
        self._at, self._whole, self.broken = 0, False, ""
        if self._next is None:
            return False
        self._read()
        return True

    def _read(self) -> None:
        """Take one more piece into the buffer, or find that the stretch ends."""
        piece = self._next
        if piece is None or self._opens(piece):
            self._whole = True
            return
        if isinstance(piece, Gap):
            self.broken, self._whole = piece.reason, True
            self._members = self._members or [(0, piece.member, 0)]
        else:
            if not self._members or piece.within == 0:
                self._members.append((len(self._buffer), piece.member, piece.within))
            self._buffer += piece.content
        self._next = next(self._pieces, None)

    def _opens(self, piece: Piece | Gap) -> bool:
        """Say whether a stretch that is not this one begins here."""
        if not self._members:
            return False
        if isinstance(piece, Gap):
            return piece.member != self._members[-1][1]
        return piece.within == 0 and self._begins(piece.content)

    def fill(self, count: int) -> bool:
        """Say whether the stretch has so many bytes from here on, having looked at them."""
        while len(self._buffer) - self._at < count and not self._whole:
            self._read()
        return len(self._buffer) - self._at >= count

    def peek(self, start: int, end: int) -> bytes:
        """Return the bytes from ``start`` to ``end``, counted from here, as far as the stretch goes."""
        self.fill(end)
        return bytes(self._buffer[self._at + start : self._at + end])

    def until(self, pattern: re.Pattern[bytes], most: int) -> bytes | None:
        """Return the bytes from here to the end of what a pattern finds within the next ``most`` bytes; None without that."""
        size = 1 << 10
        while True:
            self.fill(min(size, most))
            if found := pattern.search(self._buffer, self._at, self._at + min(size, most)):
                return bytes(self._buffer[self._at : found.end()])
            if size >= most or (self._whole and size >= len(self._buffer) - self._at):
                return None
            size *= 4

    def skip(self, count: int) -> bool:
        """Move on by so many bytes, holding few of them; say whether there were so many."""
        while count > 0 and (step := min(count, _LOOK)):
            if not self.fill(step):
                self._at = len(self._buffer)
                return False
            self._at += step
            count -= step
            self._forget()
        return True

    def seek(self, mark: re.Pattern[bytes]) -> bool:
        """Move on, by at least one byte, to what the first group of a pattern finds; say whether that was found."""
        self._at = min(self._at + 1, len(self._buffer))
        while True:
            self.fill(_LOOK)
            if found := mark.search(self._buffer, self._at):
                self._at = found.start(1)
                return True
            if self._whole:
                self._at = len(self._buffer)
                return False
            self._at = max(self._at, len(self._buffer) - _OVERLAP)
            self._forget()

    def _forget(self) -> None:
        if self._at >= _PASSED:
            self._members = [
                *[one for one in self._members if one[0] <= self._at][-1:],
                *[one for one in self._members if one[0] > self._at],
            ]
            self._members = [(start - self._at, member, within) for start, member, within in self._members]
            del self._buffer[: self._at]
            self._at = 0

    def beyond(self, count: int) -> bool:
        """Say whether so many bytes from here on are certainly more than there are."""
        return self._size is not None and self._offset[1] + count > self._size

    @property
    def place(self) -> str:
        """Where this is: the offset in the file, of the member where it is packed, and with "+" how far into the member."""
        member, within = self._offset
        if member < 0:
            return str(within)
        return f"{member}+{within}" if within else str(member)

    @property
    def _offset(self) -> tuple[int, int]:
        start, member, within = next(one for one in reversed(self._members) if one[0] <= self._at)
        return member, self._at - start + within
