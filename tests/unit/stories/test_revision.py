"""Which article revises which, and where it stands among the versions of its page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tawatur.model import Article, ArticleId, Block, BlockKind, OutletKey, Removed
from tawatur.stories.change import ChangeKind, Version
from tawatur.stories.revision import address_of, around, first, is_extract, is_revision, is_same, nearest, placed
from tawatur.understand import analyze

AT = datetime(2026, 3, 9, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://www.one.example/news/41?utm_source=x"


def text(begin: int, end: int) -> str:
    return " ".join(f"word{number}" for number in range(begin, end)) + "."


def article(name: str, title: str, *texts: str, hours: int = 0, removed: tuple[str, ...] = ()) -> Article:
    return Article(
        id=ArticleId(name),
        outlet=OutletKey("one"),
        origin=name,
        collected=AT + hours * HOUR,
        url=URL,
        title=title,
        blocks=tuple(Block(BlockKind.PARAGRAPH, one) for one in texts),
        removed=tuple(Removed(one, "repeated_line") for one in removed),
    )


def version(made: Article) -> Version:
    return Version(made, analyze(made))


def test_an_article_has_the_address_of_its_page() -> None:
    assert address_of(article("a", "t")) == "one.example/news/41"
    assert address_of(replace(article("a", "t"), url=None)) == ""
    assert first(article("a", "t")).chain == "a"


def test_what_was_taken_out_of_one_of_them_makes_no_difference() -> None:
    before = article("a", "t", text(0, 20), "the prompt")
    assert is_same(article("b", "t", text(0, 20), removed=("the prompt",)), before)
    assert is_same(before, article("b", "t", text(0, 20), removed=("the prompt",)))
    assert not is_same(article("b", "t", text(0, 20)), before)
    assert not is_same(article("b", "another", text(0, 20), "the prompt"), before)


def test_links_make_no_difference() -> None:
    before = article("a", "t", text(0, 20))
    linked = replace(before, blocks=(*before.blocks, Block(BlockKind.RELATED, "other", url="http://one.example/2")))
    assert is_same(linked, before)


def test_a_revision_has_the_same_headline_or_much_of_the_text() -> None:
    old = article("a", "four words make headlines", text(0, 60))
    assert is_revision(article("b", "four words make headlines", text(100, 160)), old)
    assert is_revision(article("b", "another headline", text(30, 90)), old)
    assert not is_revision(article("b", "another headline", text(55, 120)), old)
    assert not is_revision(article("b", "statement", text(100, 160)), replace(old, title="statement"))


def test_a_summary_of_less_than_half_the_words_is_an_extract() -> None:
    page = article("a", "four words make headlines", text(0, 60))
    assert is_extract(article("b", "four words make headlines", text(0, 20)), page)
    assert not is_extract(article("b", "four words make headlines", text(0, 40)), page)


def test_of_several_articles_at_an_address_the_nearest_is_revised() -> None:
    one, two = article("one", "first report of it", text(0, 60)), article("two", "second report here", text(100, 160))
    new = article("new", "third report", text(110, 170))
    assert nearest(new, (one, two)) is two
    assert nearest(article("new", "third report", text(200, 260)), (one, two)) is None
    assert nearest(new, ()) is None


def test_a_version_stands_by_its_time_and_behind_its_equals() -> None:
    one, two = (first(article(name, "t", hours=hours)) for name, hours in (("one", 0), ("two", 2)))
    assert around(AT - HOUR, (one, two)) == (None, one)
    assert around(AT, (one, two)) == (one, two)
    assert around(AT + HOUR, (one, two)) == (one, two)
    assert around(AT + 9 * HOUR, (one, two)) == (two, None)


def test_a_version_between_two_changes_what_the_later_one_changed() -> None:
    one, two, three = (
        version(article(name, "so it was told", text(0, 30), *more, hours=hours))
        for name, hours, more in (
            ("one", 0, ()),
            ("two", 1, (text(40, 60),)),
            ("three", 2, (text(40, 60), text(70, 90))),
        )
    )
    (own,) = placed(three, [first(one.article)], one, None)
    assert (own.chain, own.change is not None and own.change.added) == ("one", 40)
    own, behind = placed(two, [first(one.article), own], one, three)
    assert (own.article, behind.article, behind.chain) == ("two", "three", "one")
    assert (own.change is not None and own.change.added, behind.change is not None and behind.change.added) == (20, 20)
    assert own.change is not None
    assert own.change.kind is ChangeKind.ADDITION


def test_the_oldest_version_has_changed_nothing() -> None:
    one, two = (
        version(article(name, "so it was told", text(0, 30 + hours), hours=hours))
        for name, hours in (("o", 0), ("t", 5))
    )
    own, behind = placed(one, [first(two.article)], None, two)
    assert (own.change, own.chain) == (None, "t")
    assert behind.change is not None
