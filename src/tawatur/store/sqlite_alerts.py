"""``Alerts`` in SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tawatur.alert import CEILING
from tawatur.digest.breaking import Passing, Rise
from tawatur.errors import ReaderNotFound
from tawatur.ids import StoryId
from tawatur.newsletter import IssueId, Newsletter, NewsletterId, Threshold
from tawatur.reader import ReaderId
from tawatur.store import codec
from tawatur.store.alerts import AFFAIR, Alert, Risen, affair_of, seconds, watches
from tawatur.store.sqlite_base import Violation, run
from tawatur.store.sqlite_newsletters import SqliteNewsletters


class SqliteAlerts(SqliteNewsletters):
    """``Alerts`` in SQLite."""

    def put_newsletter(self, newsletter: Newsletter, *, due: datetime | None) -> None:
        with self._transaction() as connection:
            super().put_newsletter(newsletter, due=due)
            run(connection, "drop_watch", newsletter=newsletter.id)
            if watches(newsletter):
                affair = affair_of(newsletter)
                threshold = newsletter.threshold or Threshold(sources=1, within=timedelta())
                kind = AFFAIR if affair else newsletter.kind.value
                run(connection, "put_watch", newsletter=newsletter.id, kind=kind, **_threshold(threshold))
                if affair:
                    self.put_in_affair(newsletter.id, affair)

    # -- stories that came up ----------------------------------------------------------------------------------------

    def put_rise(self, story: StoryId, rise: Rise) -> None:
        with self._transaction() as connection:
            run(connection, "put_rise", story=story, rise=codec.dump(rise))

    def risen(self, *, limit: int) -> tuple[Risen, ...]:
        rows = self._all("risen", limit=limit)
        return tuple(Risen(row["number"], StoryId(row["story"]), codec.load(row["rise"], Rise)) for row in rows)

    def take_rise(self, risen: Risen) -> bool:
        with self._transaction() as connection:
            return run(connection, "take_rise", number=risen.number, rise=codec.dump(risen.rise)).rowcount > 0

    # -- who watches -------------------------------------------------------------------------------------------------

    def thresholds(self) -> tuple[Threshold, ...]:
        rows = self._all("thresholds")
        return tuple(Threshold(sources=row["sources"], within=timedelta(seconds=row["seconds"])) for row in rows)

    def watching(self, threshold: Threshold) -> tuple[Newsletter, ...]:
        return tuple(map(_newsletter, self._all("watching", **_threshold(threshold))))

    def watching_searches(self) -> tuple[Newsletter, ...]:
        return tuple(map(_newsletter, self._all("watching_searches")))

    def searches_edition(self) -> tuple[int, int]:
        row = self._all("searches_edition")[0]
        return row["watches"], row["last"]

    def watching_affairs(self, stories: Iterable[StoryId]) -> tuple[Newsletter, ...]:
        found = [_newsletter(row) for story in stories for row in self._all("watching_affair", story=story)]
        return tuple({one.id: one for one in found}.values())

    def put_in_affair(self, newsletter: NewsletterId, story: StoryId) -> None:
        with self._transaction() as connection:
            run(connection, "put_in_affair", newsletter=newsletter, story=story)

    # -- thresholds that were passed ---------------------------------------------------------------------------------

    def put_passing(self, story: StoryId, passing: Passing, threshold: Threshold, *, at: datetime) -> bool:
        row = {**_threshold(threshold), "at": codec.stamp(at)}
        with self._transaction() as connection:
            if not run(connection, "put_passing", story=story, passed=codec.stamp(passing.at), **row).rowcount:
                return False
            new = sum(run(connection, "put_passing_report", article=one, **row).rowcount for one in passing.reports)
        return 2 * new >= len(passing.reports)

    def passed(self, stories: Iterable[StoryId], threshold: Threshold, *, since: datetime) -> bool:
        rows = (row for story in stories for row in self._all("passing", story=story, **_threshold(threshold)))
        return any(datetime.fromisoformat(row["passed"]) >= since for row in rows)

    # -- what is to be told ------------------------------------------------------------------------------------------

    def put_alert(self, newsletter: NewsletterId, story: StoryId, *, made: datetime, due: datetime) -> bool:
        times = {"made": codec.stamp(made), "due": codec.stamp(due)}
        with self._transaction() as connection:
            return run(connection, "put_alert", newsletter=newsletter, story=story, **times).rowcount > 0

    def alerting(self, *, now: datetime, limit: int) -> tuple[NewsletterId, ...]:
        rows = self._all("alerting", now=codec.stamp(now), limit=limit)
        return tuple(NewsletterId(row["newsletter"]) for row in rows)

    def alerts_of(self, newsletter: NewsletterId, *, now: datetime) -> tuple[Alert, ...]:
        return tuple(map(_alert, self._all("alerts_of", newsletter=newsletter, now=codec.stamp(now))))

    def hold_alerts(self, numbers: Sequence[int], *, until: datetime) -> None:
        with self._transaction() as connection:
            for number in numbers:
                run(connection, "hold_alert", number=number, until=codec.stamp(until))

    def tell_alerts(self, numbers: Sequence[int], issue: IssueId | None, *, at: datetime) -> bool:
        told = {"issue": issue, "at": codec.stamp(at)}
        with self._transaction() as connection:
            if not all(self._all("waiting_alert", number=number) for number in numbers):
                return False
            for number in numbers:
                run(connection, "tell_alert", number=number, **told)
            for row in self._all("alert_newsletter", number=numbers[0]) if issue else ():
                run(connection, "put_alert_time", newsletter=row["newsletter"], **told)
        return True

    def told_since(self, reader: ReaderId, since: datetime) -> tuple[datetime, ...]:
        rows = self._all("told_since", reader=reader, since=codec.stamp(since))
        return tuple(datetime.fromisoformat(row["at"]) for row in rows)

    def ceiling(self, reader: ReaderId) -> int:
        return next((int(row["ceiling"]) for row in self._all("ceiling", reader=reader)), CEILING)

    def put_ceiling(self, reader: ReaderId, ceiling: int) -> None:
        with self._transaction() as connection:
            try:
                run(connection, "put_ceiling", reader=reader, ceiling=ceiling)
            except Violation as error:
                raise ReaderNotFound(reader) from error

    def tidy_alerts(self, *, before: datetime) -> None:
        with self._transaction() as connection:
            for name in ("tidy_passings", "tidy_passing_reports", "tidy_alerts", "tidy_alert_times"):
                run(connection, name, before=codec.stamp(before))

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"alerts": {"ceiling": self.ceiling(reader)}}


def _threshold(threshold: Threshold) -> dict[str, object]:
    return {"sources": threshold.sources, "seconds": seconds(threshold.within)}


def _newsletter(row: dict[str, Any]) -> Newsletter:
    return codec.load(row["newsletter"], Newsletter)


def _alert(row: dict[str, Any]) -> Alert:
    return Alert(
        number=row["number"],
        newsletter=NewsletterId(row["newsletter"]),
        story=StoryId(row["story"]),
        made=datetime.fromisoformat(row["made"]),
        due=datetime.fromisoformat(row["due"]),
    )
