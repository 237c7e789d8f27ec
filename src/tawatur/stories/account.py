"""The account of a story: sentences of its reports, chosen for what several sources say, in the order in which an editor tells.

``account_choice`` chooses the sentences, ``account_order`` puts them in order, ``account_sayings`` finds who else says them.
Nothing is rewritten: every sentence stands as it is in the report it was taken from, and names all reports that say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tawatur.model import Account, AccountPart, AccountSentence, Agreement, ArticleId, Saying, Span, Story
from tawatur.stories.account_choice import choose
from tawatur.stories.account_order import ordered, part_of
from tawatur.stories.account_sayings import backed, sayings, worded
from tawatur.stories.backing import backing
from tawatur.stories.told import Told, unnamed_speaker, weights

#: The sentences of the short form.
SHORT = 3


def account(story: Story, agreement: Agreement, told_by: Sequence[Sequence[Told]]) -> Account:
    """Return the account of a story; an empty one where no report has a whole sentence.

    ``agreement`` is what its reports agree on: what it found superseded is not told, and what it found to be the same is one.
    ``told_by`` are the sentences of each report.
    """
    gone = superseded(agreement)
    standing = [one for sentences in told_by for one in sentences if not _holds(one, gone.get(one.article, ()))]
    chosen = choose(standing, weights(told_by, story), backed(standing, agreement))
    if not chosen:
        return Account()
    parts = {id(one): part_of(one, story) for one in chosen} | {id(chosen[0]): AccountPart.HAPPENED}
    points = worded(agreement)
    in_order = ordered(chosen, parts)
    short = {id(one) for one in sorted(chosen, key=lambda one: parts[id(one)] is AccountPart.BACKGROUND)[:SHORT]}
    return Account(
        sentences=tuple(_sentence(one, parts[id(one)], sayings(one, told_by, points), story) for one in in_order),
        short=tuple(at for at, one in enumerate(in_order) if id(one) in short),
    )


def superseded(agreement: Agreement) -> dict[ArticleId, list[Span]]:
    """Return where reports count what was later counted anew."""
    found: dict[ArticleId, list[Span]] = {}
    for point in (*agreement.agreed, *agreement.alone, *agreement.differ):
        for version in point.versions:
            for wording in version.wordings if version.superseded else ():
                found.setdefault(wording.article, []).append(wording.span)
    return found


def _holds(one: Told, spans: Iterable[Span]) -> bool:
    return any(span.start < one.span.end and one.span.start < span.end for span in spans)


def _sentence(one: Told, part: AccountPart, same: tuple[Saying, ...], story: Story) -> AccountSentence:
    return AccountSentence(
        text=one.text,
        part=part,
        sayings=same,
        backing=backing((saying.article for saying in same), story),
        speaker=unnamed_speaker(one),
    )
