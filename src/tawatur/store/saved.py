"""What is kept of what readers saved, and the clippings that outlive what they were taken from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from tawatur.reader import ReaderId
from tawatur.saved import Clipping, ClippingId, Saved, SavedId, Wanted


class SavedThings(Protocol):
    """The part of the store's contract that concerns what readers saved.

    A clipping is kept once, as long as anybody's saved thing names it, and goes with the last one.
    """

    def put_saved(self, saved: Saved, *, words: Sequence[str], clippings: Iterable[Clipping] = ()) -> None:
        """Keep a saved thing, in place of the one with its id, in one transaction with new clippings that it names.

        ``words`` are the search keys of all that it is found by, in order.

        Raises:
            ReaderNotFound: nobody has the reader's id.
            ClippingNotFound: it names a clipping that is neither kept nor given.
        """

    def saved(self, reader: ReaderId, saved: SavedId) -> Saved:
        """Return what a reader saved.

        Raises:
            SavedNotFound: this reader has nothing with this id.
        """

    def saved_list(self, reader: ReaderId, wanted: Wanted) -> tuple[Saved, ...]:
        """Return what a reader saved and asks for, in the order that he asks for; equals by their ids."""

    def saved_count(self, reader: ReaderId, wanted: Wanted) -> int:
        """Return how much a list has, whatever its limit."""

    def saved_tags(self, reader: ReaderId) -> Mapping[str, int]:
        """Return a reader's tags, by name, each with how often it was given."""

    def drop_saved(self, reader: ReaderId, saved: SavedId) -> None:
        """Forget what a reader saved; an unknown one is none."""

    def clippings(self, ids: Iterable[ClippingId]) -> tuple[Clipping, ...]:
        """Return those of some clippings that are kept, in the order in which they are asked for."""


def exported(saved: Saved, clippings: Iterable[Clipping]) -> dict[str, object]:
    """Return a saved thing with its clippings, as ``texts``, as values that JSON has."""
    return {"id": saved.id} | _plain(saved) | {"texts": [_plain(one) for one in clippings]}


def _plain(value: object) -> dict[str, object]:
    found: dict[str, object] = msgspec.json.decode(msgspec.json.encode(value))
    return found
