"""Names in memory. Tallies are counted when somebody asks for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tawatur.errors import StoryNotFound
from tawatur.model import OutletKey, StoryHead, StoryId
from tawatur.store.names import (
    BEARERS,
    COMPANY,
    MEDIA,
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
    free_key,
    level,
    month,
    wished_key,
)
from tawatur.stories.identify import kept, looks
from tawatur.stories.naming import Known, Named, NameKind, Naming, Reporting, RoleNaming, Told
from tawatur.stories.slugs import form
from tawatur.understand.identity import Appearance


@dataclass(slots=True)
class _Name:
    """A name with all its spellings; ``stories`` are those that have it."""

    number: int
    kind: NameKind
    ident: str
    key: str
    shown: str
    country: str = ""
    forms: dict[str, str] = field(default_factory=dict)  # folded → as first written
    looks: set[str] = field(default_factory=set)
    evidence: tuple[Appearance, ...] = ()
    stories: dict[StoryId, Naming] = field(default_factory=dict)

    @property
    def head(self) -> NameHead:
        return NameHead(
            number=self.number,
            kind=self.kind,
            key=self.key,
            name=self.shown,
            stories=len(self.stories),
            doubtful=sum(naming.doubtful for naming in self.stories.values()),
            country=self.country,
        )


class MemoryNames:
    """``Names`` in memory."""

    _heads: dict[StoryId, StoryHead]  # those of all stories that live

    def __init__(self) -> None:
        super().__init__()
        self._known_names: dict[int, _Name] = {}
        self._names_of: dict[StoryId, list[int]] = {}
        self._reportings: dict[StoryId, tuple[Reporting, ...]] = {}

    def bearers(self, looks: Sequence[str], *, story: StoryId | None = None) -> tuple[Known, ...]:
        found: dict[int, _Name] = {}
        for look in looks:
            bearing = [one for one in self._known_names.values() if look in one.looks]
            ranked = sorted(bearing, key=lambda one: (-level(len(one.stories)), one.number))
            found |= {one.number: one for one in ranked[:BEARERS]}
        return tuple(
            Known(
                number=one.number,
                name=one.shown,
                stories=len(one.stories),
                evidence=one.evidence,
                here=story in one.stories,
            )
            for one in found.values()
        )

    def put_names(self, story: StoryId, named: Named) -> None:
        if story not in self._heads:
            raise StoryNotFound(story)
        self._put_names(story, named)

    def _put_names(self, story: StoryId, named: Named | None) -> None:
        for number in self._names_of.pop(story, ()):
            self._known_names[number].stories.pop(story, None)
        self._reportings.pop(story, None)
        for naming in named.namings if named else ():
            self._put_naming(story, naming)
        if named:
            self._reportings[story] = named.reportings

    def _put_naming(self, story: StoryId, naming: Naming) -> None:
        one = self._known_names[naming.number] if naming.number else self._of(naming)
        for shown in naming.forms:
            one.forms.setdefault(form(shown), shown)
        one.stories[story] = naming
        one.shown = self._best(one)
        one.country = one.country or naming.country
        if naming.evidence:
            one.evidence = kept(one.evidence, naming.evidence)
            one.looks |= set(looks(naming.evidence))
        self._names_of.setdefault(story, []).append(one.number)

    def _of(self, naming: Naming) -> _Name:
        same_kind = [one for one in self._known_names.values() if one.kind is naming.kind]
        for one in same_kind:
            if naming.ident and one.ident == naming.ident:
                return one
        keys = {one.key for one in same_kind}
        key = free_key(wished_key(naming), keys.__contains__)
        number = len(self._known_names) + 1
        self._known_names[number] = _Name(number, naming.kind, naming.ident, key, naming.forms[0])
        return self._known_names[number]

    def _best(self, one: _Name) -> str:
        counted = Counter(form(naming.forms[0]) for naming in one.stories.values())
        best = min(counted, key=lambda spelled: ("-" not in spelled, -counted[spelled], len(spelled), spelled))
        return one.forms[best]

    # -- the reading side --------------------------------------------------------------------------------------------

    def name(self, kind: NameKind, key: str) -> NameHead | None:
        return next((one.head for one in self._of_kind(kind) if one.key == key), None)

    def spelled(self, kind: NameKind, form: str, *, limit: int) -> tuple[NameHead, ...]:
        found = [one.head for one in self._of_kind(kind) if form in one.forms]
        return tuple(sorted(found, key=lambda head: (-head.stories, head.key))[:limit])

    def beginning(self, kind: NameKind, form: str, *, limit: int) -> tuple[NameHead, ...]:
        spelled = [(spelling, one) for one in self._of_kind(kind) if one.stories for spelling in one.forms]
        ranked = sorted(
            (pair for pair in spelled if pair[0].startswith(form)), key=lambda pair: (pair[0], pair[1].number)
        )
        return tuple({one.number: one.head for _, one in ranked}.values())[:limit]

    def forms_of(self, number: int, *, limit: int) -> tuple[str, ...]:
        one = self._known_names.get(number)
        counted = Counter(form(naming.forms[0]) for naming in one.stories.values()) if one else Counter[str]()
        ranked = sorted(counted, key=lambda spelled: (-counted[spelled], spelled))
        common = [spelled for spelled in ranked if counted[spelled] * RARE >= counted[ranked[0]]]
        return tuple(one.forms[spelled] for spelled in common[:limit] if one)

    def listed(self, kind: NameKind, *, limit: int, behind: str = "") -> tuple[NameHead, ...]:
        found = [one.head for one in self._of_kind(kind) if one.stories and one.key > behind]
        return tuple(sorted(found, key=lambda head: head.key)[:limit])

    def names_in(self, story: StoryId) -> tuple[NamedIn, ...]:
        pairs = [
            (self._known_names[number], self._known_names[number].stories[story])
            for number in self._names_of.get(story, ())
        ]
        ranked = sorted(pairs, key=lambda pair: (-pair[1].reports, -pair[1].sources, pair[0].number))
        return tuple(NamedIn(one.head, form(naming.forms[0]), naming.reports) for one, naming in ranked)

    def stories_of(self, number: int, *, limit: int, before: StoryId | None = None) -> tuple[StoryNaming, ...]:
        ranked = self._latest(number)
        if before is not None:
            last = self._heads.get(before)
            ranked = [head for head in ranked if last and (head.latest, head.id) < (last.latest, last.id)]
        namings = self._known_names[number].stories if number in self._known_names else {}
        return tuple(StoryNaming(head, namings[head.id].reports, namings[head.id].sources) for head in ranked[:limit])

    def _latest(self, number: int) -> list[StoryHead]:
        stories = self._known_names[number].stories if number in self._known_names else {}
        return sorted((self._heads[one] for one in stories), key=lambda head: (head.latest, head.id), reverse=True)

    def roles_of(self, number: int, *, limit: int) -> tuple[RoleSpan, ...]:
        told: dict[str, list[tuple[datetime, StoryId, RoleNaming]]] = defaultdict(list)
        for story, naming in self._known_names[number].stories.items() if number in self._known_names else ():
            for role in naming.roles:
                told[role.sense].append((self._heads[story].first, story, role))
        ranked = sorted(told.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return tuple(_role(sense, found) for sense, found in ranked[:limit])

    def said_by(self, number: int, *, limit: int, behind: int = 0) -> tuple[SaidRow, ...]:
        stories = self._known_names[number].stories if number in self._known_names else {}
        rows = [
            SaidRow(at=one.at, article=one.article, start=one.start, story=story, outlets=one.outlets)
            for story, naming in stories.items()
            for one in naming.said
        ]
        rows.sort(key=lambda row: (row.at, row.article, row.start), reverse=True)
        return tuple(rows[behind : behind + limit])

    def beside(self, number: int, *, limit: int) -> Mapping[NameKind, tuple[Ranked, ...]]:
        shared, told = Counter[int](), Counter[int]()
        for head in self._latest(number)[:COMPANY]:
            for other in self._names_of[head.id]:
                if other != number:
                    shared[other] += 1
                    told[other] += self._known_names[other].stories[head.id].sources
        ranked = sorted(shared, key=lambda other: (-shared[other], -told[other], self._known_names[other].key))
        found = [Ranked(self._known_names[other].head, shared[other], told[other]) for other in ranked]
        return {kind: tuple(one for one in found if one.head.kind is kind)[:limit] for kind in NameKind}

    def days_of(self, number: int, *, since: date, until: date) -> Mapping[date, Told]:
        reports, sources = Counter[date](), Counter[date]()
        for naming in self._known_names[number].stories.values() if number in self._known_names else ():
            for day, told in naming.days.items():
                if since <= date.fromisoformat(day) <= until:
                    reports[date.fromisoformat(day)] += told.reports
                    sources[date.fromisoformat(day)] += told.sources
        return {day: Told(reports[day], sources[day]) for day in sorted(reports)}

    def newest_day(self, *, until: date) -> date | None:
        days = (day for one in self._of_kind(NameKind.OUTLET) for naming in one.stories.values() for day in naming.days)
        return max((date.fromisoformat(day) for day in days if day <= until.isoformat()), default=None)

    def most_named(self, kind: NameKind, *, since: date, until: date, limit: int) -> tuple[Ranked, ...]:
        found = []
        for one in self._of_kind(kind):
            days = self.days_of(one.number, since=since, until=until).values()
            if days:
                told = sum(day.reports for day in days), sum(day.sources for day in days)
                found.append(Ranked(one.head, *told))
        return by_most(found, limit)

    def reported(self, stories: Iterable[StoryId]) -> Mapping[StoryId, tuple[Reported, ...]]:
        found = {story: self._reportings[story] for story in stories if self._reportings.get(story)}
        return {story: tuple(sorted(map(_reported, told), key=lambda one: one.outlet)) for story, told in found.items()}

    def outlet_tally(self, outlet: OutletKey, *, since: date) -> OutletTally:
        own = [one for _, one in self._reported(since) if one.outlet == outlet]
        return OutletTally(
            stories=len(own),
            reports=sum(one.reports for one in own),
            first=sum(one.first and not one.doubtful for one in own),
            perhaps=sum(one.first and one.doubtful for one in own),
            alone=sum(one.alone for one in own),
            leaning=sum(leaning.reports for one in own for leaning in one.leanings),
        )

    def leanings(self, *, since: date, outlet: OutletKey | None = None) -> tuple[LeaningTally, ...]:
        counted: dict[tuple[OutletKey, str, str], LeaningTally] = {}
        for _, one in self._reported(since):
            for leaning in one.leanings:
                if outlet is None or outlet in (one.outlet, leaning.on):
                    key = (one.outlet, leaning.on, leaning.lean)
                    more = counted[key].reports if key in counted else 0
                    counted[key] = LeaningTally(
                        outlet=one.outlet,
                        on=leaning.on,
                        name=leaning.name,
                        lean=leaning.lean,
                        reports=leaning.reports + more,
                    )
        ranked = sorted(counted.values(), key=lambda one: (-one.reports, one.outlet, one.on, one.lean))
        return tuple(ranked[:MEDIA])

    def _reported(self, since: date) -> Iterator[tuple[StoryId, Reporting]]:
        for story, reportings in self._reportings.items():
            if self._heads[story].latest.date().isoformat()[:7] >= month(since):
                yield from ((story, one) for one in reportings)

    def _of_kind(self, kind: NameKind) -> list[_Name]:
        return [one for one in self._known_names.values() if one.kind is kind]


def _role(sense: str, told: Sequence[tuple[datetime, StoryId, RoleNaming]]) -> RoleSpan:
    newest = sorted(told, key=lambda one: one[:2], reverse=True)
    return RoleSpan(
        sense=sense,
        text=newest[0][2].text,
        stories=len(told),
        first=newest[-1][0],
        latest=newest[0][0],
        outlets=tuple(dict.fromkeys(key for _, _, role in newest[:ROLE_OUTLETS] for key in role.outlets)),
    )


def _reported(one: Reporting) -> Reported:
    return Reported(
        outlet=one.outlet,
        reports=one.reports,
        first=one.first,
        doubtful=one.doubtful,
        leaning=sum(leaning.reports for leaning in one.leanings),
    )
