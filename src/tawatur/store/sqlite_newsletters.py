"""``Newsletters`` in SQLite."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tawatur.errors import IssueNotFound, NewsletterNotFound, ReaderNotFound
from tawatur.ids import ArticleId, StoryId
from tawatur.newsletter import Issue, IssueId, Newsletter, NewsletterId
from tawatur.reader import ReaderId
from tawatur.store import codec
from tawatur.store.newsletters import TOLD_KEPT, IssueHead, Scheduled, ToldStory, exported
from tawatur.store.outbox import Letter
from tawatur.store.sqlite_base import Connection, Violation, run
from tawatur.store.sqlite_outbox import SqliteOutbox

#: Behind the number of every issue.
_END = 2**31 - 1


class SqliteNewsletters(SqliteOutbox):
    """``Newsletters`` in SQLite."""

    def put_newsletter(self, newsletter: Newsletter, *, due: datetime | None) -> None:
        row = {"id": newsletter.id, "owner": newsletter.owner, "made": codec.stamp(newsletter.made)}
        with self._transaction() as connection:
            try:
                kept = codec.dump_sorted(newsletter)
                run(connection, "put_newsletter", **row, newsletter=kept, due=_stamp(due))
            except Violation as error:
                raise ReaderNotFound(newsletter.owner or "") from error

    def newsletter(self, newsletter: NewsletterId) -> Scheduled:
        for row in self._all("newsletter", id=newsletter):
            return _scheduled(row)
        raise NewsletterNotFound(newsletter)

    def newsletters_of(self, reader: ReaderId) -> tuple[Scheduled, ...]:
        return tuple(map(_scheduled, self._all("newsletters_of", owner=reader)))

    def public_newsletters(self) -> tuple[Scheduled, ...]:
        return tuple(map(_scheduled, self._all("public_newsletters")))

    def drop_newsletter(self, newsletter: NewsletterId) -> None:
        with self._transaction() as connection:
            run(connection, "drop_newsletter", id=newsletter)

    def claim_newsletters(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Scheduled, ...]:
        if not self._all("due_newsletters", now=codec.stamp(now), limit=1):
            return ()  # nothing is due: no transaction that others would wait for
        with self._transaction() as connection:
            rows = self._all("due_newsletters", now=codec.stamp(now), limit=limit)
            for row in rows:
                run(connection, "lend_newsletter", id=row["id"], until=codec.stamp(now + lease))
        return tuple(map(_scheduled, rows))

    def next_newsletter(self) -> datetime | None:
        return _time(self._all("next_newsletter")[0]["wake"])

    def put_issue(
        self,
        issue: Issue,
        *,
        told: Iterable[ToldStory] = (),
        letters: Iterable[Letter] = (),
        settles: datetime | None = None,
        due: datetime | None = None,
    ) -> bool:
        with self._transaction() as connection:
            if not run(connection, "newsletter", id=issue.newsletter).fetchone():
                raise NewsletterNotFound(issue.newsletter)
            if not _numbered(connection, issue, settles, due):
                return False
            run(connection, "add_issue", **_issue_row(issue))
            self._tell(connection, issue, told)
            for letter in letters:
                self.put_letter(letter, at=issue.made)
        return True

    def put_nothing(self, newsletter: NewsletterId, *, settles: datetime, slot: datetime, due: datetime | None) -> bool:
        times = {"settles": codec.stamp(settles), "slot": codec.stamp(slot), "due": _stamp(due)}
        with self._transaction() as connection:
            return run(connection, "settle_newsletter", id=newsletter, **times).rowcount > 0

    def told_by(self, newsletter: NewsletterId, *, since: datetime) -> tuple[ToldStory, ...]:
        return tuple(map(_told, self._all("told_by", newsletter=newsletter, since=codec.stamp(since))))

    def issue(self, issue: IssueId) -> Issue:
        for row in self._all("issue", id=issue):
            return _issue(row)
        raise IssueNotFound(issue)

    def issues(self, newsletter: NewsletterId, *, limit: int, before: int | None = None) -> tuple[IssueHead, ...]:
        asked = {"newsletter": newsletter, "before": _END if before is None else before, "limit": limit}
        return tuple(map(_head, self._all("issues", **asked)))

    def export(self, reader: ReaderId) -> dict[str, object]:
        own = [one.newsletter for one in self.newsletters_of(reader)]
        found = [exported(one, map(_issue, self._all("issues_whole", newsletter=one.id))) for one in own]
        return super().export(reader) | {"newsletters": found}

    def _tell(self, connection: Connection, issue: Issue, told: Iterable[ToldStory]) -> None:
        for one in told:
            row = {"newsletter": issue.newsletter, "story": one.story}
            known = [codec.load(each["reports"], frozenset[ArticleId]) for each in self._all("told_story", **row)]
            reports = codec.dump(sorted(one.reports.union(*known)))
            run(connection, "put_told_story", **row, at=codec.stamp(one.at), reports=reports)
        run(connection, "forget_told", newsletter=issue.newsletter, before=codec.stamp(issue.made - TOLD_KEPT))


def _numbered(connection: Connection, issue: Issue, settles: datetime | None, due: datetime | None) -> bool:
    """Give an issue its number, and settle what it stands for; return False where that is not to be had any more."""
    row = {"id": issue.newsletter, "number": issue.number, "told": codec.stamp(issue.content.until)}
    if settles is None:
        return run(connection, "note_issue", **row).rowcount > 0
    times = {"settles": codec.stamp(settles), "slot": _stamp(issue.slot), "due": _stamp(due)}
    return run(connection, "settle_with_issue", **row, **times).rowcount > 0


def _stamp(time: datetime | None) -> str | None:
    return codec.stamp(time) if time else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _scheduled(row: dict[str, Any]) -> Scheduled:
    times = {name: _time(row[name]) for name in ("due", "slot", "told")}
    return Scheduled(newsletter=codec.load(row["newsletter"], Newsletter), issues=row["issues"], **times)


def _told(row: dict[str, Any]) -> ToldStory:
    reports = codec.load(row["reports"], frozenset[ArticleId])
    return ToldStory(story=StoryId(row["story"]), at=datetime.fromisoformat(row["at"]), reports=reports)


def _issue_row(issue: Issue) -> dict[str, object]:
    return {
        "id": issue.id,
        "newsletter": issue.newsletter,
        "number": issue.number,
        "slot": _stamp(issue.slot),
        "made": codec.stamp(issue.made),
        "leading": issue.content.leading,
        "told": issue.content.told,
        "issue": zlib.compress(codec.dump(issue).encode()),
    }


def _issue(row: dict[str, Any]) -> Issue:
    return codec.load(zlib.decompress(row["issue"]), Issue)


def _head(row: dict[str, Any]) -> IssueHead:
    return IssueHead(
        id=IssueId(row["id"]),
        newsletter=NewsletterId(row["newsletter"]),
        number=row["number"],
        made=datetime.fromisoformat(row["made"]),
        leading=row["leading"],
        told=row["told"],
        slot=_time(row["slot"]),
    )
