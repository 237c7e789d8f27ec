"""The nouns of stories: why an article belongs to one, who leans on whom, and the story with what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawatur.analysis import Analysis, Certainty, Span
from tawatur.article import Article, Published
from tawatur.ids import ArticleId, OutletKey, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reason of a decision, as data: a message key under ``why.`` with what it names.

    ``terms`` are words as published, for people to read ("ماتيس", "القاهرة"); ``score`` is in 0..1.
    """

    key: str  # "both_report", "copy", "first", "no_match"
    score: float = 0.0
    terms: tuple[str, ...] = ()
    like: ArticleId | None = None  # the report it resembles most


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Which story an article belongs to. ``joined`` is False where it starts one."""

    article: ArticleId
    story: StoryId
    joined: bool
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as a member of a story."""

    article: Article
    analysis: Analysis
    why: Why


class Relation(StrEnum):
    """How another story stands to one: earlier or later in the same affair, or merely near it in the same days."""

    BEFORE = "before"
    AFTER = "after"
    CONTEXT = "context"

    @property
    def back(self) -> Relation:
        """How that one stands to the other."""
        return _BACK[self]


_BACK = {Relation.BEFORE: Relation.AFTER, Relation.AFTER: Relation.BEFORE, Relation.CONTEXT: Relation.CONTEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another happening beside a story: of the same affair, or of the same people or places; not the same happening."""

    story: StoryId
    why: Why
    relation: Relation = Relation.CONTEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """Why one outlet's report is not counted as a source of its own. ``reason`` is a key under ``dependence.``.

    The evidence: ``share`` is the share of the shorter text's words that both have, or of the quoted words that come through the
    medium it leans on, 0..1; ``quote`` is the credit as published, ``span`` where the article's text has it.
    """

    article: ArticleId
    on: ArticleId
    reason: str  # "same_outlet", "same_family", "same_agency", "copy", "names_source", "same_named_source"
    detail: str = ""  # the outlet, family, agency or medium by name
    share: float = 0.0
    quote: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """Which of some reports was the first to publish, and how sure that is.

    STATED where the times say so, INFERRED where one of them is inferred, UNKNOWN where ``others`` can have been as early.
    """

    article: ArticleId
    certainty: Certainty
    others: tuple[ArticleId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article's text: whole paragraphs, or sentences of one. ``unit`` is "paragraph", "sentence" or "words"."""

    span: Span
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A report that was made from another one: what it kept, cut and added. Outlets stand here so that copies can be counted.

    ``basis`` says how the original is known: "credit" (the copy names it, or it is an agency's own), "time", "length" (the longer
    one, where the times do not tell) or "order" (nothing tells; the first as listed).
    """

    article: ArticleId
    outlet: OutletKey
    original: ArticleId
    original_outlet: OutletKey
    basis: str
    agency: str = ""  # that both credit: neither is the original, it is the agency's text
    taken: float = 0.0  # the share of the copy's words that the original has, 0..1
    kept: float = 0.0  # the share of the original's words that the copy has, 0..1
    cut: tuple[Passage, ...] = ()  # in the original's text
    added: tuple[Passage, ...] = ()  # in the copy's text
    reworded: int = 0  # sentences that the copy has in other words

    @property
    def shared(self) -> float:
        """The share of the shorter text's words that both have."""
        return max(self.taken, self.kept)

    @property
    def new_opening(self) -> bool:
        """Whether the copy opens with words of its own."""
        return any(passage.span.start == 0 for passage in self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One dated event of a story: a timed update, or a report's first sentence."""

    at: datetime
    day_only: bool
    text: str
    article: ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """Which reports say something, and how many independent sources that makes."""

    articles: tuple[ArticleId, ...]  # in the order of the story's reports
    independent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Where a report says something: a stretch of its text."""

    article: ArticleId
    span: Span


class AccountPart(StrEnum):
    """What a sentence does in an account, in the order in which an editor tells it."""

    HAPPENED = "happened"
    SAID = "said"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSentence:
    """A sentence of a report that stands in the account of its story, word for word.

    ``sayings`` are where reports say it: the first is where it was taken from, the others say the same in their own words.
    ``speaker`` is who says it where the sentence itself does not name him; it is no part of the text.
    """

    text: str
    part: AccountPart
    sayings: tuple[Saying, ...]
    backing: Backing
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A story told in sentences of its reports; ``short`` are the numbers of those that tell it in three."""

    sentences: tuple[AccountSentence, ...] = ()
    short: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The reports of one happening."""

    id: StoryId
    title: str
    reports: tuple[Report, ...]  # oldest first
    related: tuple[Related, ...] = ()
    day: Published = Published()  # the day of the happening, with how sure it is
    dependences: tuple[Dependence, ...] = ()
    outlets: int = 0  # how many outlets report it
    independent: int = 0  # how many of them are independent of one another: as many as ``sources``
    sources: tuple[tuple[ArticleId, ...], ...] = ()  # reports that lean on one another, each group one source
    timeline: tuple[TimelineEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead:
    """What a list of stories shows of one; kept beside the story so that a front page costs one query."""

    id: StoryId
    title: str
    lead: str  # the first sentence of its best report, "" where that is the title
    first: datetime  # when its first and its latest report appeared
    latest: datetime
    reports: int
    outlets: tuple[OutletKey, ...]
    independent: int
    invented: bool = False


class PointKind(StrEnum):
    """What reports are compared in."""

    FACT = "fact"  # a sentence that says who did what
    FIGURE = "figure"  # a counted or measured quantity
    STATEMENT = "statement"  # words that somebody is quoted with


class Standing(StrEnum):
    """How the sources of a story stand to a point."""

    AGREED = "agreed"  # two independent sources or more say it
    ALONE = "alone"  # one source says it
    DIFFER = "differ"  # sources say what cannot both be so


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a wording differs from the one it is held against: ``span`` counts in ``Wording.text``.

    ``instead`` are the words that the other wording has there, "" where it has none; the span is empty where words were left out.
    """

    span: Span
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How one report says a point: ``text`` stands at ``span`` of its text."""

    article: ArticleId
    text: str
    span: Span
    direct: bool = False  # in quotation marks
    speaker: str = ""  # of a statement, as this report names him or her
    told: datetime | None = None  # when it was said, where the report or its update has a time
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the ways in which reports tell a point, with all that tell it so.

    ``value`` is what tells versions apart, as published ("سبعة قتلى"); "" where there is nothing to tell apart.
    """

    value: str
    wordings: tuple[Wording, ...]  # the one that stands for all, then the others in the order of the story's reports
    backing: Backing
    superseded: bool = False  # a later version of the same count took its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that reports of a story say. Where they differ, each version stands for itself, the latest first."""

    kind: PointKind
    standing: Standing
    versions: tuple[Version, ...]
    backing: Backing  # of all versions that still stand
    why: Why  # by what the wordings were found to be about the same
    difference: str = ""  # a key under ``difference.``: "value", "denied", "opposite", "day" or "speaker"
    category: str = ""  # of a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the reports of a story agree on, what one source alone says, and what differs; the weightiest points first."""

    agreed: tuple[Point, ...] = ()
    alone: tuple[Point, ...] = ()
    differ: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTold:
    """A role that reports give a person, in the words of most of them; ``wordings`` are all ways to write it."""

    text: str
    wordings: tuple[str, ...]
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPerson:
    """A person of a story under all the names that its reports use, with roles, and with what he or she is quoted with.

    ``roles`` stand by how many sources give them; ``differing`` are pairs of them, by number, that nobody holds at a time.
    """

    name: str
    aliases: tuple[str, ...]
    roles: tuple[RoleTold, ...]
    differing: tuple[tuple[int, int], ...]
    said: tuple[Saying, ...]  # each statement once, by the first report that has it
    backing: Backing


class EventKind(StrEnum):
    """How the time of an event is known."""

    HAPPENED = "happened"  # the sentence names its day or hour
    UPDATE = "update"  # a timed update of a live page
    REPORTED = "reported"  # when the report appeared that begins with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something on the timeline of a story: ``text`` stands at the first of ``sayings``."""

    at: datetime
    day_only: bool
    kind: EventKind
    text: str
    sayings: tuple[Saying, ...]
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """What a report was the first of its story to say: the weightiest new sentences, and the share of its words' weight."""

    article: ArticleId
    share: float  # 0..1; of the first report 1
    first: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a story's page shows beyond its head; made when somebody asks for it."""

    account: Account
    agreement: Agreement
    people: tuple[StoryPerson, ...]  # those whom most sources name first
    events: tuple[Event, ...]  # oldest first
    novelties: tuple[Novelty, ...]  # in the order of the reports
    copies: tuple[Copy, ...] = ()  # in the order of the reports
    first: First | None = None  # to publish at all
    firsts: tuple[First, ...] = ()  # to publish, of each of the story's sources


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenSentence:
    """A sentence that a model wrote of sentences of an account, ``rests_on`` by number, or such a sentence as it is.

    ``own`` says that it is the model's; where it is not, the model's had a fault and the account's own stands in its place.
    """

    text: str
    rests_on: tuple[int, ...]
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """A story's account as a model tells it. ``made_of`` is the account's fingerprint: of another account it tells nothing."""

    made_of: str
    model: str
    at: datetime
    sentences: tuple[RewrittenSentence, ...]
