"""What an issue tells of stories, and when it tells nothing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.digest.making import DAY, HOUR, NOW
from tests.unit.stories.test_agreement import told as composed

from tawatur.digest.issue import LONGEST, LOOKS_BACK, OVERLAP, Memory, Span, make, make_saved, span
from tawatur.digest.issue_sources import repeats
from tawatur.digest.issue_story import Page, sentences_of, story_of, turn_of
from tawatur.model import ArticleId, OutletKey, Outlets, Story, StoryHead, StoryId
from tawatur.newsletter import (
    ChangeKind,
    IssueSaved,
    Length,
    Newsletter,
    NewsletterId,
    NewsletterKind,
    Rhythm,
    ToldStory,
)
from tawatur.saved import SavedId, SavedKind
from tawatur.stories.telling import tell
from tawatur.stories.whole import Whole, kept

RISES, ODDS = "a toll that rises is superseded", "two tolls at odds: the lower one is told last"
MORNING = Newsletter(
    id=NewsletterId("n"), owner=None, kind=NewsletterKind.MORNING, made=NOW, rhythm=Rhythm(zone="Africa/Cairo")
)
ALL = Span(NOW - 9000 * DAY, NOW)


def page(case: str, *seen: int, id: str = "s") -> Page:
    """Return a story that may be told, of which the reports with these numbers were told before."""
    story: Story = replace(composed(case), id=StoryId(id))
    whole = Whole(story, tell(story, outlets=Outlets()))
    articles = {one.article.id: one.article for one in story.reports}
    times = [one.article.published.at or NOW for one in story.reports]
    outlets = tuple(dict.fromkeys(one.article.outlet for one in story.reports))
    head = StoryHead(
        id=story.id,
        title=story.title,
        lead="",
        first=min(times),
        latest=max(times),
        reports=len(story.reports),
        outlets=outlets,
        independent=story.independent,
    )
    return Page(
        head=head,
        kept=kept(whole, story.reports, outlets=Outlets()),
        articles=articles,
        names={OutletKey(key): key.upper() for key in outlets},
        seen=frozenset(ArticleId(f"r{number}") for number in seen),
        whole=whole if seen else None,
    )


def test_the_length_says_how_many_sentences() -> None:
    whole = page(RISES)
    account = whole.kept.telling.account.sentences
    for length, most in ((Length.SHORT, 1), (Length.MEDIUM, 3), (Length.LONG, len(account))):
        story = story_of(whole, length, ALL.since)
        assert story
        assert 1 <= len(story.sentences) <= most
        assert {one.text for one in story.sentences} <= {one.text for one in account}


def test_sentences_cite_reports_by_number_and_sources_have_groups() -> None:
    story = story_of(page(RISES), Length.LONG, ALL.since)
    assert story
    assert [one.name for one in story.sources] == [one.outlet.upper() for one in story.sources]
    for sentence in story.sentences:
        assert all(0 <= number < len(story.sources) for number in sentence.sources)
    assert len({one.group for one in story.sources}) == story.independent


def test_a_figure_that_differs_stands_with_both_values() -> None:
    story = story_of(page(ODDS), Length.MEDIUM, ALL.since)
    assert story
    (difference,) = story.differences
    assert difference.reason == "value"
    assert len({one.value for one in difference.versions}) == 2


def test_a_story_that_was_told_is_told_by_what_changed_or_not_at_all() -> None:
    rises = story_of(page(RISES, 0), Length.MEDIUM, ALL.since)
    assert rises
    (figure,) = [one for one in rises.changes if one.kind is ChangeKind.FIGURE]
    assert figure.was.startswith("5")
    assert figure.now.startswith("7")
    assert len(rises.sentences) <= 1
    assert story_of(page(RISES, 0, 1, 2), Length.MEDIUM, ALL.since) is None


def test_a_story_that_goes_on_is_told_by_its_latest_turn() -> None:
    going = page(RISES)
    titled = {id: replace(one, title=f"Headline {id}") for id, one in going.articles.items()}
    going = replace(going, articles=titled)
    last = max(going.articles.values(), key=lambda one: (going.published(one.id), one.id))
    since = going.published(last.id)
    assert since
    turn = turn_of(going, since)
    assert turn
    assert turn.title == f"Headline {turn.article}"
    assert turn_of(going, going.head.first) is None
    for one in sentences_of(going, 3, turn):
        assert one.sayings[0].article in turn.reports


def test_what_only_repeats_the_headline_is_no_sentence() -> None:
    assert repeats("The bridge of the old town opened", "Bridge of the old town opened today")
    assert not repeats("The bridge cost nine million dinars", "Bridge of the old town opened today")


def issue(pages: Iterable[Page], **changed: object):
    return make(replace(MORNING, **changed), pages, ALL, looked_at=9)


def test_an_issue_has_as_many_stories_as_it_may_and_names_others() -> None:
    made = issue([page(RISES, id=f"s{number}") for number in range(9)], most=2)
    assert made
    assert [one.id for one in made.content.stories] == ["s0", "s1"]
    assert [one.id for one in made.content.headlines] == ["s2", "s3", "s4", "s5", "s6"]
    assert [one.story for one in made.told] == [f"s{number}" for number in range(7)]
    assert made.told[0].reports == page(RISES).reports
    assert made.content.zone == "Africa/Cairo"


def test_nothing_new_is_no_issue_and_neither_is_less_than_is_wanted() -> None:
    assert issue([]) is None
    assert issue([page(RISES, 0, 1, 2)]) is None
    assert issue([page(RISES)], least=2) is None
    assert issue([page(RISES, 0, 1, 2), page(RISES, id="other")])


def test_pages_are_looked_at_no_further_than_there_is_room() -> None:
    looked: list[int] = []

    def pages() -> Iterable[Page]:
        for number in range(99):
            looked.append(number)
            yield page(RISES, id=f"s{number}")

    assert issue(pages(), most=3)
    assert len(looked) == 3 + 5


def told(story: str, *reports: str) -> ToldStory:
    return ToldStory(story=StoryId(story), at=NOW, reports=frozenset(map(ArticleId, reports)))


def test_what_was_told_goes_by_reports_wherever_they_stand_now() -> None:
    memory = Memory([told("s1", "a", "b", "c")], {StoryId("s2"): frozenset({ArticleId("d")})})
    ids = [ArticleId(one) for one in "abcdefg"]
    assert memory.of(StoryId("s1"), ids[:2] + ids[4:]) == {"a", "b"}
    assert memory.of(StoryId("s2"), ids[3:]) == {"d"}
    assert memory.of(StoryId("joined"), ids[:4]) == set("abcd")  # most of it was told under other ids
    assert memory.of(StoryId("moved"), [ids[0], *ids[4:]]) == set()  # one report of it stood in a story that was told
    assert memory.of(StoryId("s1"), ids[4:]) == set()
    assert StoryId("s1") in memory


@pytest.mark.parametrize("kind", list(NewsletterKind))
def test_an_issue_looks_behind_the_last_one_and_not_too_far(kind: NewsletterKind) -> None:
    back = LOOKS_BACK[kind]
    assert span(kind, None, now=NOW) == Span(NOW - back, NOW, None)
    assert span(kind, NOW - HOUR, now=NOW).since == NOW - HOUR - OVERLAP
    assert span(kind, NOW - 9999 * DAY, now=NOW).since == NOW - LONGEST * back


def test_saved_things_are_told_once_and_the_rest_is_counted() -> None:
    saved = [
        IssueSaved(id=SavedId(f"k{number}"), kind=SavedKind.PAGE, of="x", title=f"K{number}", at=NOW - number * HOUR)
        for number in range(5)
    ]
    shelf = replace(MORNING, kind=NewsletterKind.SAVED, most=2)
    made = make_saved(shelf, saved, Span(NOW - timedelta(days=400), NOW), {"k0"})
    assert made
    assert [one.title for one in made.content.saved] == ["K1", "K2"]
    assert made.content.counts.others == 3
    assert [one.story for one in made.told] == ["k1", "k2"]
    assert make_saved(shelf, saved, ALL, {one.id for one in saved}) is None
