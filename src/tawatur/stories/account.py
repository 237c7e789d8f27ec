"""The account of a story: sentences of its reports, chosen for what several sources say, in the order in which an editor tells.

``account_choice`` chooses the sentences, ``account_order`` puts them in order. Nothing is rewritten: every sentence stands as it is in
the report it was taken from, and names all reports that say the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.model import Account, AccountPart, AccountSentence, Passage, Story
from tawatur.stories.account_choice import choose
from tawatur.stories.account_order import ordered, part_of
from tawatur.stories.backing import backing
from tawatur.stories.told import Told, share, told, unnamed_speaker, weights

#: The sentences of the short form.
SHORT = 3
#: The share of what a sentence says, from which on another sentence says the same.
SAME = 0.5


def account(story: Story) -> Account:
    """Return the account of a story; an empty one where no report has a whole sentence."""
    told_by = [told(report) for report in story.reports]
    chosen = choose([one for sentences in told_by for one in sentences], weights(told_by, story))
    if not chosen:
        return Account()
    parts = {id(one): part_of(one, story) for one in chosen} | {id(chosen[0]): AccountPart.HAPPENED}
    in_order = ordered(chosen, parts)
    short = {id(one) for one in sorted(chosen, key=lambda one: parts[id(one)] is AccountPart.BACKGROUND)[:SHORT]}
    return Account(
        sentences=tuple(_sentence(one, parts[id(one)], told_by, story) for one in in_order),
        short=tuple(at for at, one in enumerate(in_order) if id(one) in short),
    )


def _sentence(one: Told, part: AccountPart, told_by: Sequence[Sequence[Told]], story: Story) -> AccountSentence:
    """Return a chosen sentence with all reports that say the same."""
    same = [Passage(article=one.article, span=one.span)]
    for sentences in told_by:
        if sentences and sentences[0].article != one.article:
            value, _, nearest = max(
                ((share(one, other), -at, other) for at, other in enumerate(sentences)), key=_first_two
            )
            if value >= SAME:
                same.append(Passage(article=nearest.article, span=nearest.span))
    return AccountSentence(
        text=one.text,
        part=part,
        passages=tuple(same),
        backing=backing((passage.article for passage in same), story),
        speaker=unnamed_speaker(one),
    )


def _first_two(found: tuple[float, int, Told]) -> tuple[float, int]:
    return found[:2]
