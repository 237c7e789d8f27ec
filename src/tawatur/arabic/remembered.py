"""Answers about words that are met again and again, kept: a look-up in a dictionary, and nothing else, for a word that is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(dict[str, T], Generic[T]):
    """What a function says of each word, as ``remembered[word]``: for what every word of every text is asked for.

    ``functools.lru_cache`` notes at each question which word was asked for last, which costs more than the answer. Here the half
    that was learned first is forgotten where more than ``most`` words are known; of these the usual ones come back at once.
    """

    def __init__(self, function: Callable[[str], T], most: int) -> None:
        """Take what is asked, and how many answers are kept at most."""
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, word: str) -> T:
        found = self._function(word)
        if len(self) >= self._most:
            for old in list(self)[: self._most // 2]:
                self.pop(old, None)
        self[word] = found
        return found
