"""The nouns of reading: bytes as fetched, the articles in them, and what could not become one.

``Published.at`` keeps the offset that the page states (its day is the outlet's).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from tawatur.analysis import Certainty
from tawatur.ids import ArticleId, DocumentId, OutletKey, content_id


class Kind(StrEnum):
    """What a document's bytes are; decided by ``extract.kinds``."""

    TEXT = "text"
    HTML = "html"
    FEED = "feed"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """Bytes as fetched or read, with where and when from. Never changed."""

    content: bytes
    origin: str  # the file path (with "#line" for one line of a container) or the address it was read from
    kind: Kind
    collected: datetime  # when it was read
    url: str | None = None  # the address it stands at, where the reader knows it
    charset: str | None = None  # as declared from outside (an HTTP header), not what the bytes say
    outlet: OutletKey | None = None  # as known from outside: a folder's or a feed's name
    published: date | None = None  # as given from outside: ``--published``

    @property
    def id(self) -> DocumentId:
        """Same bytes from the same place are the same document."""
        return DocumentId(content_id(self.origin, self.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article appeared, and how sure that is.

    ``at`` is None exactly when ``certainty`` is UNKNOWN. ``day_only`` says that the clock time in ``at`` means nothing.
    ``basis`` names the evidence, as published ("السبت، الثاني من كانون الأول/ديسمبر، 2011") or a key such as "feed".
    """

    at: datetime | None = None
    certainty: Certainty = Certainty.UNKNOWN
    day_only: bool = False
    basis: str = ""
    alternatives: tuple[date, ...] = ()

    @property
    def day(self) -> date | None:
        return self.at.date() if self.at else None


class BlockKind(StrEnum):
    """What one block of an article is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # a subheading inside the text
    UPDATE = "update"  # the heading of a timed update; the blocks behind it, up to the next, belong to it
    CAPTION = "caption"
    RELATED = "related"  # a link to another article; ``text`` is its title
    SOURCE_LINE = "source_line"  # "المصدر: وكالات": ``text`` is what stands behind the colon


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article, as published."""

    kind: BlockKind
    text: str
    url: str | None = None  # RELATED: where it links to
    at: datetime | None = None  # UPDATE: its absolute time in UTC, where the day is known
    clock: str | None = None  # UPDATE: its clock time as "HH:MM", in UTC where the page names a zone


@dataclass(frozen=True, slots=True)
class Removed:
    """Text of the page that is no part of the article. ``reason`` is a message key under ``removed.``."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Update:
    """A timed update of a live page, with its own paragraphs."""

    heading: str
    clock: str | None
    at: datetime | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture of a report, as its page or its feed gives it: where it stands, and what is said of it."""

    address: str  # http or https, absolute
    alt: str = ""  # what it shows, for those who do not see it
    caption: str = ""
    credit: str = ""  # whose it is, as published ("رويترز")
    width: int = 0  # as stated, in pixels; 0 where nothing is
    height: int = 0


#: Blocks whose text is the article's running text.
RUNNING = (BlockKind.PARAGRAPH, BlockKind.HEADING)


@dataclass(frozen=True, kw_only=True)
class Article:
    """One report, as published."""

    id: ArticleId
    outlet: OutletKey
    origin: str
    collected: datetime
    url: str | None = None
    title: str = ""  # "" where the page has no headline of its own: none is invented
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    summary: str = ""
    published: Published = Published()
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()
    agency: str = ""  # the agency credit as published ("واس", "رويترز"), from author line, dateline or source line
    picture: Picture | None = None  # the one that stands for it

    @cached_property
    def text(self) -> str:
        """Return the running text, one paragraph a line, updates included in page order. Spans count in it."""
        return "\n".join(block.text for block in self.blocks if block.kind in RUNNING)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs that stand before the first timed update."""
        found: list[str] = []
        for block in self.blocks:
            if block.kind is BlockKind.UPDATE:
                break
            if block.kind in RUNNING:
                found.append(block.text)
        return tuple(found)

    @property
    def updates(self) -> tuple[Update, ...]:
        """Return the timed updates in page order."""
        found: list[Update] = []
        for block in self.blocks:
            if block.kind is BlockKind.UPDATE:
                found.append(Update(block.text, block.clock, block.at, ()))
            elif found and block.kind in RUNNING:
                last = found[-1]
                found[-1] = Update(last.heading, last.clock, last.at, (*last.paragraphs, block.text))
        return tuple(found)

    def texts_of(self, kind: BlockKind) -> tuple[str, ...]:
        """Return the texts of all blocks of one kind, in page order."""
        return tuple(block.text for block in self.blocks if block.kind is kind)

    @property
    def source_line(self) -> str:
        """Return what stands behind "المصدر:", or ""."""
        return next(iter(self.texts_of(BlockKind.SOURCE_LINE)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Something that could not become an article, kept with its reason.

    ``reason`` is a message key under ``rejected.``, or a whole one of another area: "fetch.robots".
    """

    origin: str  # file, with "#line" where a line is meant; or an address
    reason: str
    detail: str = ""

    @property
    def key(self) -> str:
        """Return the message key of the reason."""
        return self.reason if "." in self.reason else f"rejected.{self.reason}"
