"""Links, outlets and dates as pages show them."""

from datetime import UTC, date, datetime

import pytest
from tests.unit.web.shelf import filled

from tawatur.model import Certainty, Outlets, Published
from tawatur.web.view.parts import Sources, link, outlet_view, when
from tawatur.web.words import words

OUTLETS = Outlets(filled().outlets())
NOON = datetime(2031, 5, 4, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "news/page.html",
        "file:///etc/passwd",
        "http:///x",
        "http://[x",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert link(url) is None


def test_a_link_shows_its_host_without_www() -> None:
    found = link("https://www.sarw.example/n/1?x=1")
    assert found is not None
    assert (found.url, found.host) == ("https://www.sarw.example/n/1?x=1", "sarw.example")


def test_an_outlet_is_named_in_the_language_of_the_page_where_it_has_such_a_name() -> None:
    sarw, dalia = OUTLETS.get("sarw"), OUTLETS.get("dalia")
    assert sarw is not None
    assert dalia is not None
    assert outlet_view("sarw", OUTLETS, words("ar")).name == sarw.name
    assert outlet_view("sarw", OUTLETS, words("en")).name == sarw.name_en
    assert outlet_view("dalia", OUTLETS, words("en")).name == dalia.name
    assert outlet_view("sarw", OUTLETS, words("ar")).invented


def test_an_unknown_outlet_is_named_by_its_key_and_is_not_called_invented() -> None:
    view = outlet_view("blog.example", OUTLETS, words("ar"))
    assert (view.name, view.invented) == ("blog.example", False)


def test_an_unknown_date_is_none() -> None:
    assert when(Published(), words("ar")) is None


def test_a_stated_time_has_its_clock_and_shows_no_key_as_its_basis() -> None:
    view = when(Published(at=NOON, certainty=Certainty.STATED, basis="feed"), words("en"))
    assert view is not None
    assert (view.day, view.clock, view.iso) == ("Sunday, 4 May 2031", "12:30", "2031-05-04T12:30:00+00:00")
    assert (view.inferred, view.basis) == (False, "")


def test_an_inferred_day_has_no_clock_and_names_its_evidence_and_what_else_it_could_be() -> None:
    report = next(one for one in filled().reports("story-bridge") if one.article.id == "a-ghadir")
    published = report.article.published
    view = when(published, words("en"))
    assert view is not None
    assert (view.clock, view.iso, view.inferred) == ("", "2031-05-04", True)
    assert view.basis == published.basis
    assert view.alternatives == ("Sunday, 4 May 2036",)


def test_the_day_itself_is_no_alternative() -> None:
    published = Published(at=NOON, certainty=Certainty.INFERRED, alternatives=(date(2031, 5, 4), date(2025, 5, 4)))
    view = when(published, words("en"))
    assert view is not None
    assert view.alternatives == ("Sunday, 4 May 2025",)


def test_leaning_outlets_are_never_fewer_than_none() -> None:
    assert Sources(4, 2).leaning == 2
    assert Sources(1, 2).leaning == 0
