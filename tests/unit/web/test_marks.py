"""What is set off in a text: every stretch with all that it belongs to, and the text unchanged."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.web.shelf import filled

from tawatur.analysis import DateMention, Person, Span
from tawatur.model import Analysis, ArticleId, Outlets
from tawatur.web.reading import ArticlePage
from tawatur.web.view.article import article_view
from tawatur.web.view.marks import KINDS, Marks
from tawatur.web.words import words

SHELF = filled()
OUTLETS = Outlets(SHELF.outlets())
SPANS = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: Span(pair[0], sum(pair)))


def analysis(people: list[Span] = (), dates: list[Span] = ()) -> Analysis:  # type: ignore[assignment]
    return Analysis(
        article=ArticleId("a"),
        version="1",
        people=(Person(name="x", spans=tuple(people)),),
        dates=tuple(DateMention(text="x", value="2031", span=span) for span in dates),
    )


def test_stretches_that_overlap_belong_to_both() -> None:
    found = Marks(analysis([Span(2, 6)], [Span(4, 9)])).of("abcdefghij", 0)
    assert [(one.text, one.kinds) for one in found] == [
        ("ab", ""),
        ("cd", "is-person"),
        ("ef", "is-person is-date"),
        ("ghi", "is-date"),
        ("j", ""),
    ]


def test_spans_count_from_the_beginning_of_the_whole_text() -> None:
    found = Marks(analysis([Span(12, 14)])).of("abcdef", 10)
    assert [(one.text, one.kinds) for one in found] == [("ab", ""), ("cd", "is-person"), ("ef", "")]


@given(people=st.lists(SPANS, max_size=6), dates=st.lists(SPANS, max_size=6), start=st.integers(0, 40))
def test_no_letter_is_lost_or_moved(people: list[Span], dates: list[Span], start: int) -> None:
    text = "The text of a block, of whatever length."
    found = Marks(analysis(people, dates)).of(text, start)
    assert "".join(one.text for one in found) == text
    assert all(one.text for one in found)


def test_without_an_analysis_nothing_is_set_off() -> None:
    assert Marks(None).kinds == ()
    assert [(one.text, one.kinds) for one in Marks(None).of("abc", 0)] == [("abc", "")]


def test_an_article_shows_what_its_own_analysis_found_where_it_stands() -> None:
    for reports in SHELF.told.values():
        for report in reports:
            page = ArticlePage(report.article, None, analysis=report.analysis)
            view = article_view(page, outlets=OUTLETS, words=words("ar"))
            items = [item for section in view.sections for item in section.items if item.stretches]
            assert all("".join(one.text for one in item.stretches) == item.text for item in items)
            people = {one.text for item in items for one in item.stretches if one.kinds == "is-person"}
            named = {report.article.text[span.start : span.end] for one in report.analysis.people for span in one.spans}
            assert all(any(part in name for name in named) for part in people)
            assert set(view.marks) <= set(KINDS)
