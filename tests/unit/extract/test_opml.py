"""OPML in and out: nested, broken, and the same again after a round trip."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.extract.extracting import OUTLETS, text_of

from tawatur.extract import opml
from tawatur.model import Rejected


def read(text: str) -> opml.Opml:
    found = opml.read(text)
    assert isinstance(found, opml.Opml)
    return found


def test_a_broken_list_is_read_with_folders_categories_and_odd_attributes() -> None:
    found = read(text_of("opml/desk.opml"))
    assert found.version == "1.1"
    assert found.title in text_of("opml/desk.opml")
    assert [name for name, _ in found.head] == ["dateCreated", "ownerName"]
    first = found.outlines[0].inside[0]
    assert first.feed == "https://ufuq.example/rss?a=1&b=2"
    assert first.homepage == "https://ufuq.example/"
    assert first.categories == ("/news/eg", "/sport")
    assert first.other == (("lang", "ar"),)
    assert first.name == first.title != ""


def test_subscriptions_are_flat_with_their_folders_and_each_once() -> None:
    found = opml.subscriptions(read(text_of("opml/desk.opml")))
    assert [(one.feed, len(one.folders)) for one in found] == [
        ("https://ufuq.example/rss?a=1&b=2", 1),
        ("https://waraq.example/rss", 2),
    ]
    assert all(one.name for one in found)


def test_a_list_that_was_read_is_written_and_read_the_same() -> None:
    found = read(text_of("opml/desk.opml"))
    text = opml.write(found)
    assert read(text) == found
    assert opml.write(read(text)) == text
    assert "\n" in dict(found.outlines[2].other)["note"]


WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), blacklist_characters="\ufeff\ufffe\uffff"),
    max_size=20,
)
NAMES = st.sampled_from(["lang", "description", "created", "url", "version"])
OUTLINES = st.recursive(
    st.builds(
        opml.Outline,
        text=WORDS,
        title=WORDS,
        feed=WORDS,
        homepage=WORDS,
        type=st.sampled_from(["", "rss"]),
        other=st.dictionaries(NAMES, st.text("abعربي \n\t<>&\"'", max_size=10), max_size=3).map(
            lambda found: tuple(found.items())
        ),
        categories=st.lists(st.sampled_from(["/a", "/a/b", "news"]), max_size=2).map(tuple),
    ),
    lambda inner: st.builds(opml.Outline, text=WORDS, inside=st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.builds(opml.Opml, title=WORDS, outlines=st.lists(OUTLINES, max_size=3).map(tuple)))
def test_any_list_comes_back_as_it_was(found: opml.Opml) -> None:
    assert read(opml.write(found)) == found


def test_all_known_outlets_go_out_and_come_back() -> None:
    with_feeds = [one for one in OUTLETS.known if one.feeds]
    found = read(opml.write(opml.of_outlets(OUTLETS.known, title="Tawatur")))
    assert len(found.outlines) == len(with_feeds) > 0
    addresses = {feed.url for one in with_feeds for feed in one.feeds}
    assert {one.feed for one in opml.subscriptions(found)} == addresses
    english = opml.of_outlets(OUTLETS.known, language="en")
    assert [one.text for one in english.outlines] != [one.text for one in found.outlines]


def test_feeds_are_gathered_by_site_with_name_and_sections() -> None:
    feeds = [(one.homepage, one.name, one.feeds) for one in OUTLETS.known if one.feeds and one.homepage]
    by_homepage = {site.homepage: site for site in opml.by_site(read(opml.write(opml.of_outlets(OUTLETS.known))))}
    several = [one for one in feeds if len(one[2]) > 1]
    assert several
    for homepage, name, addresses in several:
        site = by_homepage[homepage]
        assert site.name == name
        assert [(one.url, one.section) for one in site.feeds] == [(one.url, one.section) for one in addresses]


def test_a_site_without_a_homepage_is_its_feeds_host() -> None:
    text = "<opml><body><outline text='a' xmlUrl='https://www.a.example/1'/><outline text='b' xmlUrl='https://a.example/2'/></body></opml>"
    (site,) = opml.by_site(read(text))
    assert (site.name, site.homepage) == ("a", "https://a.example/")
    assert [one.section for one in site.feeds] == ["", ""]


@pytest.mark.parametrize("text", ["", "words", "<html/>", "<rss/>"])
def test_what_is_no_list_is_rejected(text: str) -> None:
    found = opml.read(text, origin="list.opml")
    assert isinstance(found, Rejected)
    assert (found.origin, found.reason) == ("list.opml", "broken_opml")


def test_a_list_too_large_is_rejected() -> None:
    found = opml.read("<opml>" + " " * 20_000_000)
    assert isinstance(found, Rejected)
    assert found.reason == "too_large"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_nothing_makes_it_raise(text: str) -> None:
    assert opml.read(text) is not None
    found = opml.read("<opml><body><outline " + text)
    assert isinstance(found, Rejected) or opml.subscriptions(found) is not None
    for one in found.outlines if isinstance(found, opml.Opml) else ():
        assert read(opml.write(opml.Opml(outlines=(one,)))).outlines == (one,)


def test_a_list_of_many_levels_is_read_as_deep_as_it_goes() -> None:
    deep = "<opml><body>" + "<outline text='a'>" * 5000
    found = read(deep)
    assert opml.subscriptions(found) == ()
    assert read(opml.write(found)) == found
