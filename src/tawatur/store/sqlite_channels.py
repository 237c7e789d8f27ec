"""``Channels`` in SQLite."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tawatur.alert import Browser, BrowserId, Dispatch, DispatchId, Webhook, WebhookId
from tawatur.errors import ReaderNotFound
from tawatur.newsletter import Channel, IssueId
from tawatur.reader import ReaderId
from tawatur.store import codec
from tawatur.store.channels import Answer, shown
from tawatur.store.sqlite_base import SqliteBase, Violation, run


class SqliteChannels(SqliteBase):
    """``Channels`` in SQLite."""

    # -- browsers ----------------------------------------------------------------------------------------------------

    def put_browser(self, browser: Browser) -> None:
        row: dict[str, object] = {
            "id": browser.id,
            "endpoint": browser.endpoint,
            "p256dh": browser.p256dh,
            "auth": browser.auth,
        }
        more: dict[str, object] = {
            "agent": browser.agent,
            "made": codec.stamp(browser.made),
            "reached": _stamp(browser.reached),
        }
        self._put("put_browser", browser.reader, row | more)

    def browser(self, browser: BrowserId) -> Browser | None:
        return next(map(_browser, self._all("browser", id=browser)), None)

    def browsers(self, reader: ReaderId) -> tuple[Browser, ...]:
        return tuple(map(_browser, self._all("browsers", reader=reader)))

    def drop_browser(self, browser: BrowserId) -> None:
        self._drop("drop_browser", browser)

    # -- webhooks ----------------------------------------------------------------------------------------------------

    def put_webhook(self, webhook: Webhook) -> None:
        row = {"id": webhook.id, "url": webhook.url, "made": codec.stamp(webhook.made), "edition": webhook.edition}
        states = ("reached", "failing", "disabled")
        times: dict[str, object] = {name: _stamp(getattr(webhook, name)) for name in states}
        self._put("put_webhook", webhook.reader, row | times | {"reason": webhook.reason})

    def webhook(self, webhook: WebhookId) -> Webhook | None:
        return next(map(_webhook, self._all("webhook", id=webhook)), None)

    def webhooks(self, reader: ReaderId) -> tuple[Webhook, ...]:
        return tuple(map(_webhook, self._all("webhooks", reader=reader)))

    def drop_webhook(self, webhook: WebhookId) -> None:
        self._drop("drop_webhook", webhook)

    # -- what is on its way ------------------------------------------------------------------------------------------

    def put_dispatch(self, dispatch: Dispatch) -> bool:
        row = {"id": dispatch.id, "issue": dispatch.issue, "channel": dispatch.channel.value, "target": dispatch.target}
        state = {"tries": dispatch.tries, "status": dispatch.status, "error": dispatch.error}
        times = {"made": codec.stamp(dispatch.made), "due": _stamp(dispatch.due), "ended": _stamp(dispatch.ended)}
        return self._put("put_dispatch", dispatch.reader, row | state | times) > 0

    def claim_dispatches(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Dispatch, ...]:
        if not self._all("due_dispatches", now=codec.stamp(now), limit=1):
            return ()  # nothing is due: no transaction that others would wait for
        with self._transaction() as connection:
            rows = self._all("due_dispatches", now=codec.stamp(now), limit=limit)
            for row in rows:
                run(connection, "lend_dispatch", id=row["id"], until=codec.stamp(now + lease))
        return tuple(map(_dispatch, rows))

    def next_dispatch(self) -> datetime | None:
        return _time(self._all("next_dispatch")[0]["due"])

    def note_dispatch(self, dispatch: Dispatch, answer: Answer) -> None:
        again, ended = _stamp(answer.again), None if answer.again else codec.stamp(answer.at)
        with self._transaction() as connection:
            told = {"status": answer.status, "error": answer.error, "again": again, "ended": ended}
            run(connection, "note_dispatch", id=dispatch.id, **told)
            if not answer.error and dispatch.channel is Channel.PUSH:
                run(connection, "reach_browser", id=dispatch.target, at=codec.stamp(answer.at))

    def dispatches(self, reader: ReaderId, *, target: str, limit: int) -> tuple[Dispatch, ...]:
        return tuple(map(_dispatch, self._all("dispatches", reader=reader, target=target, limit=limit)))

    def tidy_dispatches(self, *, before: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "tidy_dispatches", before=codec.stamp(before))

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"channels": shown(self.browsers(reader), self.webhooks(reader))}

    def _put(self, name: str, reader: ReaderId, row: dict[str, object]) -> int:
        with self._transaction() as connection:
            try:
                return run(connection, name, reader=reader, **row).rowcount
            except Violation as error:
                raise ReaderNotFound(reader) from error

    def _drop(self, name: str, id: str) -> None:
        with self._transaction() as connection:
            run(connection, name, id=id)
            run(connection, "drop_dispatches", target=id)


def _stamp(time: datetime | None) -> str | None:
    return codec.stamp(time) if time else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _browser(row: dict[str, Any]) -> Browser:
    made, reached = datetime.fromisoformat(row["made"]), _time(row["reached"])
    ids = {"id": BrowserId(row["id"]), "reader": ReaderId(row["reader"])}
    return Browser(**{**row, **ids, "made": made, "reached": reached})


def _webhook(row: dict[str, Any]) -> Webhook:
    times = {name: _time(row[name]) for name in ("reached", "failing", "disabled")}
    ids = {"id": WebhookId(row["id"]), "reader": ReaderId(row["reader"])}
    return Webhook(**{**row, **ids, **times, "made": datetime.fromisoformat(row["made"])})


def _dispatch(row: dict[str, Any]) -> Dispatch:
    ids = {"id": DispatchId(row["id"]), "reader": ReaderId(row["reader"]), "issue": IssueId(row["issue"])}
    times = {"made": datetime.fromisoformat(row["made"]), "due": _time(row["due"]), "ended": _time(row["ended"])}
    return Dispatch(**{**row, **ids, **times, "channel": Channel(row["channel"])})
