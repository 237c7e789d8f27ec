"""What a story adds to the pages of names: its people, places, bodies, topic and outlets, each with how much is told of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache, lru_cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines, rows
from tawatur.model import Analysis, Article, ArticleId, Backing, Name, OutletKey, Outlets, Story, StoryPerson
from tawatur.stories.backing import backing
from tawatur.stories.identify import evidence, identify, wanted
from tawatur.stories.keys import keys_of
from tawatur.stories.media import medium
from tawatur.stories.naming import Known, Named, NameKind, Naming, Reporting, RoleNaming, Said, Told
from tawatur.stories.people import Cast, Scene, names_of, person
from tawatur.stories.profile import time_of
from tawatur.stories.reporting import reportings
from tawatur.stories.slugs import form, tidy
from tawatur.stories.voices import Quoted
from tawatur.understand.identity import Appearance
from tawatur.understand.names import place, word_set
from tawatur.understand.role_meaning import role_of
from tawatur.understand.tokens import tokenize

#: How the store tells who is known under some looks (``identify.wanted``).
Bearers = Callable[[Sequence[str]], Iterable[Known]]


class _Reports:
    """The reports of a story, with what is asked of them for each name."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.story = scene, scene.story
        articles = [report.article for report in self.story.reports]
        self.outlets = {article.id: article.outlet for article in articles}
        self.days = {one.id: _day(one) for one in articles}

    @property
    def by_outlet(self) -> dict[OutletKey, list[ArticleId]]:
        """The reports of each outlet."""
        found: dict[OutletKey, list[ArticleId]] = defaultdict(list)
        for article, outlet in self.outlets.items():
            found[outlet].append(article)
        return found


def _day(article: Article) -> str:
    """Return the day of a report in UTC, "" of one of which none is known."""
    at = article.published.at
    return at.astimezone(UTC).date().isoformat() if at is not None else ""


#: A person of a story: his or her appearances, and what is told of him or her.
_Shown = tuple[tuple[Appearance, ...], Naming]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unidentified:
    """What a story adds to the pages of names before the store was asked which people known to it are those of the story."""

    people: tuple[_Shown, ...]
    others: tuple[Naming, ...]  # places, bodies, its topic, its outlets
    reportings: tuple[Reporting, ...]


def unidentified(scene: Scene, topic: str, *, outlets: Outlets) -> Unidentified:
    """Return what a story adds to the pages of names, whoever its people are.

    ``scene`` is that of its telling; ``topic`` is its own (``topics.topic_of``), "" where it has none.
    """
    reports = _Reports(scene)
    return Unidentified(
        people=tuple(_shown(cast, reports) for cast in scene.casts if _is_somebody(cast.appearances)),
        others=(
            *_places(reports),
            *_bodies(reports, outlets),
            *([_naming(NameKind.TOPIC, (topic,), reports.outlets, reports, ident=topic)] if topic else ()),
            *(_outlet(key, articles, reports) for key, articles in reports.by_outlet.items()),
        ),
        reportings=reportings(scene.story, outlets=outlets),
    )


def identified(found: Unidentified, story: Story, *, bearers: Bearers) -> Named:
    """Return what a story adds to the pages of names, its people being those whom the store knows, or new ones."""
    return Named(namings=(*_people(found.people, story, bearers), *found.others), reportings=found.reportings)


# --- People ------------------------------------------------------------------------------------------------------------


def _people(people: Sequence[_Shown], story: Story, bearers: Bearers) -> list[Naming]:
    groups: dict[int, _Shown] = {}
    strangers: list[Naming] = []
    doubtful: dict[int, bool] = {}
    for shown in sorted(people, key=lambda one: _weight(one[0])):
        group, naming = shown
        if twin := next((number for number, (held, _) in groups.items() if _one_name(held, group)), None):
            groups[twin] = _joined(groups[twin], shown, story)
            continue
        taken = {number for number, (held, _) in groups.items() if _together(held, group)}
        known = [one for one in bearers(wanted(group)) if one.number not in taken]
        number, doubt = identify(group, known)
        if number is None:
            strangers.append(naming)
        else:
            groups[number] = _joined(groups[number], shown, story) if number in groups else shown
            doubtful[number] = doubt and doubtful.get(number, True)
    made = [replace(naming, number=number, doubtful=doubtful[number]) for number, (_, naming) in groups.items()]
    return [*made, *strangers]


def _joined(one: _Shown, other: _Shown, story: Story) -> _Shown:
    """Return as one person what was told apart in a story."""
    group, scene = (*one[0], *other[0]), Scene(story)
    return _shown(Cast(group, person(group, scene)), _Reports(scene))


def _is_somebody(group: Sequence[Appearance]) -> bool:
    """Say whether appearances are of a person, not of a town that was taken for one ("بيونغ يانغ")."""
    return not any(len(one.names[0]) > 1 and place(fold(one.person.name)) for one in group)


def _weight(group: Sequence[Appearance]) -> tuple[int, int]:
    return -len({one.article for one in group}), -max(len(one.names[0]) for one in group)


def _one_name(one: Iterable[Appearance], other: Iterable[Appearance]) -> bool:
    """Say whether two groups of a story share a full name: no report names two people so, but a reading may part one in two."""
    full = {shown.names[0] for shown in one if len(shown.names[0]) > 1}
    return any(shown.names[0] in full for shown in other)


def _together(one: Iterable[Appearance], other: Iterable[Appearance]) -> bool:
    return not {shown.article for shown in one}.isdisjoint(shown.article for shown in other)


def _shown(cast: Cast, reports: _Reports) -> _Shown:
    made = cast.person
    naming = replace(
        _naming(NameKind.PERSON, (made.name, *made.aliases), made.backing.articles, reports),
        roles=tuple(_roles(made, reports.outlets)),
        said=_said(names_of(cast.appearances), reports),
        evidence=evidence(cast.appearances),
    )
    return tuple(cast.appearances), naming


def _roles(made: StoryPerson, outlets: Mapping[ArticleId, OutletKey]) -> list[RoleNaming]:
    """Return the roles of a person, each sense once."""
    found: dict[str, RoleNaming] = {}
    for role in made.roles:
        keys = tuple(dict.fromkeys(outlets[article] for article in role.backing.articles))
        sense = sense_of(role.text)
        if sense:
            found.setdefault(sense, RoleNaming(sense=sense, text=role.text, outlets=keys))
    return list(found.values())


@lru_cache(maxsize=20_000)
def sense_of(text: str) -> str:
    """Return what a role says, however it is written, as one line; "" where it says nothing, or points at another's ("نظيره")."""
    tokens = tuple(tokenize(text))
    if tokens and tokens[0].folded in word_set("peers.txt"):
        return ""
    role = role_of(tokens)
    parts = (role.head, " ".join(sorted(role.lands)), " ".join(sorted(role.words)), "former" if role.former else "")
    return "|".join(parts) if role.head or role.words else ""


# --- Places and bodies -------------------------------------------------------------------------------------------------


def _places(reports: _Reports) -> list[Naming]:
    return _grouped(reports, NameKind.PLACE, lambda analysis: analysis.places)


def _bodies(reports: _Reports, outlets: Outlets) -> list[Naming]:
    return _grouped(reports, NameKind.ORGANIZATION, lambda analysis: analysis.organizations, outlets)


def _grouped(
    reports: _Reports, kind: NameKind, names: Callable[[Analysis], Iterable[Name]], outlets: Outlets | None = None
) -> list[Naming]:
    found: dict[str, list[tuple[ArticleId, Name]]] = defaultdict(list)
    for report in reports.story.reports:
        for name in names(report.analysis):
            known = medium(name.name, outlets) if outlets else None
            if known and known.key == report.article.outlet:
                continue  # an outlet that names itself is no news of it
            told = replace(name, name=known.name) if known and outlets and outlets.get(known.key) else name
            if ident := ident_of(kind, told.name):
                found[ident].append((report.article.id, told))
    return [_thing(kind, ident, told, reports) for ident, told in found.items()]


def _thing(kind: NameKind, ident: str, told: Sequence[tuple[ArticleId, Name]], reports: _Reports) -> Naming:
    counted = Counter(name.name for _, name in told)
    shown = main_name(kind, ident) or max(counted, key=lambda name: (counted[name], name))
    forms = tuple(dict.fromkeys((shown, *counted)))
    country = next((name.country for _, name in told if name.country), "")
    quoted = {(article, spelled) for article, name in told for spelled in (name.name, *name.aliases)}
    made = _naming(kind, forms, [article for article, _ in told], reports, ident=ident)
    said = _said(quoted, reports) if kind is NameKind.ORGANIZATION else ()
    return replace(made, country=country, said=said) if country or said else made


@lru_cache(maxsize=20_000)
def ident_of(kind: NameKind, name: str) -> str:
    """Return by what a place or body is the same in all stories, "" for a word that names none by itself ("الوزارة")."""
    if fold(name) in _generic() or len(form(name)) < 2:
        return ""
    spelled = " ".join(keys_of(name)) if kind is NameKind.ORGANIZATION else form(name)
    return _mains().get((kind, form(name)), ("", spelled))[1] or form(name)


def main(kind: NameKind, name: str) -> str:
    """Return the spelling under which the data file shows a name; the name itself where it knows no other."""
    return _mains().get((kind, form(name)), (name, ""))[0]


def main_name(kind: NameKind, ident: str) -> str:
    """Return the spelling under which the data file shows a name, "" where it does not know it."""
    return _main_names().get((kind, ident), "")


@cache
def _main_names() -> dict[tuple[NameKind, str], str]:
    """Return for each identity of the data file the spelling that stands first there."""
    found: dict[tuple[NameKind, str], str] = {}
    for (kind, _), (shown, ident) in _mains().items():
        found.setdefault((kind, ident), shown)
    return found


@cache
def _mains() -> dict[tuple[NameKind, str], tuple[str, str]]:
    """Return for each spelling of the data file the one to show and the identity of all of them."""
    return {
        (NameKind(kind), form(spelling)): (shown, form(shown))
        for kind, shown, *others in rows(_PACKAGE, "name_spellings.tsv")
        for spelling in (shown, *others)
    }


@cache
def _generic() -> frozenset[str]:
    return frozenset(fold(line) for line in lines(_PACKAGE, "names_of_nobody.txt"))


# --- What all names share ----------------------------------------------------------------------------------------------


def _outlet(key: OutletKey, articles: Sequence[ArticleId], reports: _Reports) -> Naming:
    return _naming(NameKind.OUTLET, (key,), articles, reports, ident=key)


def _naming(
    kind: NameKind, forms: tuple[str, ...], articles: Iterable[ArticleId], reports: _Reports, *, ident: str = ""
) -> Naming:
    told = backing(articles, reports.story)
    return Naming(
        kind=kind,
        forms=tuple(dict.fromkeys(map(tidy, forms))),
        reports=len(told.articles),
        outlets=len({reports.outlets[article] for article in told.articles}),
        sources=told.independent,
        days=_days(told, reports),
        ident=ident,
    )


def _days(told: Backing, reports: _Reports) -> dict[str, Told]:
    """Return how much some reports of a story make on each day; those that no day is known of count on none."""
    of_day: dict[str, list[ArticleId]] = defaultdict(list)
    for article in told.articles:
        of_day[reports.days[article]].append(article)
    if len(of_day) == 1:  # as mostly
        return {day: Told(len(told.articles), max(1, told.independent)) for day in of_day if day}
    counted = sorted((day, ids) for day, ids in of_day.items() if day)
    return {day: Told(len(ids), max(1, backing(ids, reports.story).independent)) for day, ids in counted}


def _said(names: set[Quoted], reports: _Reports) -> tuple[Said, ...]:
    """Return the statements of whoever has these names, each with the outlets that have its words."""
    return tuple(
        Said(
            article=first.report.article.id,
            start=first.statement.span.start,
            at=time_of(first.report.article.published, first.report.article.collected),
            outlets=tuple(dict.fromkeys(one.report.article.outlet for one in same)),
        )
        for first, same in reports.scene.voices.of(names)
    )


_PACKAGE = "tawatur.stories"
