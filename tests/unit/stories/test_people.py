"""The people of a story: one entry a person, roles held against each other."""

import tomllib
from dataclasses import replace

from tests.unit.stories.building import DATA, article, report, stated

from tawatur.arabic.fold import fold
from tawatur.model import Analysis, Outlets, Person, Report, Span, Statement, StatementKind, StoryId, StoryPerson
from tawatur.stories.compose import compose
from tawatur.stories.people import Scene, people

NAMES = tomllib.loads((DATA / "people.toml").read_text(encoding="utf-8"))
ARTICLES = ("bridge_one", "toll", "quake")


def naming(at: int, *persons: Person, said: tuple[Statement, ...] = ()) -> Report:
    of = article(ARTICLES[at], published=stated(at))
    return report(of, Analysis(article=of.id, version="test", people=persons, statements=said))


def person(name: str, *roles: str, aliases: tuple[str, ...] = ()) -> Person:
    return Person(
        name=NAMES[name], roles=tuple(NAMES[role] for role in roles), aliases=tuple(NAMES[a] for a in aliases)
    )


def found(*reports: Report) -> tuple[StoryPerson, ...]:
    return people(Scene(compose(StoryId("s"), reports, outlets=Outlets(known=()))))


def test_a_family_name_joins_the_one_who_bears_it() -> None:
    (one,) = found(naming(0, person("full", "minister")), naming(1, person("family")), naming(2, person("spelled")))
    assert fold(one.name) == fold(NAMES["full"])
    assert NAMES["family"] in one.aliases
    assert (len(one.backing.articles), one.backing.independent) == (3, 3)


def test_a_family_name_that_two_bear_joins_neither() -> None:
    names = [one.name for one in found(naming(0, person("full"), person("other")), naming(1, person("family")))]
    assert sorted(names) == sorted([NAMES["full"], NAMES["other"], NAMES["family"]])


def test_whom_most_sources_name_comes_first() -> None:
    first, second = found(naming(0, person("stranger")), naming(1, person("full")), naming(2, person("full")))
    assert (first.name, second.name) == (NAMES["full"], NAMES["stranger"])


def test_roles_that_say_the_same_are_one_with_all_who_give_it() -> None:
    (one,) = found(
        naming(0, person("full", "ambassador_egypt")), naming(1, person("full", "ambassador_egypt", "sheikh"))
    )
    assert [(role.text, role.backing.independent) for role in one.roles] == [
        (NAMES["ambassador_egypt"], 2),
        (NAMES["sheikh"], 1),
    ]
    assert one.differing == ()


def test_one_office_of_two_countries_differs() -> None:
    (one,) = found(naming(0, person("full", "ambassador_egypt")), naming(1, person("full", "ambassador_jordan")))
    assert one.differing == ((0, 1),)


def test_an_office_held_differs_from_one_given_up() -> None:
    (one,) = found(naming(0, person("full", "ambassador_egypt")), naming(1, person("full", "former_ambassador")))
    assert one.differing == ((0, 1),)


def test_the_same_words_are_one_statement() -> None:
    def saying(at: int, speaker: str) -> Statement:
        text = article(ARTICLES[0]).text[:20]
        return Statement(kind=StatementKind.DIRECT, text=text, speaker=NAMES[speaker], span=Span(0, 20))

    full = person("full", aliases=("family",))
    reports = (naming(0, full, said=(saying(0, "full"),)), naming(1, full, said=(saying(1, "family"),)))
    (one,) = found(*reports)
    assert [(said.article, said.span) for said in one.said] == [(reports[0].article.id, Span(0, 20))]


def test_nobody_in_the_reports_is_nobody_in_the_story() -> None:
    assert found(replace(naming(0))) == ()
