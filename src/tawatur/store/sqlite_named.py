"""Names in SQLite: what their pages read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.store import codec
from tawatur.store.names import (
    COMPANY,
    MEDIA,
    OF_A_DAY,
    RARE,
    ROLE_OUTLETS,
    LeaningTally,
    NamedIn,
    NameHead,
    OutletTally,
    Ranked,
    Reported,
    RoleSpan,
    SaidRow,
    StoryNaming,
    by_most,
    month,
)
from tawatur.store.sqlite_base import SqliteBase
from tawatur.stories.naming import Lean, NameKind, Told

_DAY = timedelta(days=1)


class SqliteNamed(SqliteBase):
    """The reading side of ``Names`` in SQLite."""

    def name(self, kind: NameKind, key: str) -> NameHead | None:
        return next(map(_head, self._all("name_by_key", kind=kind.value, key=key)), None)

    def spelled(self, kind: NameKind, form: str, *, limit: int) -> tuple[NameHead, ...]:
        return tuple(map(_head, self._all("names_spelled", kind=kind.value, form=form, limit=limit)))

    def beginning(self, kind: NameKind, form: str, *, limit: int) -> tuple[NameHead, ...]:
        # A name may have several spellings that begin so; three times as many rows hold enough others.
        row = {"kind": kind.value, "form": form, "end": f"{form}\U0010ffff", "limit": 3 * limit}
        found = {one.number: one for one in map(_head, self._all("names_beginning", **row))}
        return tuple(found.values())[:limit]

    def forms_of(self, number: int, *, limit: int) -> tuple[str, ...]:
        return tuple(row["shown"] for row in self._all("forms_of", number=number, rare=RARE, limit=limit))

    def listed(self, kind: NameKind, *, limit: int, behind: str = "") -> tuple[NameHead, ...]:
        return tuple(map(_head, self._all("names_listed", kind=kind.value, behind=behind, limit=limit)))

    def names_in(self, story: StoryId) -> tuple[NamedIn, ...]:
        rows = self._all("names_in", story=story)
        return tuple(NamedIn(_head(row), row["form"], row["reports"]) for row in rows)

    def stories_of(self, number: int, *, limit: int, before: StoryId | None = None) -> tuple[StoryNaming, ...]:
        name = "stories_of_behind" if before else "stories_of"
        rows = self._all(name, number=number, limit=limit, **({"before": before} if before else {}))
        return tuple(StoryNaming(codec.head_of(row), row["naming"], row["sources"]) for row in rows)

    def roles_of(self, number: int, *, limit: int) -> tuple[RoleSpan, ...]:
        rows = self._all("roles_of", number=number, limit=limit)
        shared: dict[str, object] = {"number": number, "limit": ROLE_OUTLETS}
        told = self._each("role_told", (shared | {"sense": row["sense"]} for row in rows))
        return tuple(map(_role, rows, told))

    def said_by(self, number: int, *, limit: int, behind: int = 0) -> tuple[SaidRow, ...]:
        rows = self._all("said_by", number=number, limit=limit, behind=behind)
        return tuple(
            SaidRow(
                at=datetime.fromisoformat(row["at"]),
                article=ArticleId(row["article"]),
                start=row["start"],
                story=StoryId(row["story"]),
                outlets=codec.load(row["outlets"], tuple[OutletKey, ...]),
            )
            for row in rows
        )

    def beside(self, number: int, *, limit: int) -> Mapping[NameKind, tuple[Ranked, ...]]:
        rows = self._all("beside", number=number, newest=COMPANY, limit=limit)
        found = [Ranked(_head(row), row["shared"], row["told"]) for row in rows]
        return {kind: tuple(one for one in found if one.head.kind is kind) for kind in NameKind}

    def days_of(self, number: int, *, since: date, until: date) -> Mapping[date, Told]:
        rows = self._all("days_of", number=number, since=since.isoformat(), until=until.isoformat())
        return {date.fromisoformat(row["day"]): Told(row["reports"], row["sources"]) for row in rows}

    def newest_day(self, *, until: date) -> date | None:
        day = self._all("newest_day", until=until.isoformat())[0]["day"]
        return date.fromisoformat(day) if day else None

    def most_named(self, kind: NameKind, *, since: date, until: date, limit: int) -> tuple[Ranked, ...]:
        days = [(since + at * _DAY).isoformat() for at in range((until - since).days + 1)]
        asked = self._each("most_of_day", ({"kind": kind.value, "day": day, "limit": OF_A_DAY} for day in days))
        numbers = codec.dump(sorted({row["name"] for rows in asked for row in rows}))
        told = self._all("told_of", numbers=numbers, since=since.isoformat(), until=until.isoformat())
        return by_most((Ranked(_head(row), row["reports"], row["sources"]) for row in told), limit)

    def reported(self, stories: Iterable[StoryId]) -> Mapping[StoryId, tuple[Reported, ...]]:
        found: dict[StoryId, list[Reported]] = {}
        for row in self._all("reported", stories=codec.dump(tuple(stories))):
            found.setdefault(StoryId(row["story"]), []).append(_reported(row))
        return {story: tuple(told) for story, told in found.items()}

    def outlet_tally(self, outlet: OutletKey, *, since: date) -> OutletTally:
        return OutletTally(**self._all("outlet_tally", outlet=outlet, since=month(since))[0])

    def leanings(self, *, since: date, outlet: OutletKey | None = None) -> tuple[LeaningTally, ...]:
        if outlet is None:
            rows = self._all("leanings", since=month(since), limit=MEDIA)
        else:
            rows = self._all("leanings_of", outlet=outlet, since=month(since))[:MEDIA]
        return tuple(
            LeaningTally(
                outlet=OutletKey(row["outlet"]),
                on=row["medium"],
                name=row["shown"],
                lean=Lean(row["lean"]),
                reports=row["reports"],
            )
            for row in rows
        )


def _role(row: dict[str, Any], told: Sequence[dict[str, Any]]) -> RoleSpan:
    keys = (key for one in told for key in codec.load(one["outlets"], tuple[OutletKey, ...]))
    return RoleSpan(
        sense=row["sense"],
        text=told[0]["text"],
        stories=row["stories"],
        first=datetime.fromisoformat(row["first"]),
        latest=datetime.fromisoformat(row["latest"]),
        outlets=tuple(dict.fromkeys(keys)),
    )


def _head(row: dict[str, Any]) -> NameHead:
    return NameHead(
        number=row["number"],
        kind=NameKind(row["kind"]),
        key=row["key"],
        name=row["name"],
        stories=row["stories"],
        doubtful=row["doubtful"],
        country=row["country"],
    )


def _reported(row: dict[str, Any]) -> Reported:
    return Reported(
        outlet=OutletKey(row["outlet"]),
        reports=row["reports"],
        first=bool(row["first"]),
        doubtful=bool(row["doubtful"]),
        leaning=row["leaning"],
    )
