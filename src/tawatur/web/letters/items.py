"""Letters as the JSON interface gives and takes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from tawatur.newsletter import Length, Newsletter, NewsletterKind, Pause
from tawatur.reader import Language
from tawatur.store.newsletters import IssueHead, Scheduled
from tawatur.subscriptions.wishes import LONGEST_QUERY, LONGEST_TITLE, Wish, usual, wish_of

Time = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", description='A time of the day: "07:00".')]
Days = Annotated[
    tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(max_length=7, description="Days by ISO number: 1 is Monday.")
]
Zone = Annotated[str, Field(max_length=100, description='A zone of the IANA database, or a city ("Cairo").')]
Title = Annotated[str, Field(max_length=LONGEST_TITLE)]
SubjectKind = Literal["topic", "person", "place", "organization", "search"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectItem:
    """What a letter is about: the key of a section or a name as its page's address has it, or a query.

    Of a name ``key`` may be "" and ``name`` as newspapers spell it.
    """

    kind: SubjectKind
    key: Annotated[str, Field(max_length=LONGEST_QUERY)] = ""
    name: Annotated[str, Field(max_length=LONGEST_QUERY)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietItem:
    """Hours in which nothing is sent at once."""

    begin: Time
    end: Time


@dataclass(frozen=True, slots=True, kw_only=True)
class ToChange:
    """What may be chosen of a letter; what is left out stays, and is as usual for its kind in a new one.

    ``sources`` independent sources within ``within`` minutes make a story breaking news.
    """

    title: Title | None = None
    subject: SubjectItem | None = None
    days: Days | None = None
    at: Time | None = None
    zone: Zone | None = None
    length: Length | None = None
    language: Language | None = None
    least: Annotated[int, Field(ge=1, le=50)] | None = None
    most: Annotated[int, Field(ge=1, le=50)] | None = None
    sources: Annotated[int, Field(ge=1, le=50)] | None = None
    within: Annotated[int, Field(ge=1, le=24 * 60)] | None = None
    quiet: QuietItem | None = None
    paused: bool | None = None

    def wish(self, wish: Wish) -> Wish:
        """Return a wish with what is chosen here."""
        texts = ("title", "at", "zone", "language", "least", "most", "sources", "within")
        chosen = {name: str(value) for name in texts if (value := getattr(self, name)) is not None}
        if self.length:
            chosen["length"] = self.length.value
        if self.quiet:
            chosen |= {"quiet_begin": self.quiet.begin, "quiet_end": self.quiet.end}
        if self.subject:
            named = self.subject.key if self.subject.kind == "search" else self.subject.name
            chosen |= {"about": self.subject.kind, "key": self.subject.key, "subject": named or self.subject.name}
        changed = replace(wish, **chosen)  # type: ignore[arg-type]
        return replace(changed, days=tuple(map(str, self.days))) if self.days is not None else changed


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMake(ToChange):
    """A letter that is to be made."""

    kind: NewsletterKind

    def new_wish(self, zone: str, language: Language) -> Wish:
        """Return the wish; ``zone`` and ``language`` are the reader's."""
        return self.wish(usual(self.kind, zone=zone, language=language))


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterItem:
    """A letter. ``due`` is when it comes next, ``paused`` why it rests, null as long as it comes."""

    id: str
    kind: NewsletterKind
    title: str
    subject: SubjectItem | None
    days: tuple[int, ...]
    at: str
    zone: str
    length: Length
    language: Language
    least: int
    most: int
    sources: int | None
    within: int | None
    quiet: QuietItem | None
    paused: Pause | None
    due: datetime | None
    issues: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueItem:
    """An issue: what it tells first, and how many things it tells; its page is ``/letter/{id}``."""

    id: str
    number: int
    made: datetime
    leading: str
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentItem:
    """What came of sending a letter at once: "sent", "issued" (no mail is sent), "nothing" (nothing is new) or "busy"."""

    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultItem:
    """Something wrong with a letter that was asked for: the field, the reason, and what may be meant instead."""

    field: str
    reason: str
    places: tuple[str, ...] = ()
    names: tuple[SubjectItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperItem:
    """A public newsletter; its page is ``/newsletters/{slug}``."""

    slug: str
    kind: NewsletterKind
    title: str
    description: str
    due: datetime | None
    issues: int


def letter_item(one: Scheduled, title: str) -> LetterItem:
    """Return a letter as programs get it."""
    newsletter, wish = one.newsletter, wish_of(one.newsletter)
    limit, quiet = newsletter.threshold, newsletter.quiet
    return LetterItem(
        id=newsletter.id,
        kind=newsletter.kind,
        title=title,
        subject=_subject(newsletter),
        days=tuple(map(int, wish.days)),
        at=wish.at,
        zone=wish.zone,
        length=newsletter.length,
        language=newsletter.language,
        least=newsletter.least,
        most=newsletter.most,
        sources=limit.sources if limit else None,
        within=int(limit.within / timedelta(minutes=1)) if limit else None,
        quiet=QuietItem(begin=wish.quiet_begin, end=wish.quiet_end) if quiet else None,
        paused=newsletter.paused,
        due=one.due,
        issues=one.issues,
    )


def _subject(newsletter: Newsletter) -> SubjectItem | None:
    about = newsletter.subject
    return SubjectItem(kind=about.kind, key=about.key, name=about.name) if about else None  # type: ignore[arg-type]


def issue_item(head: IssueHead) -> IssueItem:
    """Return an issue as programs get it."""
    return IssueItem(id=head.id, number=head.number, made=head.made, leading=head.leading, told=head.told)


def paper_item(one: Scheduled) -> PaperItem:
    """Return a public newsletter as programs get it."""
    newsletter = one.newsletter
    return PaperItem(
        slug=newsletter.slug,
        kind=newsletter.kind,
        title=newsletter.title,
        description=newsletter.description,
        due=one.due,
        issues=one.issues,
    )
