"""Which sentences tell a story: each is worth what it says and no chosen one has said.

What a sentence says is the weight of its words, by their rarity and by how many independent sources hold them, beside its length:
the greedy choice for a budget, which never falls far behind the best one (Lin and Bilmes 2010).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from heapq import heapify, heappop, heappush
from math import log

from tawatur.stories.told import Told, Unit, lacks_speaker, likeness, unnamed_speaker

#: The most sentences and words of an account.
MOST, LENGTH = 12, 320
#: The share of the first sentence's worth below which a sentence adds too little.
LEAST = 0.06
#: How much length counts against a sentence, with the words that none is too short for.
LENGTH_POWER, SPARE = 0.55, 8
#: Sentences of fewer words tell nothing by themselves; those of more are hard to read.
FEWEST, LONG = 6, 55
#: The share of what a sentence says that one chosen sentence holds, or all of them together, from which on it repeats them.
REPEATS, REPEATS_ALL = 0.4, 0.6
#: What each further independent source adds to the worth of a sentence, by its natural logarithm.
MORE_BACKED = 1.0
#: What a sentence is worth that stands less well without those before it in its report.
EARLY, LATER, SECOND_LEAD, LEANING, LOOKING_BACK, TOO_LONG, NO_SPEAKER, OPEN_MARKS, ASKING = (
    0.9,
    0.8,
    0.75,
    0.55,
    0.9,
    0.7,
    0.75,
    0.6,
    0.3,
)


def choose(sentences: Sequence[Told], weights: Mapping[Unit, int], backed: Mapping[Told, int]) -> list[Told]:
    """Return the sentences of an account, the one that tells the story best first, each next the one that adds most.

    ``weights`` are those of all units of the sentences; ``backed`` says of sentences that several reports were found to say, how
    many independent sources those are.
    """
    able = [one for one in sentences if one.words >= FEWEST and not lacks_speaker(one)]
    whole = {one: sum(map(weights.__getitem__, one.units)) for one in able}
    first = _lead(able, whole)
    if first is None:
        return []
    standing = {one: _standing(one) * (1 + MORE_BACKED * log(backed.get(one, 1))) for one in able}

    def worth(one: Told, held: Set[Unit]) -> float:
        known = sum([weights[unit] for unit in held & one.units.keys()]) if held else 0
        return _by_length(one, whole[one] - known)

    return _added([first], standing, worth, least=LEAST * _by_length(first, whole[first]))


def _lead(able: Sequence[Told], whole: Mapping[Told, int]) -> Told | None:
    """Return the sentence that tells the news: of the first ones of reports, where any stands alone."""
    leads = [one for one in able if one.place == 0 and not one.opening and not _is_open(one)] or able
    return max(leads, key=lambda one: (_by_length(one, whole[one]), one.article, -one.span.start), default=None)


def _added(
    chosen: list[Told], standing: Mapping[Told, float], worth_of: Callable[[Told, Set[Unit]], float], *, least: float
) -> list[Told]:
    """Choose on. What a sentence adds only falls, so that one whose worth is looked at anew and still the most is the next."""
    held = set(chosen[0].units)
    length = chosen[0].words
    able = [one for one in standing if one is not chosen[0]]
    queue = [(-worth_of(one, held) * standing[one], at) for at, one in enumerate(able)]
    heapify(queue)
    while queue and len(chosen) < MOST:
        _, at = heappop(queue)
        one = able[at]
        worth = worth_of(one, held) * standing[one]
        if worth < least:
            continue
        if queue and -worth > queue[0][0]:
            heappush(queue, (-worth, at))
            continue
        if length + one.words <= LENGTH and not _repeats(one, chosen, held):
            chosen.append(one)
            held.update(one.units)
            length += one.words
    return chosen


def _by_length(one: Told, added: int) -> float:
    """Return what a sentence adds, by its length."""
    length: float = (one.words + SPARE) ** LENGTH_POWER
    return added / length


def _standing(one: Told) -> float:
    """Return how well a sentence stands where none of its report stands before it, 0..1."""
    found = SECOND_LEAD if one.place == 0 else EARLY if one.place < 3 else LATER
    found *= {"leans": LEANING, "goes_on": LEANING, "background": LOOKING_BACK}.get(one.opening, 1.0)
    found *= TOO_LONG if one.words > LONG else 1.0
    found *= NO_SPEAKER if unnamed_speaker(one) and one.opening != "goes_on" else 1.0
    found *= OPEN_MARKS if _is_open(one) else 1.0
    return found * (ASKING if one.asks else 1.0)


def _is_open(one: Told) -> bool:
    """Say whether a quotation begins or ends outside a sentence."""
    text = one.text
    return (
        any(text.count(opening) != text.count(closing) for opening, closing in ("«»", "“”")) or text.count('"') % 2 == 1
    )


def _repeats(one: Told, chosen: Sequence[Told], held: set[Unit]) -> bool:
    """Say whether a sentence tells what another one, or the others together, have told."""
    if any(likeness(one, other) >= REPEATS for other in chosen):
        return True
    words = [unit for unit in one.units if " " not in unit]
    return sum([unit in held for unit in words]) >= REPEATS_ALL * len(words)
