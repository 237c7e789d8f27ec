"""Names in SQLite: keeping what stories add. ``sqlite_named`` gives it back."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from tawatur.errors import StoryNotFound
from tawatur.model import StoryHead, StoryId
from tawatur.store import codec
from tawatur.store.names import BEARERS, free_key, level, wished_key
from tawatur.store.sqlite_base import Connection, SqliteBase, add_all, run, run_all
from tawatur.store.sqlite_named import SqliteNamed
from tawatur.stories.identify import kept, looks
from tawatur.stories.naming import Known, Named, NameKind, Naming, Reporting
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
        numbers = self._numbers(connection, named.namings)
        numbered = tuple(zip(numbers, named.namings, strict=True))
        run_all(connection, "add_form", (row for number, naming in numbered for row in _form_rows(number, naming)))
        run_all(connection, "add_naming", (_naming_row(number, naming, head) for number, naming in numbered))
        if numbers:
            run(connection, "show_best", numbers=codec.dump(numbers))
        if people := {number: naming.evidence for number, naming in numbered if naming.evidence}:
            self._know(connection, people)
        _add_roles(connection, numbered, head)
        _add_reportings(connection, named.reportings, head)

    def _numbers(self, connection: Connection, namings: Sequence[Naming]) -> list[int]:
        """Return the numbers of names, new ones of those that are new; a person without a number is always new."""
        known = self._known(connection, [naming for naming in namings if naming.ident and not naming.number])
        found = [naming.number or known.get((naming.kind, naming.ident)) for naming in namings]
        new = [naming for naming, number in zip(namings, found, strict=True) if number is None]
        added = iter(self._add(connection, new))
        return [next(added) if number is None else number for number in found]

    def _known(self, connection: Connection, namings: Sequence[Naming]) -> dict[tuple[NameKind, str], int]:
        """Return the numbers of the known ones of names that are no people; a place that has no country is given it."""
        wished = _by_kind((naming.kind, naming.ident) for naming in namings)
        asked = self._each("names_by_ident", ({"kind": kind, "idents": _list(own)} for kind, own in wished.items()))
        told = ((kind, row) for kind, rows in zip(wished, asked, strict=True) for row in rows)
        found = {(kind, row["ident"]): row for kind, row in told if row["number"] is not None}
        placed = ((found.get((one.kind, one.ident)), one.country) for one in namings if one.country)
        bare = ({"number": row["number"], "country": country} for row, country in placed if row and not row["country"])
        run_all(connection, "put_country", bare)
        return {name: row["number"] for name, row in found.items()}

    def _add(self, connection: Connection, namings: Sequence[Naming]) -> list[int]:
        """Add new names, each with a key of its own, and return their numbers."""
        taken, keys = self._taken(namings), []
        for naming in namings:
            keys.append(self._free_key(naming, taken))
            taken.add((naming.kind, keys[-1]))
        rows = (
            {
                "kind": one.kind.value,
                "ident": one.ident or None,
                "key": key,
                "name": one.forms[0],
                "country": one.country,
            }
            for one, key in zip(namings, keys, strict=True)
        )
        added = {(row["kind"], row["key"]): row["number"] for row in add_all(connection, "add_name", rows)}
        return [added[naming.kind.value, key] for naming, key in zip(namings, keys, strict=True)]

    def _free_key(self, naming: Naming, taken: Container[tuple[NameKind, str]]) -> str:
        kind, wished = naming.kind, wished_key(naming)

        def is_taken(key: str) -> bool:
            return (kind, key) in taken or (key != wished and self._is_taken(kind, key))

        return free_key(wished, is_taken)

    def _taken(self, namings: Sequence[Naming]) -> set[tuple[NameKind, str]]:
        """Return the taken ones of the keys that new names wish for."""
        wished = _by_kind((naming.kind, wished_key(naming)) for naming in namings)
        asked = self._each("keys_taken", ({"kind": kind, "keys": _list(own)} for kind, own in wished.items()))
        return {(kind, row["key"]) for kind, rows in zip(wished, asked, strict=True) for row in rows}

    def _is_taken(self, kind: NameKind, key: str) -> bool:
        return bool(self._all("keys_taken", kind=kind.value, keys=_list([key])))

    def _know(self, connection: Connection, people: Mapping[int, Sequence[Appearance]]) -> None:
        """Keep by what people are known again."""
        levels: dict[int, int] = {}
        evidence = []
        for row in self._all("evidence_of", numbers=codec.dump(list(people))):
            number, before = row["number"], codec.load(row["evidence"], tuple[Appearance, ...])
            levels[number] = level(row["stories"])
            evidence.append({"number": number, "evidence": codec.dump_sorted(kept(before, people[number]))})
        run_all(connection, "put_evidence", evidence)
        seen = ((number, look) for number, own in people.items() for look in looks(own))
        run_all(
            connection, "add_look", ({"number": number, "level": levels[number], "look": look} for number, look in seen)
        )
        for known in sorted(set(levels.values())):
            these = [number for number, own in levels.items() if own == known]
            run(connection, "raise_looks", numbers=codec.dump(these), level=known)


def _by_kind(named: Iterable[tuple[NameKind, str]]) -> dict[NameKind, list[str]]:
    found: dict[NameKind, list[str]] = {}
    for kind, text in named:
        found.setdefault(kind, []).append(text)
    return found


def _form_rows(number: int, naming: Naming) -> Iterator[dict[str, object]]:
    for shown in naming.forms:
        yield {"kind": naming.kind.value, "number": number, "form": form(shown), "shown": shown}


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


def _add_roles(connection: Connection, numbered: Sequence[tuple[int, Naming]], head: StoryHead) -> None:
    roles = (
        {"sense": role.sense, "time": codec.stamp(head.first), "text": role.text, "outlets": _list(role.outlets)}
        | {"number": number, "story": head.id}
        for number, naming in numbered
        for role in naming.roles
    )
    run_all(connection, "add_role", roles)
    said = (
        {"at": codec.stamp(said.at), "article": said.article, "start": said.start, "outlets": _list(said.outlets)}
        | {"number": number, "story": head.id}
        for number, naming in numbered
        for said in naming.said
    )
    run_all(connection, "add_said", said)


def _add_reportings(connection: Connection, reportings: Sequence[Reporting], head: StoryHead) -> None:
    shared: dict[str, object] = {"story": head.id, "month": codec.stamp(head.latest)[:7]}
    rows = (
        {
            "outlet": one.outlet,
            "reports": one.reports,
            "first": int(one.first),
            "doubtful": int(one.doubtful),
            "alone": int(one.alone),
            "leaning": sum(leaning.reports for leaning in one.leanings),
        }
        | shared
        for one in reportings
    )
    run_all(connection, "add_reporting", rows)
    leanings = (
        {"outlet": one.outlet, "medium": own.on, "lean": own.lean.value, "shown": own.name, "reports": own.reports}
        | shared
        for one in reportings
        for own in one.leanings
    )
    run_all(connection, "add_leaning", leanings)


def _list(keys: Iterable[str]) -> str:
    return codec.dump(tuple(keys))
