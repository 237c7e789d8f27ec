"""The feeds of a homepage: declared, linked, guessed, ranked."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.extract.extracting import rows_of, text_of

from tawatur.extract.discover import How, feeds, guesses

HOME = "https://www.ufuq.example/"


def test_every_feed_of_a_homepage_is_found_once_the_best_first() -> None:
    found = feeds(text_of("discover/homepage.html"), HOME)
    told = [[one.url, one.kind, one.how.value, "yes" if one.comments else "no", one.title] for one in found]
    assert told == rows_of("discover/homepage.tsv")


def test_a_page_that_is_a_feed_is_the_only_one() -> None:
    for name, kind in (("rss20.xml", "rss"), ("atom10.xml", "atom"), ("rdf.xml", "rdf"), ("json11.json", "json")):
        (found,) = feeds(text_of(f"feeds/{name}"), HOME)
        assert (found.url, found.kind, found.how) == (HOME, kind, How.SELF)
        assert found.title


def test_a_page_without_feeds_has_none() -> None:
    for text in ("", "<html></html>", "plain words", "<a href='/news'>news</a>"):
        assert feeds(text, HOME) == ()


def test_guesses_stand_at_the_root_of_the_site() -> None:
    found = guesses("https://www.ufuq.example/ar/politics?x=1")
    assert found[0].url == "https://www.ufuq.example/feed/"
    assert len(found) > 20
    assert {one.how for one in found} == {How.GUESSED}
    assert all(one.url.startswith(HOME) for one in found)
    assert guesses("mailto:desk@ufuq.example") == ()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
def test_no_page_makes_it_raise(href: str, text: str, base: str) -> None:
    declared = f'<base href="{base}"><link rel="alternate" type="application/rss+xml" href="{href}">'
    page = f'<html><head>{declared}</head><a href="{href}">{text} RSS</a>'
    for one in feeds(page, HOME):
        assert one.url.startswith("http")
    guesses(base)
