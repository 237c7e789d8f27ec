"""What the pages of names read: the people, places, bodies, topics and outlets of the news, and what stories tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tawatur.errors import ArticleNotFound
from tawatur.model import OutletKey, Outlets, Statement, StoryHead, StoryId
from tawatur.operating.outlets import Watch, operations
from tawatur.store.names import (
    LeaningTally,
    NamedIn,
    NameHead,
    OutletTally,
    Ranked,
    Reported,
    RoleSpan,
    SaidRow,
    StoryNaming,
)
from tawatur.stories.naming import NameKind, Told
from tawatur.stories.slugs import form
from tawatur.web.reading import Deployment, Library

#: How many stories, statements, companions, roles and namesakes a page shows.
STORIES, SAID, COMPANY, ROLES, NAMESAKES = 20, 6, 12, 24, 6
#: How many statements one page of all of them has, and how many pages there are at most.
SAID_PAGE, SAID_PAGES = 20, 50
#: How many stories a picture of outlets and stories holds, and how many days "this week" and the small pictures have.
COLUMNS, WEEK, SPARK = 12, 7, 14
#: How many names an index shows of a week, and how many a page of the list of all.
MOST, LISTED = 30, 60
#: How far back pages look: coverage in days, what outlets did in months.
BACK, MONTHS = 400, 3
_DAY = timedelta(days=1)


class NoSuchName(Exception):
    """No name has this address."""


class Spelled(Exception):
    """A name stands at another address; ``found`` are those that are spelled so, the one in most stories first."""

    def __init__(self, kind: NameKind, found: tuple[NameHead, ...]) -> None:
        super().__init__(kind)
        self.kind, self.found = kind, found


@dataclass(frozen=True, slots=True)
class SaidIn:
    """A statement with the story it stands in."""

    row: SaidRow
    statement: Statement
    story: StoryHead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePage:
    """All that the page of a name shows. ``company`` are its companions by kind, of its newest stories."""

    head: NameHead
    forms: tuple[str, ...]
    namesakes: tuple[NameHead, ...]
    stories: tuple[StoryNaming, ...]
    older: StoryId | None
    roles: tuple[RoleSpan, ...] = ()
    said: tuple[SaidIn, ...] = ()
    more_said: bool = False
    company: Mapping[NameKind, tuple[Ranked, ...]]
    days: Mapping[date, Told]
    until: date
    reported: Mapping[StoryId, tuple[Reported, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPage:
    """An outlet's page: that of its name, what it did, who leans on whom, and how it is read."""

    name: NamePage | None
    tally: OutletTally
    since: date
    leanings: tuple[LeaningTally, ...]
    watch: Watch | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A name in an index: its place in the week, its best known role, and how much was told of it day by day."""

    ranked: Ranked
    role: str
    days: Mapping[date, Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """The names of a kind: those most told of in a week, or found by their beginning, or all by their letters."""

    kind: NameKind
    week: tuple[date, date] | None
    most: tuple[Placed, ...] = ()
    listed: tuple[NameHead, ...] = ()
    more: str = ""  # the key behind which the list goes on
    asked: str = ""
    unread: tuple[OutletKey, ...] = ()  # outlets that are known and have reported nothing yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The pictures of the whole: the week's most told stories with who reports them, who leans on whom, topics and people."""

    week: tuple[date, date] | None
    stories: tuple[StoryHead, ...] = ()
    reported: Mapping[StoryId, tuple[Reported, ...]]
    leanings: tuple[LeaningTally, ...] = ()
    since: date | None = None
    topics: tuple[Placed, ...] = ()
    people: tuple[Ranked, ...] = ()


@dataclass(frozen=True, slots=True)
class NameReading:
    """Pages' view of the names of a deployment."""

    app: Deployment

    @property
    def store(self) -> Library:
        """Return where the news is kept."""
        return self.app.store

    def outlets(self) -> Outlets:
        """Return all known outlets."""
        return self.app.outlets.joined(self.store.outlets())

    def newest(self, now: date) -> date | None:
        """Return the latest day with news."""
        return self.store.newest_day(until=now)

    def name(self, kind: NameKind, key: str, *, now: date, before: str | None = None) -> NamePage:
        """Return the page of a name, its stories going on behind ``before``.

        Raises:
            NoSuchName: nothing is called so.
            Spelled: it is a spelling of other names.
        """
        store, head = self.store, self.find(kind, key)
        last = StoryId(before) if before else None
        stories = store.stories_of(head.number, limit=STORIES + 1, before=last)
        said = self._said(head, limit=SAID + 1)
        namesakes = store.spelled(kind, form(head.name), limit=NAMESAKES + 1)
        until = self.newest(now) or now
        newest = stories if before is None else store.stories_of(head.number, limit=COLUMNS)
        return NamePage(
            head=head,
            forms=store.forms_of(head.number, limit=8),
            namesakes=tuple(one for one in namesakes if one.number != head.number and one.stories),
            stories=stories[:STORIES],
            older=stories[STORIES - 1].head.id if len(stories) > STORIES else None,
            roles=store.roles_of(head.number, limit=ROLES) if kind is NameKind.PERSON else (),
            said=said[:SAID],
            more_said=len(said) > SAID,
            company=store.beside(head.number, limit=COMPANY),
            days=store.days_of(head.number, since=until - BACK * _DAY, until=until),
            until=until,
            reported=store.reported([one.head.id for one in newest[:COLUMNS]]),
        )

    def find(self, kind: NameKind, key: str) -> NameHead:
        """Return the name of an address.

        Raises:
            NoSuchName, Spelled: as ``name``.
        """
        found = self.store.name(kind, key)
        if found is not None and found.stories:
            return found
        spelled = tuple(one for one in self.store.spelled(kind, form(key), limit=NAMESAKES) if one.stories)
        if spelled:
            raise Spelled(kind, spelled)
        raise NoSuchName(key)

    def said(self, kind: NameKind, key: str, *, page: int) -> tuple[NameHead, tuple[SaidIn, ...], bool]:
        """Return a name with one page of its statements, the first being 1, and whether there is another.

        Raises:
            NoSuchName, Spelled: as ``name``.
        """
        head = self.find(kind, key)
        found = self._said(head, limit=SAID_PAGE + 1, behind=(page - 1) * SAID_PAGE)
        return head, found[:SAID_PAGE], len(found) > SAID_PAGE and page < SAID_PAGES

    def _said(self, head: NameHead, *, limit: int, behind: int = 0) -> tuple[SaidIn, ...]:
        if head.kind not in (NameKind.PERSON, NameKind.ORGANIZATION):
            return ()
        rows = self.store.said_by(head.number, limit=limit, behind=behind)
        heads = {story: self._head(story) for story in {row.story for row in rows}}
        found = ((row, self._statement(row)) for row in rows)
        return tuple(SaidIn(row, statement, heads[row.story]) for row, statement in found if statement)

    def _statement(self, row: SaidRow) -> Statement | None:
        """Return a statement; None where another analysis has taken the place of the one that had it."""
        try:
            analysis = self.store.analysis(row.article)
        except ArticleNotFound:
            return None
        return next((one for one in analysis.statements if one.span.start == row.start), None)

    def _head(self, story: StoryId) -> StoryHead | None:
        return next(iter(self.heads((story,))), None)

    def heads(self, stories: Iterable[StoryId]) -> tuple[StoryHead, ...]:
        """Return the heads of some stories; those that have ended are left out."""
        alive = (story for story in stories if self.store.whereabouts(story)[:1] == (story,))
        return tuple(self.store.story_head(story) for story in alive)

    def outlet(self, key: str, *, now: date, before: str | None = None) -> OutletPage:
        """Return the page of an outlet, of one that has reported nothing yet too.

        Raises:
            NoSuchName: nobody knows it.
        """
        outlet = self.outlets().get(key)
        try:
            name = self.name(NameKind.OUTLET, key, now=now, before=before)
        except (NoSuchName, Spelled):
            if outlet is None:
                raise NoSuchName(key) from None
            name = None
        since = self.since(now)
        watched = operations(self.store, datetime.combine(now, time.max, UTC)).outlets
        return OutletPage(
            name=name,
            tally=self.store.outlet_tally(OutletKey(key), since=since),
            since=since,
            leanings=self.store.leanings(since=since, outlet=OutletKey(key)),
            watch=next((one for one in watched if one.outlet == key), None),
        )

    def since(self, now: date) -> date:
        """Return the first day of the months that pages look back on, the newest with news included."""
        day = (self.newest(now) or now).replace(day=1)
        for _ in range(MONTHS - 1):
            day = (day - _DAY).replace(day=1)
        return day

    def index(self, kind: NameKind, *, now: date, behind: str = "", asked: str = "") -> IndexPage:
        """Return the index of a kind: of the newest week, or with ``asked`` of the names that begin so, or from ``behind`` on."""
        if asked:
            return IndexPage(
                kind=kind, week=None, listed=self.store.beginning(kind, form(asked), limit=LISTED), asked=asked
            )
        week = self.week(now)
        most = self._placed(kind, week, MOST) if week and not behind else ()
        listed = self.store.listed(kind, limit=LISTED + 1, behind=behind)
        more = listed[LISTED - 1].key if len(listed) > LISTED else ""
        unread = self._unread() if kind is NameKind.OUTLET and not behind else ()
        return IndexPage(kind=kind, week=week, most=most, listed=listed[:LISTED], more=more, unread=unread)

    def _unread(self) -> tuple[OutletKey, ...]:
        """Return the outlets of which no story has a report; invented ones are none to wait for."""
        known = (one for one in self.outlets().known if not one.invented)
        named = ((one.key, self.store.name(NameKind.OUTLET, one.key)) for one in known)
        return tuple(sorted(key for key, head in named if head is None or not head.stories))

    def week(self, now: date) -> tuple[date, date] | None:
        """Return the seven days that end with the newest one with news."""
        newest = self.newest(now)
        return (newest - (WEEK - 1) * _DAY, newest) if newest else None

    def _placed(self, kind: NameKind, week: tuple[date, date], limit: int) -> tuple[Placed, ...]:
        ranked = self.store.most_named(kind, since=week[0], until=week[1], limit=limit)
        return tuple(self._place(one, week[1]) for one in ranked)

    def _place(self, one: Ranked, until: date) -> Placed:
        days = self.store.days_of(one.head.number, since=until - (SPARK - 1) * _DAY, until=until)
        roles = self.store.roles_of(one.head.number, limit=1) if one.head.kind is NameKind.PERSON else ()
        return Placed(one, roles[0].text if roles else "", days)

    def overview(self, *, now: date) -> Overview:
        """Return what the page of pictures shows."""
        week = self.week(now)
        if week is None:
            return Overview(week=None, reported={})
        stories = tuple(one.head for one in self.store.widest(days=WEEK, limit=COLUMNS))
        return Overview(
            week=week,
            stories=stories,
            reported=self.store.reported([one.id for one in stories]),
            leanings=self.store.leanings(since=self.since(now)),
            since=self.since(now),
            topics=self._placed(NameKind.TOPIC, week, 20),
            people=self.store.most_named(NameKind.PERSON, since=week[0], until=week[1], limit=12),
        )

    def names_in(self, story: StoryId) -> tuple[NamedIn, ...]:
        """Return the names of a story."""
        return self.store.names_in(story)


def widest_first(reported: Mapping[StoryId, Sequence[Reported]]) -> tuple[str, ...]:
    """Return the outlets of some stories, those that report most of them first."""
    counts: dict[str, int] = {}
    for told in reported.values():
        for one in told:
            counts[one.outlet] = counts.get(one.outlet, 0) + 1
    return tuple(sorted(counts, key=lambda key: (-counts[key], key)))
