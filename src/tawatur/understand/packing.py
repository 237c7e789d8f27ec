"""Pack the sentences of an article into the sequences that the encoder reads, and number what it sees of each word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tawatur.understand.name_features import hints
from tawatur.understand.pieces import END, START, Pieces
from tawatur.understand.tokens import Sentence

#: Words and pieces of the longest sequence: as many as in training.
WORDS, PIECES = 60, 160


@dataclass
class Sequenced:
    """What the encoder reads in one go: pieces with the hints at each, and where the words' first pieces are."""

    pieces: list[int] = field(default_factory=lambda: [START])
    hints: list[tuple[int, ...]] = field(default_factory=lambda: [()])
    firsts: list[int] = field(default_factory=list)
    words: list[tuple[int, int]] = field(default_factory=list)  # sentence and token of each word

    def fits(self, words: int, pieces: int) -> bool:
        """Return whether so many more words and pieces find room."""
        return len(self.firsts) + words <= WORDS and len(self.pieces) + pieces < PIECES


def packed(sentences: Sequence[Sentence], pieces: Pieces, numbers: Mapping[str, int]) -> Iterator[Sequenced]:
    """Yield sequences of whole sentences, as many as fit into each; a longer sentence is cut.

    Args:
        sentences: the sentences of an article.
        pieces: the vocabulary.
        numbers: the hints that the encoder knows.
    """
    filling = Sequenced()
    for at, tokens in enumerate(sentences):
        cuts = [pieces.cut(token.text) for token in tokens]
        if filling.firsts and not filling.fits(len(cuts), sum(len(cut.pieces) for cut in cuts)):
            yield _ended(filling)
            filling = Sequenced()
        for word, (cut, found) in enumerate(zip(cuts, hints(tokens), strict=True)):
            if not filling.fits(1, len(cut.pieces)):
                yield _ended(filling)
                filling = Sequenced()
            filling.firsts.append(len(filling.pieces) + cut.clitics)
            filling.words.append((at, word))
            filling.pieces.extend(cut.pieces)
            known = tuple(numbers[hint] for hint in found if hint in numbers)
            filling.hints.extend([known] * len(cut.pieces))
    if filling.firsts:
        yield _ended(filling)


def _ended(sequence: Sequenced) -> Sequenced:
    sequence.pieces.append(END)
    sequence.hints.append(())
    return sequence
