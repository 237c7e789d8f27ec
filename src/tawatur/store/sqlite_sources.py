"""Sources, the queue of pages and the history in SQLite."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

import msgspec

from tawatur.decoding import converted
from tawatur.model import OutletKey
from tawatur.source import OutletState, Page, PageStatus, SourceState, Tally
from tawatur.store import codec
from tawatur.store.sources import Counted, Trouble, Waiting
from tawatur.store.sqlite_base import SqliteBase, run


class SqliteSources(SqliteBase):
    """The contract of ``store.sources``."""

    def add_sources(self, states: Iterable[SourceState]) -> None:
        self._put_sources("add_source", states)

    def put_sources(self, states: Iterable[SourceState]) -> None:
        self._put_sources("put_source", states)

    def _put_sources(self, name: str, states: Iterable[SourceState]) -> None:
        with self._transaction() as connection:
            for state in states:
                run(connection, name, **_source_row(state))

    def drop_sources(self, urls: Iterable[str]) -> None:
        with self._transaction() as connection:
            for url in urls:
                run(connection, "drop_source", url=url)

    def sources(self) -> tuple[SourceState, ...]:
        rows = self._all("sources")
        return tuple(
            replace(codec.load(row["state"], SourceState), next_at=datetime.fromisoformat(row["next_at"]))
            for row in rows
        )

    def claim_sources(
        self, now: datetime, until: datetime, *, limit: int, slow: bool, only: Collection[OutletKey] = ()
    ) -> tuple[SourceState, ...]:
        times = {"now": codec.stamp(now), "until": codec.stamp(until), "only": _list(only)}
        with self._transaction() as connection:
            rows = run(connection, "claim_sources", limit=limit, slow=int(slow), **times).fetchall()
        states = (codec.load(row["state"], SourceState) for row in rows)
        return tuple(sorted(states, key=lambda state: (state.next_at, state.source.url)))

    @contextmanager
    def crawling(self, now: datetime) -> Iterator[None]:
        with self._alone("crawling"):
            with self._transaction() as connection:
                run(connection, "free_sources")
                run(connection, "free_pages", now=codec.stamp(now))
            yield

    def outlet_states(self) -> tuple[OutletState, ...]:
        return tuple(codec.load(row["state"], OutletState) for row in self._all("outlet_states"))

    def outlet_state(self, outlet: OutletKey) -> OutletState:
        for row in self._all("outlet_state", outlet=outlet):
            return codec.load(row["state"], OutletState)
        return OutletState(outlet=outlet)

    def put_outlet_state(self, state: OutletState) -> None:
        with self._transaction() as connection:
            run(connection, "put_outlet_state", outlet=state.outlet, state=codec.dump(state))

    def add_pages(self, pages: Sequence[Page], *, most: int) -> tuple[Page, ...]:
        new: list[Page] = []
        with self._transaction() as connection:
            room = most - self._all("count_waiting", outlet=pages[0].outlet)[0]["pages"] if pages else 0
            for page in pages:
                names = (page.key, *page.names)
                if known := self.page_of(names):
                    self.name_page(known.key, names)
                elif page.status is not PageStatus.WAITING or len(new) < room:
                    run(connection, "add_page", **_page_row(page))
                    self.name_page(page.key, names)
                    new.append(page)
        return tuple(new)

    def page_of(self, names: Iterable[str]) -> Page | None:
        for name in names:
            for row in self._all("page_named", name=name):
                return _page_of(row)
        return None

    def name_page(self, key: str, names: Iterable[str]) -> None:
        with self._transaction() as connection:
            for name in names:
                run(connection, "name_page", name=name, page=key)

    def put_page(self, page: Page) -> None:
        with self._transaction() as connection:
            run(connection, "put_page", **_page_row(page))

    def claim_pages(
        self,
        now: datetime,
        until: datetime,
        *,
        limit: int,
        without: Collection[OutletKey],
        only: Collection[OutletKey] = (),
    ) -> tuple[Page, ...]:
        values = {"now": codec.stamp(now), "until": codec.stamp(until), "limit": limit}
        with self._transaction() as connection:
            rows = run(connection, "claim_pages", without=_list(without), only=_list(only), **values).fetchall()
        return tuple(sorted((_page_of(dict(row)) for row in rows), key=lambda page: page.outlet))

    def next_due(self) -> datetime | None:
        return _time(self._all("next_due")[0]["due"])

    def waiting(self) -> tuple[Waiting, ...]:
        return tuple(
            Waiting(outlet=OutletKey(row["outlet"]), pages=row["pages"], since=_time(row["since"]))
            for row in self._all("waiting")
        )

    def tally(self, outlet: OutletKey, at: datetime, done: Tally) -> None:
        with self._transaction() as connection:
            for span, start in (("hour", codec.hour(at)), ("day", codec.midnight(at))):
                run(connection, "add_tally", span=span, start=codec.stamp(start), outlet=outlet, **asdict(done))

    def trouble(self, outlet: OutletKey, at: datetime, *, reason: str, detail: str) -> None:
        values = {"outlet": outlet, "day": codec.stamp(codec.midnight(at)), "last": codec.stamp(at)}
        with self._transaction() as connection:
            run(connection, "add_trouble", reason=reason, detail=detail, **values)

    def hours(self, since: datetime) -> tuple[Counted, ...]:
        return tuple(_counted(row) for row in self._all("tallies", span="hour", since=codec.stamp(since)))

    def days(self, since: datetime) -> tuple[Counted, ...]:
        return tuple(_counted(row) for row in self._all("tallies", span="day", since=codec.stamp(since)))

    def troubles(self, since: datetime) -> tuple[Trouble, ...]:
        rows = self._all("troubles", since=codec.stamp(since))
        return tuple(converted(row, Trouble) for row in rows)

    def forget_history(self, *, hours: datetime, days: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "forget_tallies", span="hour", before=codec.stamp(hours))
            run(connection, "forget_tallies", span="day", before=codec.stamp(days))
            run(connection, "forget_troubles", before=codec.stamp(days))


def _source_row(state: SourceState) -> dict[str, object]:
    return {
        "url": state.source.url,
        "outlet": state.source.outlet,
        "next_at": codec.stamp(state.next_at),
        "slow": int(state.slow),
        "state": codec.dump(state),
    }


def _page_row(page: Page) -> dict[str, object]:
    row = asdict(page)
    del row["names"]
    return row | {
        "found": codec.stamp(page.found),
        "next_at": codec.stamp(page.next_at) if page.next_at else None,
        "day": page.day.isoformat() if page.day else None,
        "status": page.status.value,
        "whole": int(page.whole),
    }


def _page_of(row: dict[str, Any]) -> Page:
    return Page(
        key=row["key"],
        url=row["url"],
        outlet=OutletKey(row["outlet"]),
        found=datetime.fromisoformat(row["found"]),
        next_at=_time(row["next_at"]),
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        status=PageStatus(row["status"]),
        whole=bool(row["whole"]),
        tries=row["tries"],
        deaths=row["deaths"],
        visits=row["visits"],
        etag=row["etag"],
        modified=row["modified"],
        digest=row["digest"],
        reason=row["reason"],
    )


def _counted(row: dict[str, Any]) -> Counted:
    outlet, start = row.pop("outlet"), row.pop("start")
    return Counted(outlet=OutletKey(outlet), start=datetime.fromisoformat(start), done=Tally(**row))


def _list(keys: Collection[OutletKey]) -> str:
    return msgspec.json.encode(sorted(keys)).decode()


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
