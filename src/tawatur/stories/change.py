"""What kind of change led from one version of an article to the next: a repair, something new, or another fact.

The analysis of both versions tells which figures, people, places, dates and quotations they hold. A fact has changed where the
older text no longer says something in a block that was touched, or the newer one says something else in a block that both have.
What only stands in new paragraphs is an addition: nothing that was said is withdrawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from rapidfuzz.distance import OSA

from tawatur.arabic.fold import fold, fold_word
from tawatur.arabic.lexicon import lines
from tawatur.arabic.words import words
from tawatur.extract.lines import comparable
from tawatur.model import Analysis, Article, StatementKind
from tawatur.stories.difference import Difference, Op, Part, Piece, Place, difference, word_count

#: A repaired word is of so many letters at least, and so many edits away from what stood there; a swap of two is one edit.
REPAIR_LETTERS, REPAIR_EDITS = 4, 1
#: A whole block that is gone withdraws what it said, from so many words on.
WITHDRAWN_WORDS = 8
_HAMZA = re.compile("[ءؤئ]")
_HEADS = (Place.TITLE, Place.SUBTITLE)


class ChangeKind(StrEnum):
    """What a revision does, from the slightest to the gravest."""

    COSMETIC = "cosmetic"  # spelling variants, punctuation, blanks, order of paragraphs
    REPAIR = "repair"  # a slip of the pen is put right
    WORDING = "wording"  # other words for the same facts
    ADDITION = "addition"  # new paragraphs
    UPDATE = "update"  # new timed updates
    MATERIAL = "material"  # a fact is another one, or withdrawn


class Fact(StrEnum):
    """What a material change touches, in the order in which people ask."""

    HEADLINE = "headline"
    FIGURE = "figure"
    NAME = "name"
    DATE = "date"
    QUOTATION = "quotation"
    DENIAL = "denial"  # it says the opposite
    WITHDRAWN = "withdrawn"  # a paragraph is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What kind of change a revision makes, which facts it touches, and how many words it adds and removes."""

    kind: ChangeKind
    facts: tuple[Fact, ...] = ()
    added: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Version:
    """An article at one moment, with what it says."""

    article: Article
    analysis: Analysis

    def says(self, words: str) -> bool:
        """Say whether some words stand in headline or text, in whatever spelling."""
        if f" {comparable(words)} " in self._folded:
            return True
        return " " in words.strip() and _bare(words) in self._bare

    @cached_property
    def _folded(self) -> str:
        return f" {comparable(self._whole)} "

    @cached_property
    def _bare(self) -> str:
        return _bare(self._whole)

    @property
    def _whole(self) -> str:
        return f"{self.article.title} {self.article.subtitle} {self.article.text}"


def change(old: Version, new: Version) -> Change:
    """Return what kind of change leads from one version to the next."""
    found = difference(old.article, new.article)
    facts = tuple(fact for fact in Fact if _CHECKS[fact](found, old, new))
    return Change(kind=_kind(found, facts), facts=facts, added=found.added, removed=found.removed)


def _kind(found: Difference, facts: tuple[Fact, ...]) -> ChangeKind:
    if facts:
        return ChangeKind.MATERIAL
    new = [part for part in found.parts if not part.old]
    if any(part.place is Place.UPDATE for part in new):
        return ChangeKind.UPDATE
    if any(word_count(part.new) and part.place not in _HEADS for part in new):
        return ChangeKind.ADDITION
    changed = [part for part in found.parts if part.is_changed and not is_cosmetic(part)]
    if any(not _is_repair(part) for part in changed):
        return ChangeKind.WORDING
    return ChangeKind.REPAIR if changed else ChangeKind.COSMETIC


def is_cosmetic(part: Part) -> bool:
    """Say whether a block is the same to a reader: letters that are often confused, signs, blanks."""
    return _bare(part.old) == _bare(part.new)


def _bare(text: str) -> str:
    return comparable(_HAMZA.sub("", text)).replace(" ", "")


def _is_repair(part: Part) -> bool:
    return all(_is_slip(before, after) for before, after in _exchanged(part))


def _is_slip(before: str, after: str) -> bool:
    """Say whether words were put right: word for word the same but for a letter, or a word said twice."""
    old, new = _words(before), _words(after)
    if len(old) != len(new):
        return _bare(before) == _bare(after)
    return all(one == other or _is_misspelt(one, other) for one, other in zip(old, new, strict=True))


def _is_misspelt(one: str, other: str) -> bool:
    short = min(len(one), len(other)) < REPAIR_LETTERS or any(char.isdecimal() for char in one + other)
    return not short and OSA.distance(one, other) <= REPAIR_EDITS


def _words(text: str) -> list[str]:
    return [fold_word(word.text) for word in words(text)]


def _exchanged(part: Part) -> Iterator[tuple[str, str]]:
    """Yield (removed, added) of each place of a block that differs."""
    removed: Piece | None = None
    for piece in (*part.pieces, Piece(Op.SAME, "")):
        if piece.op is Op.ADDED:
            yield removed.text if removed else "", piece.text
        elif removed:
            yield removed.text, ""
        removed = piece if piece.op is Op.REMOVED else None


# Facts


def _touched(found: Difference, *, repaired: bool) -> tuple[str, str]:
    """The old text of blocks that changed or are gone, and the new text of those that both versions have; both folded."""
    changed = [part for part in found.parts if part.is_changed and not is_cosmetic(part) and part.place not in _HEADS]
    counted = [part for part in changed if repaired or not (part.old and part.new and _is_repair(part))]
    old = "\n".join(part.old for part in counted if part.old)
    return fold(old), fold("\n".join(part.new for part in counted if part.old and part.new))


def _differs(found: Difference, gone: Iterable[str], come: Iterable[str], *, repaired: bool = True) -> bool:
    """Say whether something that is gone stood in touched text, or something that has come stands in it.

    ``repaired``: whether text counts in which only slips were put right.
    """
    old, new = _touched(found, repaired=repaired)
    return any(fold(text) in old for text in gone) or any(fold(text) in new for text in come)


def _headline(found: Difference, _old: Version, _new: Version) -> bool:
    titles = [part for part in found.parts if part.place is Place.TITLE and part.is_changed and not is_cosmetic(part)]
    return any(not (part.old and part.new and _is_repair(part)) for part in titles)


def _figure(found: Difference, old: Version, new: Version) -> bool:
    """A number that comes or goes within a block, in digits or in words; the times of updates are none."""
    mixed = [part for part in found.parts if part.old and part.new and part.place is not Place.UPDATE]
    if any(_numbers(part.old) != _numbers(part.new) for part in mixed):
        return True
    before, after = _figures(old.analysis), _figures(new.analysis)
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    return _differs(found, (before[key] for key in gone), (after[key] for key in come))


def _numbers(text: str) -> Counter[str]:
    return Counter(word for word in _words(text) if word[0].isdecimal())


def _figures(analysis: Analysis) -> dict[tuple[float, float | None, str], str]:
    return {(one.value, one.upper, one.bound): one.text for one in analysis.figures}


def _name(found: Difference, old: Version, new: Version) -> bool:
    """Somebody or something that is named no longer, or now. A letter makes another person, but not another town or office."""
    return any(
        _differs(
            found,
            (name for name in names(old.analysis) if not new.says(name)),
            (name for name in names(new.analysis) if not old.says(name)),
            repaired=repaired,
        )
        for names, repaired in ((_people, True), (_others, False))
    )


def _people(analysis: Analysis) -> tuple[str, ...]:
    return tuple(name for person in analysis.people for name in (person.name, *person.aliases))


def _others(analysis: Analysis) -> tuple[str, ...]:
    return tuple(one.name for one in (*analysis.organizations, *analysis.places))


def _date(found: Difference, old: Version, new: Version) -> bool:
    before, after = ({one.value: one.text for one in version.analysis.dates} for version in (old, new))
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    return _differs(found, (before[key] for key in gone), (after[key] for key in come))


def _quotation(found: Difference, old: Version, new: Version) -> bool:
    """Words that somebody says no longer stand, or stand otherwise; a slip that is put right in them is none."""
    return _differs(found, _lost_quotes(old, new), (), repaired=False)


def _lost_quotes(old: Version, new: Version) -> Iterator[str]:
    said = (one.text for one in old.analysis.statements if one.kind is StatementKind.DIRECT)
    return (text for text in said if not new.says(text))


def _denial(found: Difference, _old: Version, _new: Version) -> bool:
    return any(
        _denials(before) != _denials(after)
        for part in found.parts
        if part.old and part.new and not is_cosmetic(part)
        for before, after in _exchanged(part)
    )


def _denials(text: str) -> int:
    return sum(word in _denying() for word in _words(text))


@cache
def _denying() -> frozenset[str]:
    return frozenset(fold_word(word) for word in lines("tawatur.stories", "denials.txt"))


def _withdrawn(found: Difference, _old: Version, new: Version) -> bool:
    gone = [part.old for part in found.parts if not part.new and part.place not in _HEADS]
    return any(word_count(text) >= WITHDRAWN_WORDS and not new.says(text) for text in gone)


_CHECKS: dict[Fact, Callable[[Difference, Version, Version], bool]] = {
    Fact.HEADLINE: _headline,
    Fact.FIGURE: _figure,
    Fact.NAME: _name,
    Fact.DATE: _date,
    Fact.QUOTATION: _quotation,
    Fact.DENIAL: _denial,
    Fact.WITHDRAWN: _withdrawn,
}
