"""Say whether a sentence that somebody wrote anew says what the sentences say that it rests on, and nothing else.

It may leave out clauses and what stands between two signs, join sentences and put clauses in another order, write a number in
digits or in words, and take one reporting word for another of the same meaning. All else is a fault: every word must have its place
in the cited sentences, the words of a clause follow one another as they do there, quotations stay what they are word for word, and
what binds a clause (who says it, how surely, on which condition) stays with it. Much that is true is refused so; little that is
false comes through. Both sides are read by the same rules, so that what they misread they misread alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tawatur.stories.faithful_path import Step, lay
from tawatur.stories.faithful_scope import drawn_in, loosened, uprooted
from tawatur.stories.faithful_sources import Sources, sources
from tawatur.stories.faithful_tokens import Token, tokens
from tawatur.stories.faithful_words import is_any, is_common, is_time, reports

#: A sentence of more words than this is no sentence; it bounds the work.
LONGEST = 150


class FaultKind(StrEnum):
    """What a rewritten sentence got wrong."""

    NAME = "name"
    FIGURE = "figure"
    DATE = "date"
    QUOTATION = "quotation"
    NEGATION = "negation"
    SPEAKER = "speaker"
    MODALITY = "modality"
    UNKNOWN_WORD = "unknown_word"
    ORDER = "order"  # words of the sources, put together as they do not stand there
    LENGTH = "length"  # nothing, or too much to be a sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, with the word at which it is seen, folded."""

    kind: FaultKind
    word: str


def faults(sentence: str, cited: Sequence[str]) -> tuple[Fault, ...]:
    """Return what is wrong in a sentence that rests on the cited ones, in its order; () where all of it stands there."""
    written, given = tokens(sentence), sources(cited)
    if not written or not given.tokens or len(written) > LONGEST:
        return (Fault(FaultKind.LENGTH, ""),)
    steps, whole = lay(written, given)
    found = [*_breaks(written, steps, given)]
    if not whole and not found:
        found.append(Fault(FaultKind.ORDER, written[-1].text))
    found.extend(Fault(FaultKind(kind), word) for kind, word in loosened(steps, given))
    found.extend(Fault(FaultKind.SPEAKER, word) for word in drawn_in(written, steps, given))
    if not found:
        found.extend(Fault(FaultKind.ORDER, word) for word in uprooted(written, steps, given))
    return tuple(dict.fromkeys(found))


def _breaks(written: Sequence[Token], steps: Sequence[Step], given: Sources) -> Iterator[Fault]:
    """Yield the words that have no place in the sources, and those that do not follow from the one before."""
    last = -1
    for number, step in enumerate(steps):
        token = written[number]
        if step.broken:
            near = [token, *written[max(0, number - 1) : number]]
            counts = any(one.number for one in written[number + 1 : number + 3]) and is_any(token.text, "bounds")
            if step.place is not None:
                missed = given.tokens[last + 1 : step.place] if last < step.place <= last + 4 else ()
                near = [*missed, *near, *given.tokens[max(0, step.place - 1) : step.place]]
            kind = FaultKind.FIGURE if counts else _kind(near if step.place is not None else [token], token)
            yield Fault(kind, token.text)
        last = step.place if step.place is not None else last


def _kind(near: Sequence[Token], token: Token) -> FaultKind:
    """Return what kind of fault a word is, by itself and by the words beside it."""
    for kind, holds in (
        (FaultKind.NEGATION, lambda one: is_any(one.text, "negates")),
        (FaultKind.QUOTATION, lambda one: one.quoted),
        (FaultKind.FIGURE, lambda one: one.number),
        (FaultKind.DATE, lambda one: is_time(one.text)),
        (FaultKind.MODALITY, lambda one: is_any(one.text, "hedges", "binds", "credits")),
        (FaultKind.SPEAKER, lambda one: reports(one.text) is not None),
        (FaultKind.NAME, lambda one: not is_common(one.text)),
    ):
        if any(holds(one) for one in near):
            return kind
    return FaultKind.UNKNOWN_WORD if len(near) == 1 else FaultKind.ORDER
