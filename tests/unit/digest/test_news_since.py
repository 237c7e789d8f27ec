"""What is new in a story since it was read: sources, figures, claims, sentences, changed pages; copies and commas are not."""

from dataclasses import replace

import pytest
from tests.unit.stories.test_agreement import CASES, told

from tawatur.digest.news_since import Chains, Seen, Since, news_since
from tawatur.model import ArticleId, OutletKey, Outlets, Span, Statement, StatementKind, Story, Telling
from tawatur.stories.change import Change, ChangeKind
from tawatur.stories.revision import Revision, first
from tawatur.stories.telling import tell

RISES, ODDS = "a toll that rises is superseded", "two tolls at odds: the lower one is told last"
ONE_FACT = "one fact in different words, by two sources"


def since(story: Story, *seen: int, chains: Chains | None = None) -> Since:
    """Return what is new in a story of which the reports with these numbers were seen."""
    known = Seen(frozenset(ArticleId(f"r{number}") for number in seen))
    return news_since(known, story, telling=telling(story), chains=chains or {})


def telling(story: Story) -> Telling:
    return tell(story, outlets=Outlets())


def test_nothing_is_new_of_what_was_read_whole() -> None:
    assert since(told(RISES), 0, 1, 2) == Since()
    assert not since(told(RISES), 0, 1, 2).material


def test_a_second_source_is_news_and_named() -> None:
    found = since(told(ONE_FACT), 0)
    assert found.sources == (("r1",),)
    assert found.material
    assert found.enough


def test_one_source_more_is_no_news_where_many_told_it() -> None:
    story = told(ONE_FACT)
    one = story.reports[0]
    others = [
        replace(one, article=replace(one.article, id=ArticleId(f"x{at}"), outlet=OutletKey(f"x{at}")))
        for at in range(8)
    ]
    sources = (*story.sources, *((other.article.id,) for other in others))
    many = replace(story, reports=(*story.reports, *others), sources=sources)
    seen = Seen(frozenset({one.article.id, *(other.article.id for other in others)}))
    found = news_since(seen, many, telling=telling(story))
    assert found.sources == (("r1",),)
    assert not found.enough


def test_a_figure_that_took_the_place_of_the_one_that_was_read() -> None:
    (figure,) = since(told(RISES), 0).figures
    assert figure.was.startswith("5")
    assert figure.now.value.startswith("7")
    assert since(told(RISES), 0, 1).figures == ()  # the later one was read too


def test_a_version_that_differs_from_what_was_read() -> None:
    (point,) = since(told(ODDS), 0).claims
    assert len(point.versions) == 2
    assert since(told(ODDS), 0, 1).claims == ()


def test_what_somebody_is_the_first_to_say_or_to_count_is_news_and_more_background_is_not() -> None:
    story = told(ONE_FACT)
    (new,) = [one for one in story.reports if one.article.id == "r1"]
    (background,) = [one for one in telling(story).novelties if one.article == "r1"]
    assert background.first
    assert since(story, 0).said == ()
    start = background.first[0].span
    said = Statement(kind=StatementKind.INDIRECT, text="x", speaker="y", span=Span(start.start + 1, start.start + 2))
    spoken = replace(new, analysis=replace(new.analysis, statements=(said,)))
    reports = tuple(spoken if one is new else one for one in story.reports)
    found = news_since(Seen(frozenset({ArticleId("r0")})), replace(story, reports=reports), telling=telling(story))
    assert found.said == background.first[:1]


def copied(story: Story) -> Story:
    """Return a story with a copy of its first report by another outlet, which leans on it."""
    original = story.reports[0]
    copy = replace(original, article=replace(original.article, id=ArticleId("copy"), outlet=OutletKey("copier")))
    sources = ((*story.sources[0], copy.article.id), *story.sources[1:])
    return replace(story, reports=(*story.reports, copy), sources=sources)


def test_a_copy_makes_no_story_unread() -> None:
    found = since(copied(told(RISES)), 0, 1, 2)
    assert found.reports == ("copy",)
    assert not found.material


def revised(story: Story, kind: ChangeKind) -> Chains:
    """Return the versions of the page of the first report, which was another one when it was read."""
    new = first(story.reports[0].article)
    old = replace(new, article=ArticleId("before"))
    return {new.article: (old, replace(new, change=Change(kind=kind)))}


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_a_page_that_its_outlet_changed_is_news_where_a_fact_or_an_update_is(kind: ChangeKind) -> None:
    story = told(RISES)
    seen = Seen(frozenset(map(ArticleId, ("before", "r1", "r2"))))
    found = news_since(seen, story, telling=telling(story), chains=revised(story, kind))
    assert bool(found.revised) == (kind in (ChangeKind.MATERIAL, ChangeKind.UPDATE)) == found.material
    assert found.sources == ()


def test_a_slight_change_behind_a_grave_one_hides_it_not() -> None:
    story = told(RISES)
    new = first(story.reports[0].article)

    def version(name: str, kind: ChangeKind) -> Revision:
        return replace(new, article=ArticleId(name), change=Change(kind=kind))

    chain = (version("v1", ChangeKind.COSMETIC), version("v2", ChangeKind.MATERIAL), version("r0", ChangeKind.COSMETIC))
    seen = Seen(frozenset(map(ArticleId, ("v1", "r1", "r2"))))
    assert news_since(seen, story, telling=telling(story), chains={new.article: chain}).revised == ("r0",)


def test_of_every_invented_story_all_that_is_read_is_read() -> None:
    for name in CASES:
        story = told(name)
        assert not since(story, *range(len(story.reports))).material
