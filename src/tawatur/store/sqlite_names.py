"""Names in SQLite: keeping what stories add. ``sqlite_named`` gives it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from tawatur.errors import StoryNotFound
from tawatur.model import StoryHead, StoryId
from tawatur.store import codec
from tawatur.store.names import BEARERS, free_key, level, wished_key
from tawatur.store.sqlite_base import Connection, SqliteBase, run, run_all
from tawatur.store.sqlite_named import SqliteNamed
from tawatur.stories.identify import kept, looks
from tawatur.stories.naming import Known, Named, Naming, Reporting
from tawatur.stories.slugs import form
from tawatur.understand.identity import Appearance

_DROPS = ("drop_namings", "drop_roles", "drop_said", "drop_reportings", "drop_leanings")


class SqliteNames(SqliteNamed, SqliteBase):
    """``Names`` in SQLite."""

    def bearers(self, looks: Sequence[str], *, story: StoryId | None = None) -> tuple[Known, ...]:
        asked = self._each("bearers", ({"look": look, "story": story, "limit": BEARERS} for look in looks))
        found = {row["number"]: row for rows in asked for row in rows}
        return tuple(
            Known(
                number=number,
                name=row["name"],
                stories=row["stories"],
                evidence=codec.load(row["evidence"], tuple[Appearance, ...]),
                here=bool(row["here"]),
            )
            for number, row in found.items()
        )

    def put_names(self, story: StoryId, named: Named) -> None:
        with self._transaction() as connection:
            for row in self._all("head", story=story):
                self._drop_names(connection, story)
                self._put_names(connection, codec.head_of(row), named)
                return
        raise StoryNotFound(story)

    def _drop_names(self, connection: Connection, story: StoryId) -> None:
        for name in _DROPS:
            run(connection, name, story=story)

    def _put_names(self, connection: Connection, head: StoryHead, named: Named) -> None:
        for naming in named.namings:
            number = naming.number or self._number(connection, naming)
            self._add_forms(connection, number, naming)
            run(connection, "add_naming", **_naming_row(number, naming, head))
            run(connection, "show_best", number=number)
            if naming.evidence:
                self._know(connection, number, naming)
            _add_roles(connection, number, naming, head)
        for reporting in named.reportings:
            _add_reporting(connection, reporting, head)

    def _number(self, connection: Connection, naming: Naming) -> int:
        """Return the number of a name, a new one where it is new; a person without a number is always new."""
        if naming.ident:
            for row in self._all("name_by_ident", kind=naming.kind.value, ident=naming.ident):
                if naming.country:
                    run(connection, "put_country", number=row["number"], country=naming.country)
                return int(row["number"])
        key = free_key(wished_key(naming), partial(self._taken, naming.kind.value))
        row = {"kind": naming.kind.value, "ident": naming.ident or None, "key": key}
        added = run(connection, "add_name", **row, name=naming.forms[0], country=naming.country)
        return int(added.fetchone()["number"])

    def _taken(self, kind: str, key: str) -> bool:
        return bool(self._all("key_taken", kind=kind, key=key))

    def _add_forms(self, connection: Connection, number: int, naming: Naming) -> None:
        shared: dict[str, object] = {"kind": naming.kind.value, "number": number}
        run_all(connection, "add_form", (shared | {"form": form(shown), "shown": shown} for shown in naming.forms))

    def _know(self, connection: Connection, number: int, naming: Naming) -> None:
        row = self._all("evidence_of", number=number)[0]
        before = codec.load(row["evidence"], tuple[Appearance, ...])
        run(connection, "put_evidence", number=number, evidence=codec.dump_sorted(kept(before, naming.evidence)))
        known = level(row["stories"])
        shared: dict[str, object] = {"number": number, "level": known}
        run_all(connection, "add_look", (shared | {"look": look} for look in looks(naming.evidence)))
        run(connection, "raise_looks", number=number, level=known)


def _naming_row(number: int, naming: Naming, head: StoryHead) -> dict[str, object]:
    return {
        "number": number,
        "time": codec.stamp(head.latest),
        "story": head.id,
        "form": form(naming.forms[0]),
        "reports": naming.reports,
        "outlets": naming.outlets,
        "sources": naming.sources,
        "doubtful": int(naming.doubtful),
        "days": codec.dump({day: (told.reports, told.sources) for day, told in naming.days.items()}),
    }


def _add_roles(connection: Connection, number: int, naming: Naming, head: StoryHead) -> None:
    for role in naming.roles:
        row = {"sense": role.sense, "time": codec.stamp(head.first), "text": role.text, "outlets": _list(role.outlets)}
        run(connection, "add_role", number=number, story=head.id, **row)
    for said in naming.said:
        place = {"at": codec.stamp(said.at), "article": said.article, "outlets": _list(said.outlets)}
        run(connection, "add_said", number=number, story=head.id, start=said.start, **place)


def _add_reporting(connection: Connection, one: Reporting, head: StoryHead) -> None:
    place = {"outlet": one.outlet, "story": head.id, "month": codec.stamp(head.latest)[:7]}
    run(
        connection,
        "add_reporting",
        **place,
        reports=one.reports,
        first=int(one.first),
        doubtful=int(one.doubtful),
        alone=int(one.alone),
        leaning=sum(leaning.reports for leaning in one.leanings),
    )
    for leaning in one.leanings:
        row = {"medium": leaning.on, "lean": leaning.lean.value, "shown": leaning.name, "reports": leaning.reports}
        run(connection, "add_leaning", **place, **row)


def _list(keys: Iterable[str]) -> str:
    return codec.dump(tuple(keys))
