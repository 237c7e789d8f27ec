"""What differs between two versions of an article: block by block, and within a block word by word.

A block that stands in both, changed or not, is one part; one that moved says so. The words are compared as published: whether a
difference means anything is for ``change`` to say. The common words are the longest common subsequence (rapidfuzz computes it), in
which a single word between two changes counts as changed: it would only tear the reading apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from tawatur.extract.lines import comparable
from tawatur.model import Article, BlockKind

#: Two blocks of which the words are so much alike (0..1) are one block, changed.
ALIKE = 0.3
#: Above so many pairs of blocks, or of words, only what is equal is found: a page of such a size is no article.
MOST_BLOCK_PAIRS, MOST_WORD_PAIRS = 40_000, 25_000_000
_TOKEN = re.compile(r"[\w\u0610-\u061a\u0640\u064b-\u065f\u0670]+(?:[.,:٫٬/]\d+)*|[^\w\s]")
_WORD = re.compile(r"\w")


class Place(StrEnum):
    """What a part is of its article."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    UPDATE = "update"
    CAPTION = "caption"
    SOURCE_LINE = "source_line"


class Op(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row of which the same became."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One block of either version, or of both. ``moved`` says that it stands at another place than before."""

    place: Place
    pieces: tuple[Piece, ...]
    old: str  # the block as it was, "" where it is new
    new: str  # the block as it is, "" where it is gone
    moved: bool = False

    @property
    def is_changed(self) -> bool:
        return any(piece.op is not Op.SAME for piece in self.pieces)


@dataclass(frozen=True)
class Difference:
    """The parts of two versions, in the order of the newer one; what is gone stands where it stood."""

    parts: tuple[Part, ...]

    @cached_property
    def added(self) -> int:
        """Return how many words were added."""
        return self._words(Op.ADDED)

    @cached_property
    def removed(self) -> int:
        """Return how many words were removed."""
        return self._words(Op.REMOVED)

    def _words(self, op: Op) -> int:
        return sum(word_count(piece.text) for part in self.parts for piece in part.pieces if piece.op is op)


class Told(NamedTuple):
    """A block that a version tells its readers."""

    place: Place
    text: str


_PLACES = {
    BlockKind.PARAGRAPH: Place.PARAGRAPH, BlockKind.HEADING: Place.HEADING, BlockKind.UPDATE: Place.UPDATE,
    BlockKind.CAPTION: Place.CAPTION, BlockKind.SOURCE_LINE: Place.SOURCE_LINE,
}  # fmt: skip


def told(article: Article) -> tuple[Told, ...]:
    """Return what an article tells, in page order. Links to other articles change with the hour and are no part of it."""
    head = (Told(Place.TITLE, article.title), Told(Place.SUBTITLE, article.subtitle))
    body = (Told(_PLACES[block.kind], block.text) for block in article.blocks if block.kind in _PLACES)
    return tuple(one for one in (*head, *body) if one.text)


def difference(old: Article, new: Article) -> Difference:
    """Return what differs between two versions of an article."""
    before, after = told(old), told(new)
    pairs = _paired(before, after)
    still = _in_order([pairs[at] for at in sorted(pairs)])
    gone = [at for at in range(len(before)) if at not in pairs.values()]
    parts: list[Part] = []
    shown = 0  # up to which old block everything has been shown
    for at, one in enumerate(after):
        if at in pairs and pairs[at] in still:
            parts += (_removed(before[index]) for index in gone if shown <= index < pairs[at])
            shown = max(shown, pairs[at] + 1)
        parts.append(_part(before[pairs[at]], one, pairs[at] not in still) if at in pairs else _added(one))
    return Difference((*parts, *(_removed(before[index]) for index in gone if index >= shown)))


def _part(before: Told, after: Told, moved: bool) -> Part:
    made = pieces(before.text, after.text)
    return Part(place=after.place, pieces=made, old=before.text, new=after.text, moved=moved)


def _added(one: Told) -> Part:
    return Part(place=one.place, pieces=(Piece(Op.ADDED, one.text),), old="", new=one.text)


def _removed(one: Told) -> Part:
    return Part(place=one.place, pieces=(Piece(Op.REMOVED, one.text),), old=one.text, new="")


# Blocks


def _paired(before: Sequence[Told], after: Sequence[Told]) -> dict[int, int]:
    """For each new block that stood in the old version, which one it was."""
    found = _same_blocks(before, after)
    free_old = [at for at in range(len(before)) if at not in found.values()]
    free_new = [at for at in range(len(after)) if at not in found]
    if len(free_old) * len(free_new) > MOST_BLOCK_PAIRS:
        return found
    words = {text: comparable(text).split() for text in {one.text for one in (*before, *after)}}
    ranked = sorted(
        (-_likeness(before[old], after[new], words), abs(old - new), new, old) for old in free_old for new in free_new
    )
    for likeness, _, new, old in ranked:
        if -likeness >= ALIKE and new not in found and old not in found.values():
            found[new] = old
    return found


def _same_blocks(before: Sequence[Told], after: Sequence[Told]) -> dict[int, int]:
    """Blocks with the same words: first those that also stand in the same order, then the others."""
    keys = [[(one.place, comparable(one.text) or one.text) for one in side] for side in (before, after)]
    found: dict[int, int] = {}
    for op in LCSseq.opcodes(*keys):
        if op.tag == "equal":
            found |= {op.dest_start + at: op.src_start + at for at in range(op.src_end - op.src_start)}
    for new, key in enumerate(keys[1]):
        if new not in found:
            taken = set(found.values())
            same = next((old for old, other in enumerate(keys[0]) if other == key and old not in taken), None)
            if same is not None:
                found[new] = same
    return found


def _likeness(old: Told, new: Told, words: dict[str, list[str]]) -> float:
    """How much alike two blocks are, 0..1; headline and subtitle are only ever compared with themselves."""
    heads = (Place.TITLE, Place.SUBTITLE)
    if old.place != new.place and (old.place in heads or new.place in heads or Place.UPDATE in (old.place, new.place)):
        return 0.0
    if old.place is Place.TITLE:
        return 1.0
    return Indel.normalized_similarity(words[old.text], words[new.text])


def _in_order(olds: Sequence[int]) -> frozenset[int]:
    """The longest run of old blocks that still stand in their order; the others have moved."""
    ends: list[int] = []  # the smallest last block of a run of each length
    links: dict[int, int | None] = {}
    for old in olds:
        at = bisect_left(ends, old)
        links[old] = ends[at - 1] if at else None
        ends[at : at + 1] = [old]
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = links[last]
    return frozenset(found)


# Words


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words of two texts, common ones once, removed ones before the added ones that stand in their place."""
    if old == new:
        return (Piece(Op.SAME, new),) if new else ()
    before, after = list(_tokens(old)), list(_tokens(new))
    if len(before) * len(after) > MOST_WORD_PAIRS:
        return (Piece(Op.REMOVED, old), Piece(Op.ADDED, new))
    found: list[Piece] = []
    for start, end, first, last, same in _runs([token.text for token in before], [token.text for token in after]):
        was, now = _text(old, before[start:end]), _text(new, after[first:last])
        if same and was.endswith(" ") and not now.endswith(" "):
            now += " "  # what is removed behind it shall not touch it
        found.append(Piece(Op.REMOVED, "" if same else was))
        found.append(Piece(Op.SAME if same else Op.ADDED, now))
    return tuple(piece for piece in found if piece.text)


class _Token(NamedTuple):
    text: str
    start: int
    end: int


def _tokens(text: str) -> Iterator[_Token]:
    """Words, numbers and signs."""
    return (_Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text))


def _text(text: str, tokens: Sequence[_Token]) -> str:
    """What tokens are of their text, with the blank behind them, if only the end of the text is there."""
    if not tokens:
        return ""
    end = tokens[-1].end
    return text[tokens[0].start : end] + (" " if not text[end:].strip() or text[end].isspace() else "")


def _runs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int, int, bool]]:
    """(old start, old end, new start, new end, same) of each stretch; a single common token between changes joins them."""
    found: list[tuple[int, int, int, int, bool]] = []
    ops = LCSseq.opcodes(before, after)
    for at, op in enumerate(ops):
        inner = 0 < at < len(ops) - 1 and op.src_end - op.src_start == 1
        same = op.tag == "equal" and not (inner and _is_slight(before[op.src_start]))
        if found and not same and not found[-1][4]:
            found[-1] = (found[-1][0], op.src_end, found[-1][2], op.dest_end, False)
        else:
            found.append((op.src_start, op.src_end, op.dest_start, op.dest_end, same))
    return found


def _is_slight(token: str) -> bool:
    """Say whether a token between two changes is a sign or a particle."""
    return len(token) <= 2 and not token.isdecimal()


def word_count(text: str) -> int:
    """Return how many words and numbers a text has."""
    return sum(_WORD.match(token.text) is not None for token in _tokens(text))
