"""What parts of the store in memory that hold rows of readers stand on."""

from __future__ import annotations

from tawatur.reader import ReaderId


class MemoryBase:
    """Nothing is kept here; each part extends both methods by what it keeps."""

    def export(self, reader: ReaderId) -> dict[str, object]:
        """Return what is kept of a reader, by concern."""
        return {}

    def forget(self, reader: ReaderId) -> None:
        """Forget what is kept of a reader, as ``ON DELETE CASCADE`` does in a file."""
