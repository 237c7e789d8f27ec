"""A reader's letters as pages show them: what each is called, when it comes, why it does not, and the form that makes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from tawatur.digest.rhythm import zone_of
from tawatur.newsletter import About, Length, Newsletter, NewsletterKind
from tawatur.store.newsletters import IssueHead, Scheduled
from tawatur.stories.topics import SECTIONS
from tawatur.subscriptions.sayings import by_clocks, clock, comes, next_in_words, span_in_words, week
from tawatur.subscriptions.wishes import LEAST, MOST, SOURCES, WITHIN, Fault, Wish
from tawatur.subscriptions.zones import UTC, cities, city_of
from tawatur.web.view.parts import When
from tawatur.web.words import Words
from tawatur.wording.titles import title_of

#: Times of the day stand in the list at so many minutes from one another.
STEP = 30
#: Fields that stand apart in a form, opened where something is wrong with one of them.
APART = frozenset({"title", "length", "most", "least", "language"})

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue in a list."""

    id: str
    number: int
    title: str
    made: When


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter. ``state`` is "running" or why it rests; ``why`` says that in words, ``next`` when the next issue comes."""

    id: str
    kind: str
    named: str  # the kind in words
    title: str
    comes: str
    state: str
    why: str
    next: str
    due: str  # the same for machines
    quiet: str
    details: tuple[Option, ...]
    timed: bool
    last: IssueView | None = None
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """A kind of letter that can be made by one press, with the field that it needs: "section", "name", "query" or ""."""

    kind: str
    name: str
    about: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The form of a letter: what was typed, what is wrong with it, and all that can be chosen."""

    action: str
    wish: Wish
    zone: str
    errors: Mapping[str, str] = field(default_factory=dict)
    names: tuple[About, ...] = ()
    kinds: tuple[Option, ...]
    sections: tuple[Option, ...]
    days: tuple[Option, ...]
    times: tuple[Option, ...]
    cities: tuple[str, ...]
    lengths: tuple[Option, ...]
    most: tuple[Option, ...]
    least: tuple[Option, ...]
    sources: tuple[Option, ...]
    within: tuple[Option, ...]
    fixed: bool  # whether the kind stays what it is
    public: bool

    @property
    def first(self) -> str:
        """Return the first field with which something is wrong."""
        return next(iter(self.errors), "")

    @property
    def opened(self) -> bool:
        """Say whether the fields that stand apart are to be seen at once."""
        return bool(APART & self.errors.keys())


#: The field that a kind needs.
NEEDS = {NewsletterKind.TOPIC: "section", NewsletterKind.NAME: "name", NewsletterKind.SEARCH: "query"}


def letter_view(
    one: Scheduled, words: Words, *, now: datetime, email: str = "", issues: Iterable[IssueHead] = ()
) -> LetterView:
    """Return a letter in words; ``email`` is where it goes."""
    newsletter = one.newsletter
    paused = newsletter.paused.value if newsletter.paused else ""
    quiet = newsletter.quiet
    return LetterView(
        id=newsletter.id,
        kind=newsletter.kind.value,
        named=words.text(f"letters.kind.{newsletter.kind.value}"),
        title=title_of(newsletter, words),
        comes=comes(newsletter, words),
        state=paused or "running",
        why=words.text(f"letters.why.{paused}", email=_isolated(email)) if paused else "",
        next=_next(one, words, now),
        due=one.due.isoformat() if one.due else "",
        quiet=words.text(
            "letters.quiet_rule",
            begin=clock(quiet.begin, words),
            end=clock(quiet.end, words),
            zone=by_clocks(quiet.zone, words),
        )
        if quiet
        else "",
        details=_details(newsletter, words),
        timed=newsletter.rhythm is not None,
        last=next(issue_views(issues, newsletter, words), None),
        slug=newsletter.slug,
    )


def issue_views(issues: Iterable[IssueHead], newsletter: Newsletter, words: Words) -> Iterator[IssueView]:
    """Yield issues of a newsletter as lists show them, with times by its clocks."""
    zone = zone_of(newsletter.rhythm.zone if newsletter.rhythm else UTC)
    for one in issues:
        title = one.leading or words.text("letters.issue", number=one.number)
        at = one.made.astimezone(zone)
        day, hour = words.day(at.date()), words.number(f"{at:%H:%M}")
        made = When(day=day, clock=hour, iso=at.isoformat(), inferred=False, basis="", alternatives=())
        yield IssueView(one.id, one.number, title, made)


def _next(one: Scheduled, words: Words, now: datetime) -> str:
    rhythm = one.newsletter.rhythm
    if one.newsletter.paused:
        return ""
    if rhythm is None or one.due is None:
        return words.text("letters.at_once")
    return next_in_words(one.due, rhythm.zone, words, now=now)


def _details(newsletter: Newsletter, words: Words) -> tuple[Option, ...]:
    """Return what is in a letter, as pairs of a name and a value."""
    found = [("length", words.text(f"letters.length.{newsletter.length.value}"))]
    found.append(("most", words.text("letters.stories", n=newsletter.most)))
    if newsletter.least > 1:
        found.append(("least", words.text("letters.stories", n=newsletter.least)))
    return tuple((words.text(f"letters.field.{name}"), value) for name, value in found)


def _isolated(text: str) -> str:
    return f"\u2068{text}\u2069"


def kind_views(words: Words) -> tuple[KindView, ...]:
    """Return all kinds of letters."""
    return tuple(
        KindView(
            kind=kind.value,
            name=words.text(f"letters.kind.{kind.value}"),
            about=words.text(f"letters.about.{kind.value}"),
            field=NEEDS.get(kind, ""),
        )
        for kind in NewsletterKind
    )


def section_options(words: Words) -> tuple[Option, ...]:
    """Return the sections that a letter can be about."""
    return tuple((key, words.text(f"section.{key}")) for key in SECTIONS)


def form_view(
    wish: Wish, words: Words, *, action: str, faults: Sequence[Fault] = (), fixed: bool = False, public: bool = False
) -> FormView:
    """Return the form of a letter, as it was filled in."""
    zoned = city_of(wish.zone, words.language).label if wish.zone and "zone" not in _fields(faults) else wish.zone
    kinds = tuple(one for one in NewsletterKind if not (public and one is NewsletterKind.SAVED))
    return FormView(
        action=action,
        wish=wish,
        zone=zoned,
        errors={one.field: fault_in_words(one, words) for one in reversed(faults)},
        names=next((one.names for one in faults if one.names), ()),
        kinds=tuple((one.value, words.text(f"letters.kind.{one.value}")) for one in kinds),
        sections=section_options(words),
        days=tuple((str(number), name) for number, name in week(words)),
        times=_times(words, wish.at, wish.quiet_begin, wish.quiet_end),
        cities=tuple(dict.fromkeys(one.label for one in cities(words.language))),
        lengths=tuple((one.value, words.text(f"letters.length.{one.value}")) for one in Length),
        most=_numbers(MOST, wish.most, "letters.stories", words),
        least=_numbers(LEAST, wish.least, "letters.stories", words),
        sources=_numbers(SOURCES, wish.sources, "letters.sources", words),
        within=tuple((str(one), _minutes(one, words)) for one in sorted({*WITHIN, *_number(wish.within)})),
        fixed=fixed,
        public=public,
    )


def fault_in_words(fault: Fault, words: Words) -> str:
    """Return what is wrong with a wish."""
    places = "\u061b ".join(fault.places) if words.language == "ar" else "; ".join(fault.places)
    return words.text(f"letters.wrong.{fault.reason}", places=places)


def _fields(faults: Iterable[Fault]) -> set[str]:
    return {one.field for one in faults}


def _times(words: Words, *more: str) -> tuple[Option, ...]:
    offered = {f"{at // 60:02}:{at % 60:02}" for at in range(0, 24 * 60, STEP)}
    valid = {one for one in more if len(one) == 5 and one[2] == ":" and one.replace(":", "").isdecimal()}
    return tuple((one, clock(_time(one), words)) for one in sorted(offered | {one for one in valid if _is_time(one)}))


def _is_time(text: str) -> bool:
    return int(text[:2]) < 24 and int(text[3:]) < 60


def _time(text: str) -> time:
    return time(int(text[:2]), int(text[3:]))


def _numbers(offered: tuple[int, ...], chosen: str, key: str, words: Words) -> tuple[Option, ...]:
    return tuple((str(one), words.text(key, n=one)) for one in sorted({*offered, *_number(chosen)}))


def _number(text: str) -> tuple[int, ...]:
    return (int(text),) if text.isascii() and text.isdecimal() and 0 < len(text) <= 4 and int(text) else ()


def _minutes(count: int, words: Words) -> str:
    return span_in_words(timedelta(minutes=count), words)
