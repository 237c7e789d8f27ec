"""Of answers to a headline, those that stand together in time with the best ones come first.

Reports of one happening appear within hours of each other; what only has words in common with it appears whenever it likes. So

    score'  = score · (1 + TOGETHER · near / greatest near)
    near    = Σ over the other answers of  (their score / best score)^SHARP · e^(-hours between / NEAR)

as with the temporal feedback of Efron, Lin, He and de Vries (SIGIR 2014), a density with an exponential kernel. The best
answer gains as much as any, so that it stays the best: mostly it is the report that has the headline. Answers whose part would be
less than ``LEAST`` bear no witness. Constants near these differ by little (docs/decisions/0041-search.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import exp

from tawatur.searching.ranking import Candidate, Scored, sorted_by_score

TOGETHER, SHARP, NEAR = 1.0, 10, timedelta(hours=24)
LEAST = 0.05


def together(scored: Sequence[Scored]) -> tuple[Scored, ...]:
    """Return ranked answers, best first, in the order that also asks how near they are to the best ones in time."""
    if not scored or not (best := scored[0].score):
        return tuple(scored)
    witnesses = [(part, one.candidate) for one in scored if (part := (one.score / best) ** SHARP) >= LEAST]
    near = [_near(one.candidate, witnesses) for one in scored]
    if not (greatest := max(near)):
        return tuple(scored)
    gains = [1.0, *(mass / greatest for mass in near[1:])]
    return sorted_by_score(
        replace(one, score=one.score * (1 + TOGETHER * gain)) for one, gain in zip(scored, gains, strict=True)
    )


def _near(one: Candidate, witnesses: Sequence[tuple[float, Candidate]]) -> float:
    return sum(part * exp(-abs(one.at - other.at) / NEAR) for part, other in witnesses if other is not one)
