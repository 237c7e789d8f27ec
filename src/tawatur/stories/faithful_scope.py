"""Who said it, and how surely: what a cited sentence puts before or behind its words must stay with them in a rewriting.

A reporting word or a hedge reaches from where it stands to the end of its sentence, a condition or a credit («بحسب») both ways.
Whoever takes words out of that reach, moves them before it, or lets other words come into it, makes a fact of what was said, or
lets somebody say what he did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from tawatur.stories.faithful_path import Step
from tawatur.stories.faithful_sources import Sources
from tawatur.stories.faithful_tokens import Token
from tawatur.stories.faithful_words import is_any, phrase, reports

#: How many words of a clause are looked at for a reporting word that opens it.
_FIRST = 2


class Reach(StrEnum):
    """What a word reaches."""

    AHEAD = "ahead"
    BOTH = "both"


def reach(given: Sources, at: int) -> tuple[Reach, str] | None:
    """Return how far a word binds what stands around it, with the kind of fault to loosen it: "speaker" or "modality"."""
    token = given.tokens[at]
    if token.quoted:
        return None
    if phrase(given.words, at, "credits"):
        return Reach.BOTH, "speaker"
    if phrase(given.words, at, "binds"):
        return Reach.BOTH, "modality"
    if phrase(given.words, at, "hedges"):
        return (Reach.BOTH if token.broken and token.text[:1] != "و" else Reach.AHEAD), "modality"
    if cue := reports(token.text):
        opened = _clause_begins(given, at)
        follows = given.begins(opened) or given.words[opened][:1] == "و" or cue.participle
        tells = _joins(given.words[opened])
        return (Reach.AHEAD if follows or tells or opened < at - _FIRST else Reach.BOTH), "speaker"
    return None


def _clause_begins(given: Sources, at: int) -> int:
    while not given.begins(at) and not given.tokens[at].broken:
        at -= 1
    return at


def loosened(steps: Sequence[Step], given: Sources) -> Iterator[tuple[str, str]]:
    """Yield the kind of fault and the word of all that binds the words of a rewriting in the sources and not in it."""
    first: dict[int, int] = {}
    for number, step in enumerate(steps):
        if step.place is not None:
            first.setdefault(step.place, number)
    for at in range(len(given.tokens)):
        bound = reach(given, at)
        if bound is None:
            continue
        far, kind = bound
        inside = [place for place in first if given.sentence[place] == given.sentence[at] and place != at]
        if at not in first and _left_out_whole(at, first, given):
            continue
        ahead = [place for place in inside if at < place < _end(given, at)]
        before = [place for place in inside if place < at] if far is Reach.BOTH else []
        if at not in first:
            out = bool(ahead or before)
        else:
            out = any(first[place] < first[at] for place in ahead) or any(first[place] > first[at] for place in before)
        if out:
            yield kind, given.tokens[at].text


def _left_out_whole(at: int, taken: dict[int, int], given: Sources) -> bool:
    """Say whether a word was left out together with all of a stretch between two signs that adds something to a name."""
    start = _clause_begins(given, at)
    end = at
    while not given.ends(end) and not given.tokens[end + 1].broken:
        end += 1
    return (
        not given.ends(end)
        and not given.begins(start)
        and given.droppable(start, end)
        and not any(place in taken for place in range(start, end + 1))
    )


def uprooted(rewriting: Sequence[Token], steps: Sequence[Step], given: Sources) -> Iterator[str]:
    """Yield the first words of stretches that stand where somebody else would be taken for who does it.

    A clause from inside of a sentence stands only right before that sentence's beginning; what is joined by
    a comma names its own subject. Behind «؛» or a full stop it is a sentence of its own, as in the account.
    """
    inner, last = False, -1
    for number, step in enumerate(steps):
        place = step.place
        if place is None:
            continue
        if last < 0:
            inner = not given.begins(place)
        elif (given.begins(place) and place != last + 1) or given.sentence[place] != given.sentence[last]:
            torn = inner and given.sentence[place] != given.sentence[last]
            if torn or not (inner or given.stands_alone(place) or _parted(rewriting, steps, number)):
                yield rewriting[number].text
            inner = False
        last = place
    if inner:
        yield rewriting[0].text


def drawn_in(rewriting: Sequence[Token], steps: Sequence[Step], given: Sources) -> Iterator[str]:
    """Yield the first words of clauses that a reporting word or a credit of another clause comes to reach."""
    open_, last = False, -1
    begun = 0
    for number, step in enumerate(steps):
        if step.place is None:
            continue
        jumped = (
            last >= 0
            and step.place != last + 1
            and not (given.sentence[step.place] == given.sentence[last] and step.place > last)
        )
        if jumped:
            own = any(reports(token.text) for token in rewriting[number : number + _FIRST + 1])
            if open_ and not own and not _parted(rewriting, steps, number):
                yield rewriting[number].text
            begun, open_ = number, False
        bound = reach(given, step.place)
        if bound:
            if bound[0] is Reach.BOTH and begun and not _parted(rewriting, steps, begun):
                yield rewriting[number].text
            open_ = open_ or bound[0] is Reach.BOTH or _tells(given, step.place)
        last = step.place


def _end(given: Sources, at: int) -> int:
    """Return where the reach of a word ends: of a reporting word that opens no clause («أعلن مقتل …»), where one is joined."""
    plain, end = reports(given.words[at]) is not None and not phrase(given.words, at, "hedges"), at
    while not given.ends(end):
        end += 1
        token = given.tokens[end]
        plain = plain and not (token.colon or token.quoted or is_any(token.text, "tells"))
        if plain and token.broken and _joins(token.text):
            return end
    return end + 1


def _joins(word: str) -> bool:
    """Say whether a word joins a clause, and is none that may also credit what stands before it («كما قال»)."""
    return is_any(word, "joins") and len(word) > 1 and not is_any(word, "likens")


def _tells(given: Sources, at: int) -> bool:
    """Say whether a clause, or words in marks, stand behind a word in its sentence: what is put behind them is told with them."""
    while not given.ends(at):
        at += 1
        if given.tokens[at].colon or given.tokens[at].quoted or is_any(given.words[at], "tells"):
            return True
    return False


def _parted(rewriting: Sequence[Token], steps: Sequence[Step], number: int) -> bool:
    """Say whether more than a comma stands before a clause, or before the words that join it."""
    while number and steps[number - 1].joins and not rewriting[number].whole:
        number -= 1
    return rewriting[number].whole
