"""What a story adds to the pages of names."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace

from tests.unit.stories.building import DATA, analysis, article, report, stated

from tawatur.model import (
    Analysis,
    Block,
    BlockKind,
    Name,
    Outlet,
    OutletKey,
    OutletKind,
    Outlets,
    Person,
    Published,
    Report,
    Span,
    Statement,
    StatementKind,
    StoryId,
)
from tawatur.stories.compose import compose
from tawatur.stories.identify import evidence, identify, kept, looks, wanted
from tawatur.stories.named import ident_of, identified, unidentified
from tawatur.stories.naming import Known, Lean, Named, NameKind, Naming, Told
from tawatur.stories.people import Scene
from tawatur.stories.profile import profile
from tawatur.stories.slugs import form, skeleton, slug, tidy
from tawatur.stories.topics import by_section, topic_of, topics
from tawatur.understand.identity import Appearance, appearances

SAID = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
ARTICLES = ("bridge_one", "toll", "quake")


def telling(at: int, *people: Person, outlet: str = "", **more: object) -> Report:
    of = article(ARTICLES[at], published=stated(at), outlet=outlet)
    return report(of, Analysis(article=of.id, version="test", people=people, **more))  # type: ignore[arg-type]


def person(name: str, *roles: str) -> Person:
    return Person(name=SAID[name], roles=tuple(SAID[role] for role in roles))


def appearing(name: str, *roles: str, at: int = 0) -> Appearance:
    one = telling(at, person(name, *roles))
    return appearances(one.article, one.analysis)[0]


def known(number: int, *seen: Appearance, stories: int = 1, here: bool = False) -> Known:
    return Known(number=number, name="", stories=stories, evidence=seen, here=here)


def adds(*reports: Report, bearers: Sequence[Known] = (), outlets: Outlets = Outlets()) -> Named:
    story = compose(StoryId("s"), reports, outlets=outlets)
    return identified(unidentified(Scene(story), topic(*reports), outlets=outlets), story, bearers=lambda _: bearers)


def of_kind(found: Named, kind: NameKind) -> list[Naming]:
    return [naming for naming in found.namings if naming.kind is kind]


# -- spellings ---------------------------------------------------------------------------------------------------------


def test_an_address_keeps_the_letters_and_drops_marks_and_signs() -> None:
    assert slug(SAID["marked"]) == SAID["full"].replace(" ", "-")
    assert slug(SAID["hashtag"]) == SAID["full"].replace(" ", "-")
    assert tidy(SAID["hashtag"]) == SAID["full"]
    assert (slug("«A» (B)"), slug("؟"), len(slug("a" * 500))) == ("A-B", "-", 80)
    assert form(SAID["body"]) == form(SAID["body"].replace("\u0623", "\u0627"))


def test_spellings_of_a_foreign_name_share_its_firm_letters() -> None:
    first, other = (tuple(map(skeleton, SAID[name].split())) for name in ("foreign", "foreign_other"))
    assert first == other
    assert set(wanted([appearing("foreign")])) & set(wanted([appearing("foreign_other")]))


# -- who is who --------------------------------------------------------------------------------------------------------


def test_a_full_name_is_looked_for_by_its_ends_and_a_bare_one_alone() -> None:
    assert all(" " in look for look in wanted([appearing("full"), appearing("family")]))
    (bare,) = wanted([appearing("family")])
    assert bare in looks([appearing("full")])


def test_who_shares_name_and_role_is_known_again() -> None:
    before = known(7, appearing("full", "minister"))
    assert identify([appearing("full", "minister", at=1)], [before]) == (7, False)
    assert identify([appearing("stranger", at=1)], [before]) == (None, False)
    assert identify([appearing("full", at=1)], []) == (None, False)


def test_a_common_name_that_nothing_parts_is_one_person_and_doubtful() -> None:
    before = known(7, appearing("common", "minister"))
    assert identify([appearing("common", at=1)], [before]) == (7, True)


def test_other_work_under_a_common_name_is_another_person() -> None:
    before = known(7, appearing("common", "singer"))
    assert identify([appearing("common", "player", at=1)], [before]) == (None, False)


def test_one_role_that_was_read_wrongly_parts_nobody_from_himself() -> None:
    seen = [appearing("common", "player", at=at) for at in (0, 1)]
    wrong = appearing("common", "singer", at=1)
    assert identify([appearing("common", "player", at=2)], [known(7, *seen, wrong)]) == (7, False)


def test_a_town_that_was_taken_for_a_person_is_none() -> None:
    found = adds(telling(0, Person(name=SAID["far_town"]), person("full")))
    assert [one.forms[0] for one in of_kind(found, NameKind.PERSON)] == [SAID["full"]]


def test_of_two_who_fit_it_is_the_one_of_this_story_then_the_better_known() -> None:
    one, other = (appearing("full", "minister", at=at) for at in (0, 1))
    new = [appearing("full", "minister", at=2)]
    assert identify(new, [known(1, one, stories=3), known(2, other, stories=9)]) == (2, False)
    assert identify(new, [known(1, one, stories=3, here=True), known(2, other, stories=9)]) == (1, False)


def test_whoever_was_recognised_in_this_report_before_stays_so() -> None:
    new = [appearing("full", at=0)]
    assert identify(new, [known(1, appearing("full", at=0)), known(2, appearing("full", at=1), stories=99)]) == (
        1,
        False,
    )


def test_a_bare_name_joins_its_one_prominent_bearer_or_whoever_has_nothing_else() -> None:
    bare = [appearing("family", at=2)]
    prominent = known(1, appearing("full"), stories=20)
    assert identify(bare, [prominent]) == (1, True)
    assert identify(bare, [prominent, known(2, appearing("longer", at=1), stories=19)]) == (None, True)
    assert identify(bare, [known(1, appearing("full")), known(3, appearing("family", at=1))]) == (3, True)


def test_little_is_kept_of_whom_much_is_known() -> None:
    seen = [replace(appearing("full", "minister"), article=f"a{at}") for at in range(9)]  # type: ignore[arg-type]
    held: tuple[Appearance, ...] = ()
    for one in seen:
        held = kept(held, evidence([one]))
    assert [one.article for one in held] == ["a0", "a1", "a6", "a7", "a8"]
    assert kept(held, evidence([seen[0]]))[-1].article == "a0"
    assert held[0].person.roles == ()
    assert held[0].roles


# -- what a story adds -------------------------------------------------------------------------------------------------


def test_people_come_with_roles_days_and_what_they_said() -> None:
    span = Span(0, 10)
    words = Statement(kind=StatementKind.DIRECT, text=SAID["text"], speaker=SAID["full"], span=span)
    reports = [telling(at, person("full", "minister"), statements=(words,)) for at in (0, 1)]
    (one,) = of_kind(adds(*reports), NameKind.PERSON)
    assert (one.forms, one.reports, one.outlets, one.sources, one.number) == ((SAID["full"],), 2, 2, 2, None)
    assert one.days == {"2026-03-09": Told(2, 2)}
    assert [(role.text, len(role.outlets)) for role in one.roles] == [(SAID["minister"], 2)]
    assert [(said.start, len(said.outlets)) for said in one.said] == [(0, 2)]
    assert one.said[0].article == reports[0].article.id


def test_a_report_of_no_known_day_counts_on_none() -> None:
    undated = telling(0, person("full"))
    undated = replace(undated, article=replace(undated.article, published=Published()))
    (one,) = of_kind(adds(undated), NameKind.PERSON)
    assert (one.reports, one.days) == (1, {})


def test_two_groups_that_are_one_known_person_are_one_naming() -> None:
    before = known(5, appearing("full", "minister", at=2), appearing("family", "minister", at=2))
    reports = (telling(0, person("full", "minister")), telling(1, person("family", "minister")))
    found = of_kind(adds(*reports, bearers=[before]), NameKind.PERSON)
    assert [(one.number, one.reports) for one in found] == [(5, 2)]


def test_a_person_whom_a_reading_parted_in_two_is_one() -> None:
    before = known(5, appearing("full", "minister", at=2))
    found = adds(telling(0, person("full", "minister"), person("full")), bearers=[before])
    assert [(one.number, one.reports) for one in of_kind(found, NameKind.PERSON)] == [(5, 1)]


def test_places_and_bodies_are_one_under_all_spellings_and_words_of_nobody_are_none() -> None:
    places = (Name(name=SAID["town"]), Name(name=SAID["nation"], country="US"))
    bodies = (Name(name=SAID["body"]), Name(name=SAID["generic"]))
    other = (Name(name=SAID["body_spelled"]),)
    found = adds(telling(0, places=places, organizations=bodies), telling(1, organizations=other))
    assert [one.forms[0] for one in of_kind(found, NameKind.PLACE)] == [SAID["town"], SAID["nation_main"]]
    assert [(one.reports, len(one.forms)) for one in of_kind(found, NameKind.ORGANIZATION)] == [(2, 2)]
    assert ident_of(NameKind.PLACE, SAID["nation"]) == ident_of(NameKind.PLACE, SAID["nation_main"])


def test_an_outlet_that_names_itself_is_no_body_of_the_story() -> None:
    own = Outlet(key=OutletKey("own"), name=SAID["body"], kind=OutletKind.AGENCY)
    body = (Name(name=SAID["body"]),)
    found = adds(
        telling(0, organizations=body, outlet="own"),
        telling(1, organizations=body, outlet="other"),
        outlets=Outlets(known=(own,)),
    )
    assert [one.reports for one in of_kind(found, NameKind.ORGANIZATION)] == [1]
    assert [one.ident for one in of_kind(found, NameKind.OUTLET)] == ["own", "other"]


def test_outlets_are_first_alone_or_copying() -> None:
    first, later = telling(0, outlet="one"), telling(1, outlet="two")
    copied = replace(later, article=replace(later.article, blocks=first.article.blocks))
    one, two = adds(first, copied).reportings
    assert (one.first, one.doubtful, one.alone, two.first) == (True, False, False, False)
    assert [(leaning.on, leaning.lean) for leaning in two.leanings] == [("one", Lean.COPIES)]
    (only,) = adds(first).reportings
    assert (only.first, only.alone) == (False, True)


def test_who_can_have_been_first_is_first_doubtfully() -> None:
    same = [replace(telling(at), article=replace(telling(at).article, published=stated(0))) for at in (0, 1)]
    assert [(one.first, one.doubtful) for one in adds(*same).reportings] == [(True, True), (True, True)]


def test_a_credit_leans_on_the_agency() -> None:
    credit = report(article("toll", agency="Reuters"))
    agency = Outlet(key=OutletKey("rtr"), name="Reuters", kind=OutletKind.AGENCY)
    (one,) = adds(credit, outlets=Outlets(known=(agency,))).reportings
    assert [(leaning.on, leaning.name, leaning.lean) for leaning in one.leanings] == [("rtr", "Reuters", Lean.CREDITS)]


# -- topics ------------------------------------------------------------------------------------------------------------


def told(topic: str, section: str = "") -> Report:
    title, text = SAID["topics"][topic]
    of = replace(article("toll"), title=title, section=section, blocks=(Block(BlockKind.PARAGRAPH, text),))
    return report(of, analysis(of))


def topic(*reports: Report) -> str:
    return topic_of([profile(one.article, one.analysis) for one in reports])


def test_words_say_the_topic_or_none() -> None:
    assert [topic(told(one)) for one in ("sport", "economy", "none")] == ["sport", "economy", ""]
    assert {"sport", "economy"} <= set(topics())


def test_a_section_says_the_topic_of_a_story_whose_words_say_none() -> None:
    assert topic(told("none", section="Sport")) == "sport"
    assert topic(told("none", section="middleEast")) == ""
    assert (by_section("economy"), by_section("")) == ("economy", "")


def test_a_story_has_its_topic_as_a_name() -> None:
    assert [one.ident for one in of_kind(adds(told("sport")), NameKind.TOPIC)] == ["sport"]
    assert of_kind(adds(told("none")), NameKind.TOPIC) == []
