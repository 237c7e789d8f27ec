"""The pages of names in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tawatur.model import Outlets
from tawatur.store.names import NameHead, Ranked, RoleSpan, StoryNaming
from tawatur.stories.naming import NameKind
from tawatur.stories.slugs import form
from tawatur.understand.role_meaning import role_of
from tawatur.understand.tokens import tokenize
from tawatur.web.charts.shapes import Chart, Drawing
from tawatur.web.names import SPARK, IndexPage, NamePage, Placed, SaidIn
from tawatur.web.view.charts import coverage_chart, matrix_chart, spark
from tawatur.web.view.parts import Sources, outlet_view
from tawatur.web.view.ways import PATHS, path_of
from tawatur.web.words import Words

#: How many roles stand on a person's page before the others fold away, and the share of the stories that one of them has at least.
ROLES, SHARE = 8, 0.03
#: From how many stories on a role that one story alone gives is told last.
MANY = 5
#: How many times rarer a role's longer wording may be than its shorter one, so that it is shown ("الرئيس الأميركي", not "الرئيس").
OFTEN = 4
#: The share of a name's stories that nothing but the name ties to it, from which on the page says so.
DOUBT = 0.25


@dataclass(frozen=True, slots=True)
class Way:
    """A name with where its page is, and how often it is told of in words."""

    name: str
    path: str
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """A role with when and by whom it was given."""

    text: str
    iso_first: str
    first: str
    iso_latest: str
    latest: str
    stories: str
    outlets: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidView:
    """A statement with its chain, who has it, and the story it stands in."""

    text: str
    direct: bool
    claim: str
    speaker: str
    via: tuple[str, ...]
    day: str
    iso: str
    article: str
    outlets: tuple[Way, ...]
    story: Way | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in the list of a name; ``naming`` says how many of its reports name it."""

    id: str
    title: str
    lead: str
    day: str
    iso: str
    sources: Sources
    naming: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameView:
    """Everything that the page of a name shows."""

    kind: str
    key: str
    path: str
    name: str
    also: tuple[str, ...]
    standing: str  # the role that most stories give, or what else stands under the name
    total: str
    doubtful: bool
    single: bool  # a name of one word, under which several people may stand
    namesakes: tuple[Way, ...]
    roles: tuple[RoleView, ...]
    more_roles: tuple[RoleView, ...]
    said: tuple[SaidView, ...]
    more_said: bool
    stories: tuple[StoryLine, ...]
    older: str
    people: tuple[Way, ...]
    places: tuple[Way, ...]
    organizations: tuple[Way, ...]
    topics: tuple[Way, ...]
    outlets: tuple[Way, ...]
    coverage: Chart | None
    matrix: Chart | None
    invented: bool


def shown(head: NameHead, outlets: Outlets, words: Words) -> str:
    """Return what a name is called in a language."""
    if head.kind is NameKind.TOPIC:
        return words.text(f"section.{head.key}")
    return outlet_view(head.key, outlets, words).name if head.kind is NameKind.OUTLET else head.name


def name_view(page: NamePage, *, outlets: Outlets, words: Words) -> NameView:
    """Return the page of a name."""
    head = page.head
    roles = _roles(page.roles, head, outlets, words)
    stories = [one.head for one in page.stories]
    company = {kind: _company(found, outlets, words) for kind, found in page.company.items()}
    name = shown(head, outlets, words)
    return NameView(
        kind=head.kind.value,
        key=head.key,
        path=path_of(head.kind, head.key),
        name=name,
        also=tuple(one for one in page.forms if form(one) != form(name))[:6] if head.kind in _SPELLED else (),
        standing=roles[0].text if roles else "",
        total=words.text("web.stories_count", n=head.stories),
        doubtful=head.doubtful >= max(2, DOUBT * head.stories),
        single=head.kind is NameKind.PERSON and "-" not in form(head.name),
        namesakes=tuple(Way(one.name, path_of(one.kind, one.key), _count(one, words)) for one in page.namesakes),
        roles=tuple(roles[:ROLES]),
        more_roles=tuple(roles[ROLES:]),
        said=said_views(page.said, outlets=outlets, words=words),
        more_said=page.more_said,
        stories=tuple(story_line(one, words, named=head.kind in _SPELLED) for one in page.stories),
        older=page.older or "",
        people=company.get(NameKind.PERSON, ()),
        places=company.get(NameKind.PLACE, ()),
        organizations=company.get(NameKind.ORGANIZATION, ()),
        topics=company.get(NameKind.TOPIC, ()),
        outlets=company.get(NameKind.OUTLET, ()),
        coverage=coverage_chart(page.days, until=page.until, words=words),
        matrix=matrix_chart(stories[:12], page.reported, outlets=outlets, words=words),
        invented=any(one.invented for one in stories),
    )


_SPELLED = (NameKind.PERSON, NameKind.PLACE, NameKind.ORGANIZATION)


def _count(head: NameHead, words: Words) -> str:
    return words.text("web.stories_count", n=head.stories)


def _company(found: Iterable[Ranked], outlets: Outlets, words: Words) -> tuple[Way, ...]:
    return tuple(
        Way(
            shown(one.head, outlets, words),
            path_of(one.head.kind, one.head.key),
            words.text("web.stories_count", n=one.reports),
        )
        for one in found
    )


# --- Roles -------------------------------------------------------------------------------------------------------------


def _roles(found: Sequence[RoleSpan], head: NameHead, outlets: Outlets, words: Words) -> list[RoleView]:
    """Return the roles, those of one meaning as one; where much is told of somebody, none that hardly anybody gives."""
    merged: list[RoleSpan] = []
    for role in found:
        at = next((at for at, one in enumerate(merged) if _is_one(one, role)), None)
        if at is None:
            merged.append(role)
        else:
            merged[at] = _both(merged[at], role)
    least = max(2, SHARE * head.stories) if head.stories >= MANY else 1
    kept = [one for one in merged if one.stories >= least] or merged[:1]
    return [_role(one, outlets, words) for one in sorted(kept, key=lambda one: -one.stories)]


def _is_one(one: RoleSpan, other: RoleSpan) -> bool:
    """Say whether a role says no more than another one: the same office, with all of its countries and words or none."""
    first, second = (role_of(tuple(tokenize(role.text))) for role in (one, other))
    if first.head != second.head or first.former != second.former:
        return False
    lands = not (first.lands and second.lands) or first.lands == second.lands
    return lands and (first.words <= second.words or second.words <= first.words)


def _both(one: RoleSpan, other: RoleSpan) -> RoleSpan:
    """Return two roles of one meaning as one, under the words that say more where not hardly anybody uses them."""
    telling = len(other.text.split()) > len(one.text.split()) and other.stories * OFTEN >= one.stories
    return RoleSpan(
        sense=one.sense,
        text=other.text if telling else one.text,
        stories=one.stories + other.stories,
        first=min(one.first, other.first),
        latest=max(one.latest, other.latest),
        outlets=tuple(dict.fromkeys((*one.outlets, *other.outlets))),
    )


def _role(one: RoleSpan, outlets: Outlets, words: Words) -> RoleView:
    return RoleView(
        text=one.text,
        iso_first=one.first.date().isoformat(),
        first=words.short_day(one.first.date(), year=True),
        iso_latest=one.latest.date().isoformat(),
        latest=words.short_day(one.latest.date(), year=True),
        stories=words.text("web.stories_count", n=one.stories),
        outlets=_ways(one.outlets, outlets, words),
    )


def _ways(keys: Iterable[str], outlets: Outlets, words: Words) -> tuple[Way, ...]:
    return tuple(Way(outlet_view(key, outlets, words).name, path_of(NameKind.OUTLET, key)) for key in keys)


# --- Statements and stories --------------------------------------------------------------------------------------------


def said_views(found: Iterable[SaidIn], *, outlets: Outlets, words: Words) -> tuple[SaidView, ...]:
    """Return statements with their chains; the story of several in a row is named behind the last of them."""
    made = [_said(one, outlets, words) for one in found]
    last = [at for at, one in enumerate(made) if at + 1 == len(made) or made[at + 1].story != one.story]
    return tuple(one if at in last else replace(one, story=None) for at, one in enumerate(made))


def _said(one: SaidIn, outlets: Outlets, words: Words) -> SaidView:
    statement, at = one.statement, one.row.at
    return SaidView(
        text=statement.text.strip("«»\"“”„'‘’ "),
        direct=statement.kind.value == "direct",
        claim=statement.cue,
        speaker=statement.speaker,
        via=statement.via,
        day=words.plain_day(at.date()),
        iso=at.isoformat(),
        article=one.row.article,
        outlets=_ways(one.row.outlets, outlets, words),
        story=Way(one.story.title, f"/story/{one.story.id}") if one.story else None,
    )


def story_line(one: StoryNaming, words: Words, *, named: bool) -> StoryLine:
    """Return a story as the list of a name shows it; ``named`` says that reports can be without the name."""
    head = one.head
    naming = words.text("naming.in_reports", n=one.reports) if named and one.reports < head.reports else ""
    return StoryLine(
        id=head.id,
        title=head.title,
        lead=head.lead,
        day=words.plain_day(head.latest.date()),
        iso=head.latest.date().isoformat(),
        sources=Sources(len(head.outlets), head.independent),
        naming=naming,
    )


# --- Indexes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedView:
    """A name in an index, with the small picture of its days."""

    name: str
    path: str
    role: str
    count: str
    spark: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """The index of a kind."""

    kind: str
    path: str
    title: str
    asked: str
    week: str
    most: tuple[PlacedView, ...]
    listed: tuple[Way, ...]
    more: str
    first: bool
    unread: tuple[Way, ...]
    invented: bool = False


def index_view(page: IndexPage, *, outlets: Outlets, words: Words, first: bool) -> IndexView:
    """Return the index of a kind; ``first`` says that it is its first page."""
    index = PATHS[page.kind][1]
    until = page.week[1] if page.week else date.min
    return IndexView(
        kind=page.kind.value,
        path=f"/{index}",
        title=words.text(f"naming.index.{index}"),
        asked=page.asked,
        week=span(page.week, words) if page.week and page.most else "",
        most=tuple(placed_view(one, until, outlets, words) for one in page.most),
        listed=tuple(
            Way(shown(one, outlets, words), path_of(one.kind, one.key), _count(one, words)) for one in page.listed
        ),
        more=page.more,
        first=first,
        unread=_ways(page.unread, outlets, words),
    )


def span(week: tuple[date, date], words: Words) -> str:
    """Return some days in words."""
    return words.text("picture.span", first=words.plain_day(week[0]), last=words.plain_day(week[1]))


def placed_view(one: Placed, until: date, outlets: Outlets, words: Words) -> PlacedView:
    """Return a name in an index."""
    head = one.ranked.head
    return PlacedView(
        name=shown(head, outlets, words),
        path=path_of(head.kind, head.key),
        role=one.role,
        count=words.text("picture.reports", n=one.ranked.reports),
        spark=spark(one.days, until=until, count=SPARK),
    )
