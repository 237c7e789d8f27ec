"""Newsletters as nouns: what somebody has chosen to be sent, when, and what one issue of it tells.

A newsletter's issue is made once, as plain values (``Content``), from which its mail, its web page, its feed, a push message and a
webhook are all made: nobody composes it again. All are frozen values; times are UTC unless a zone stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NewType

from tawatur.ids import ArticleId, OutletKey, StoryId, content_id
from tawatur.reader import Language, ReaderId
from tawatur.saved import SavedId, SavedKind
from tawatur.telling import AccountPart

NewsletterId = NewType("NewsletterId", str)
IssueId = NewType("IssueId", str)

#: The days of the week as ISO counts them: 1 is Monday, 7 Sunday.
EVERY_DAY = frozenset(range(1, 8))


class NewsletterKind(StrEnum):
    """What a newsletter tells of."""

    MORNING = "morning"
    EVENING = "evening"
    WEEKLY = "weekly"  # what mattered in a week, and what became of it
    TOPIC = "topic"
    NAME = "name"  # a person, a place or an organisation
    SAVED = "saved"  # what its reader saved and has not read
    BREAKING = "breaking"  # a story that many sources tell within a short time
    SEARCH = "search"  # what answers a query

    @property
    def timed(self) -> bool:
        """Say whether it comes at set times; a search may come at once instead."""
        return self is not NewsletterKind.BREAKING


class Length(StrEnum):
    """How much an issue tells of each story."""

    SHORT = "short"  # a sentence
    MEDIUM = "medium"  # three
    LONG = "long"  # the whole account


class Channel(StrEnum):
    """By what way issues go to whom they are for."""

    EMAIL = "email"
    PUSH = "push"
    WEBHOOK = "webhook"


class Pause(StrEnum):
    """Why a newsletter rests."""

    ASKED = "asked"  # its owner wanted it so
    UNSUBSCRIBED = "unsubscribed"  # by the link in a letter
    REFUSED = "refused"  # the mail server will not take it for this address, now and for good
    BOUNCED = "bounced"  # it came back


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a newsletter is about, or why a story is in one.

    ``kind`` is "topic", "person", "place", "organization", "outlet" or "word" with the ``key`` by which it is followed, or "search"
    with the query as ``key``; ``name`` is how it was called when it was chosen.
    """

    kind: str
    key: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a newsletter is due: on some days of the week, at a time of the day by the clocks of a zone of the IANA database."""

    days: frozenset[int] = EVERY_DAY
    at: time = time(7, 0)
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """When a story is breaking news: so many independent sources tell it within so much time."""

    sources: int = 4
    within: timedelta = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """When nothing is sent at once, by the clocks of a zone; a night may go over midnight."""

    begin: time
    end: time
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """What somebody has chosen to be sent.

    ``owner`` None: a public one of the operator, with subscribers; ``slug`` names it in its page's address. ``title`` is as its
    maker called it, "" where its kind and subject do. ``rhythm`` is None of what is sent at once. An issue has at least ``least``
    stories and at most ``most``: what there is less of waits for the next one.
    """

    id: NewsletterId
    owner: ReaderId | None
    kind: NewsletterKind
    made: datetime
    title: str = ""
    subject: About | None = None
    rhythm: Rhythm | None = None
    threshold: Threshold | None = None
    quiet: QuietHours | None = None
    length: Length = Length.MEDIUM
    language: Language = "ar"
    least: int = 1
    most: int = 10
    channels: frozenset[Channel] = frozenset({Channel.EMAIL})
    paused: Pause | None = None
    slug: str = ""
    description: str = ""

    @property
    def public(self) -> bool:
        """Say whether it has subscribers instead of an owner."""
        return self.owner is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """That a newsletter has told a story, with the reports that it had then, and when last; a saved thing has none."""

    story: StoryId
    at: datetime
    reports: frozenset[ArticleId]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSource:
    """A report that a story of an issue stands on. Those with the same ``group`` lean on one another: one independent source."""

    outlet: OutletKey
    name: str  # of the outlet
    article: ArticleId
    title: str
    url: str | None = None
    published: datetime | None = None
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSentence:
    """A sentence of an account, word for word. ``sources`` are numbers of the story's; the first is where it was taken from."""

    text: str
    sources: tuple[int, ...]
    independent: int
    part: AccountPart = AccountPart.HAPPENED
    speaker: str = ""  # who says it, where the sentence itself does not name him


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueVersion:
    """One of the ways in which sources tell a point: ``value`` as published, ``text`` the sentence that has it."""

    value: str
    text: str
    sources: tuple[int, ...]
    independent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDifference:
    """What sources of a story tell differently; ``reason`` is a key under ``difference.``, ``category`` says what is counted."""

    reason: str
    versions: tuple[IssueVersion, ...]
    category: str = ""


class ChangeKind(StrEnum):
    """What has changed in a story since this newsletter told it."""

    FIGURE = "figure"  # a figure came in the place of another: ``was``, ``now``
    DIFFER = "differ"  # sources tell now what cannot both be so: ``values``
    SAID = "said"  # a new report is the first to say ``text``
    SOURCES = "sources"  # independent sources joined
    REVISED = "revised"  # outlets changed what they had published


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueChange:
    """One thing that is new in a story that was told before; ``sources`` are numbers of the story's."""

    kind: ChangeKind
    was: str = ""
    now: str = ""
    text: str = ""
    values: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReason:
    """Why a story is in an issue: a key under ``issue.reason.`` with the subjects or the number that it says."""

    key: str
    subjects: tuple[About, ...] = ()
    sources: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMoment:
    """Something on a timeline: of the day of an issue, with the story it belongs to, or of an affair, of which it is a story."""

    at: datetime
    day_only: bool
    text: str
    story: StoryId
    outlet: str = ""  # the name of the one whose sentence it is
    independent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStory:
    """A story as an issue tells it. ``changes`` are what is new where this newsletter told it before, () of a new one.

    ``before`` and ``after`` are earlier and later stories of the same affair, oldest first; ``days`` how long it has lasted.
    """

    id: StoryId
    title: str
    first: datetime
    latest: datetime
    reports: int
    outlets: int
    independent: int
    sentences: tuple[IssueSentence, ...]
    sources: tuple[IssueSource, ...]
    reasons: tuple[IssueReason, ...]
    section: str = ""  # a topic's key, "" where none is clear
    differences: tuple[IssueDifference, ...] = ()
    changes: tuple[IssueChange, ...] = ()
    before: tuple[IssueMoment, ...] = ()
    after: tuple[IssueMoment, ...] = ()
    days: int = 0
    invented: bool = False

    @property
    def told_before(self) -> bool:
        """Say whether this newsletter told it before."""
        return bool(self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSaved:
    """Something that the reader saved and has not read. ``minutes`` it takes to read; ``changed``: it says something else now."""

    id: SavedId
    kind: SavedKind
    of: str
    title: str
    at: datetime
    lead: str = ""
    outlets: tuple[str, ...] = ()  # by name
    minutes: int = 1
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHeadline:
    """A story that an issue names beside those it tells."""

    id: StoryId
    title: str
    independent: int
    outlets: int = 0
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCounts:
    """Out of how much an issue was made, and how much of it there is that it has no room for."""

    stories: int = 0  # that were looked at
    reports: int = 0  # of the stories that it tells
    outlets: int = 0  # that tell them
    others: int = 0  # saved things that there is no room for, or that were told before


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that one issue tells. It tells of what came between ``since`` (None: it is the first) and ``until``."""

    kind: NewsletterKind
    title: str  # of the newsletter; "" where kind and subject make it
    length: Length
    until: datetime
    since: datetime | None = None
    subject: About | None = None
    zone: str = "UTC"  # by whose clocks times are shown
    stories: tuple[IssueStory, ...] = ()
    headlines: tuple[IssueHeadline, ...] = ()
    timeline: tuple[IssueMoment, ...] = ()  # oldest first
    saved: tuple[IssueSaved, ...] = ()
    counts: IssueCounts = field(default_factory=IssueCounts)

    @property
    def leading(self) -> str:
        """Return the headline of what it tells first."""
        first = [one.title for one in self.stories[:1]] or [one.title for one in self.saved[:1]]
        return first[0] if first else ""

    @property
    def told(self) -> int:
        """Return how many things it tells."""
        return len(self.stories) + len(self.saved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of a newsletter. ``slot`` is the due time that it stands for; None: it was asked for, or sent at once."""

    newsletter: NewsletterId
    number: int  # 1 is the first
    made: datetime
    content: Content
    slot: datetime | None = None

    @property
    def id(self) -> IssueId:
        """The same issue of the same newsletter has the same id, whoever makes it."""
        return issue_id(self.newsletter, self.number)


def issue_id(newsletter: NewsletterId, number: int) -> IssueId:
    """Return the id of an issue that exists or may."""
    return IssueId(content_id(newsletter, str(number)))
