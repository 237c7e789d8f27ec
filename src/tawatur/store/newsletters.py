"""What is kept of newsletters: what was chosen, when each is due next, its issues, and what each has told already.

What is due lives here, so that any number of processes may make issues. Whoever finds a newsletter due has it lent for a while;
what he makes (the issue, what it tells, the letters that carry it, the next time) is kept in one transaction, and only while
the time for which it was made is still what is due. So whoever is killed at any moment has done all of it or nothing, and of
two who made the same issue one is told that it was made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from tawatur.newsletter import Issue, IssueId, Newsletter, NewsletterId
from tawatur.newsletter import ToldStory as ToldStory
from tawatur.reader import ReaderId
from tawatur.store.outbox import Letter

#: What was told longer ago is forgotten: no issue goes back so far.
TOLD_KEPT = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A newsletter with where it stands. ``due`` is None where it is paused or comes at no set times.

    ``slot`` is the last due time that was settled, with an issue or because there was nothing new; ``told`` until when the last
    issue told; ``issues`` how many there are.
    """

    newsletter: Newsletter
    due: datetime | None = None
    slot: datetime | None = None
    told: datetime | None = None
    issues: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHead:
    """What a list of issues shows of one. ``leading`` is the headline of what it tells first, ``told`` how many things it tells."""

    id: IssueId
    newsletter: NewsletterId
    number: int
    made: datetime
    leading: str
    told: int
    slot: datetime | None = None


class Newsletters(Protocol):
    """The part of the store's contract that concerns newsletters."""

    # -- what was chosen ---------------------------------------------------------------------------------------------

    def put_newsletter(self, newsletter: Newsletter, *, due: datetime | None) -> None:
        """Keep a newsletter, in the place of the one with its id, and when it is due next; nobody has it lent any more.

        Raises:
            ReaderNotFound: nobody has the owner's id.
        """

    def newsletter(self, newsletter: NewsletterId) -> Scheduled:
        """Return a newsletter with where it stands.

        Raises:
            NewsletterNotFound: none has this id.
        """

    def newsletters_of(self, reader: ReaderId) -> tuple[Scheduled, ...]:
        """Return a reader's newsletters, the first made first."""

    def public_newsletters(self) -> tuple[Scheduled, ...]:
        """Return the newsletters of the operator, the first made first."""

    def drop_newsletter(self, newsletter: NewsletterId) -> None:
        """Forget a newsletter with its issues; an unknown one is none."""

    # -- what is due -------------------------------------------------------------------------------------------------

    def claim_newsletters(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Scheduled, ...]:
        """Return the newsletters that are due, the longest due first, and let nobody else have them for ``lease``."""

    def next_newsletter(self) -> datetime | None:
        """Return when the next newsletter is to be looked at: it is due then, or nobody has it lent any more."""

    def put_issue(
        self,
        issue: Issue,
        *,
        told: Iterable[ToldStory] = (),
        letters: Iterable[Letter] = (),
        settles: datetime | None = None,
        due: datetime | None = None,
    ) -> bool:
        """Keep an issue with the stories that it tells and the letters that carry it, in one transaction.

        ``settles`` is the due time with which the newsletter was claimed, and ``due`` the next one; an issue that settles nothing
        leaves what is due as it is. Return False, and keep nothing, where something else is due by now, or there is an issue with
        this number.

        Raises:
            NewsletterNotFound: it is of none.
        """

    def put_nothing(self, newsletter: NewsletterId, *, settles: datetime, slot: datetime, due: datetime | None) -> bool:
        """Note that there was nothing new for a due time, and the next one; return False where it is not due any more.

        ``slot`` is the latest due time up to now: that with which it was claimed, or, behind a long pause, a later one.
        """

    # -- what was told -----------------------------------------------------------------------------------------------

    def told_by(self, newsletter: NewsletterId, *, since: datetime) -> tuple[ToldStory, ...]:
        """Return the stories that a newsletter has told since a time, the last told first, then by id.

        Each has all reports that it had when it was told, however often.
        """

    # -- issues ------------------------------------------------------------------------------------------------------

    def issue(self, issue: IssueId) -> Issue:
        """Return an issue.

        Raises:
            IssueNotFound: none has this id.
        """

    def issues(self, newsletter: NewsletterId, *, limit: int, before: int | None = None) -> tuple[IssueHead, ...]:
        """Return the issues of a newsletter, the last one first; ``before`` goes on behind that number."""


def exported(newsletter: Newsletter, issues: Iterable[Issue]) -> dict[str, object]:
    """Return a newsletter with its issues as values that JSON has."""
    found: dict[str, object] = msgspec.json.decode(msgspec.json.encode(newsletter))
    return found | {"issues": [{"id": one.id} | msgspec.json.decode(msgspec.json.encode(one)) for one in issues]}
