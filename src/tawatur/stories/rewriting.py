"""What a model made of an account, checked: sentences with faults give way to those that they rest on, or nothing is shown.

The model is given the account's sentences with numbers and answers with sentences of its own, each with the numbers of those that
it rests on (``Given``). ``checked`` is the only way from there to a ``Rewriting``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tawatur.model import Account, Rewriting, RewrittenSentence, content_id
from tawatur.stories.faithful import Fault, FaultKind, faults

#: Of a rewriting with more sentences that have faults than this share nothing is shown.
MOST_FAULTY = 1 / 3
#: The most sentences of the account that one can rest on.
MOST_CITED = 4


@dataclass(frozen=True, slots=True)
class Given:
    """A sentence as a model gives it, with the numbers of the account's sentences, from 0."""

    text: str
    rests_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a model's answer: the rewriting, None where nothing is shown, and what is wrong in each sentence."""

    rewriting: Rewriting | None
    faults: tuple[tuple[Fault, ...], ...]

    @property
    def faulty(self) -> int:
        """How many sentences have faults."""
        return sum(map(bool, self.faults))


def fingerprint(account: Account) -> str:
    """Return what tells an account from every other one: its sentences with who speaks, and where they stand."""
    return content_id(
        *(
            part
            for one in account.sentences
            for part in (one.text, one.speaker, *(f"{say.article}:{say.span.start}" for say in one.sayings[:1]))
        )
    )


def checked(account: Account, given: Sequence[Given], *, model: str, at: datetime) -> Checked:
    """Return the rewriting that a model's sentences make, of an account that has sentences."""
    found = tuple(_faults(account, one) for one in given)
    faulty = sum(map(bool, found))
    if not given or faulty > len(given) * MOST_FAULTY or len(given) > len(account.sentences):
        return Checked(None, found)
    sentences: dict[RewrittenSentence, None] = {}
    for one, wrong in zip(given, found, strict=True):
        sentences |= dict.fromkeys(
            _instead(account, one) if wrong else [RewrittenSentence(text=one.text, rests_on=one.rests_on)]
        )
    rewriting = Rewriting(made_of=fingerprint(account), model=model, at=at, sentences=tuple(sentences))
    return Checked(rewriting, found)


def _instead(account: Account, one: Given) -> list[RewrittenSentence]:
    """Return the account's own sentences that a sentence rests on, those of them that there are."""
    known = [at for at in one.rests_on if 0 <= at < len(account.sentences)]
    return [RewrittenSentence(text=account.sentences[at].text, rests_on=(at,), own=False) for at in known]


def _faults(account: Account, one: Given) -> tuple[Fault, ...]:
    """Return what is wrong in a sentence.

    One whose speaker the account's sentence does not name rests on that sentence alone: beside another one, its words could be
    anybody's.
    """
    numbers = one.rests_on
    if not 0 < len(set(numbers)) == len(numbers) <= MOST_CITED or not all(
        0 <= at < len(account.sentences) for at in numbers
    ):
        return (Fault(FaultKind.LENGTH, ""),)
    cited = [account.sentences[at] for at in numbers]
    if len(cited) > 1 and any(sentence.speaker for sentence in cited):
        return (Fault(FaultKind.SPEAKER, ""),)
    return faults(one.text, [sentence.text for sentence in cited])
