"""Hostile feeds: nothing is expanded, fetched or raised, and each ends soon with what it gives or with a reason."""

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.extract.extracting import DATA, LATEST, OUTLETS, document

from tawatur.extract import extract, feed
from tawatur.model import Kind, Rejected

ITEM = "<rss><channel><item><title>{}</title></item></channel></rss>"
#: No hostile feed may take longer, on a machine that does other work too.
SECONDS = 20


def title_of(text: str) -> str:
    (entry,) = feed.entries(text)
    return entry.title


def test_a_bomb_of_entities_stays_unexpanded() -> None:
    levels = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 30))
    bomb = f'<!DOCTYPE rss [<!ENTITY b0 "boom">{levels}]>' + ITEM.format("before &b29; behind")
    assert title_of(bomb) == "before &b29; behind"


def test_many_references_to_one_long_entity_stay_bounded() -> None:
    text = f'<!DOCTYPE rss [<!ENTITY a "{"A" * 500}">]>' + ITEM.format("&a;" * 100_000)
    assert len(title_of(text)) <= 500_000


def test_no_file_is_read_into_a_feed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    address = secret.as_uri()
    documents = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{address}">]>' + ITEM.format("a &x; b"),
        f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{address}"> %x;]>' + ITEM.format("a b"),
        f'<!DOCTYPE rss SYSTEM "{address}">' + ITEM.format("a b"),
        ITEM.format(f'a <xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/> b'),
    )
    for text in documents:
        assert "secret" not in title_of(text).replace(address, "")


@pytest.mark.parametrize(
    "text",
    [
        "<rss>" + "<a>" * 400_000,
        ITEM.format("<b>" * 400_000),
        ITEM.format("&lt;b&gt;" * 300_000),
        '{"items": ' + "[" * 1_000_000,
        '{"items": [{"id": ' + "9" * 100_000 + "}]}",
        "<!--" * 1_000_000,
        "<" * 900_000,
        "<!DOCTYPE " * 300_000,
        ITEM.format("<![CDATA[" * 90_000),
        ITEM.format("x") + "<!ENTITY" + " " * 3_000_000,
        "<rss><channel><item><author>" + "a" * 4_000_000 + "</author></item></channel></rss>",
        "<rss><channel><item><pubDate>" + "1" * 4_000_000 + "</pubDate></item></channel></rss>",
        "\0" * 1_000_000,
    ],
    ids=range(13),
)
def test_a_hostile_feed_ends_soon(text: str) -> None:
    begin = time.monotonic()
    found = feed.read(text)
    assert time.monotonic() - begin < SECONDS
    assert not isinstance(found, Rejected) or found.reason == "broken_feed"


@pytest.mark.parametrize(
    "text",
    [
        ITEM.format("x" * 50_000_000),
        "<rss><channel>" + "<item/>" * 60_000 + "</channel></rss>",
        "<rss>" + "<a/>" * 1_100_000 + "</rss>",
        ITEM.format("&" * 4_000_000),
    ],
    ids=["characters", "entries", "elements", "references"],
)
def test_what_is_larger_than_any_feed_is_refused_at_once(text: str) -> None:
    tracemalloc.start()
    found = feed.read(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, Rejected)
    assert found.reason == "too_large"
    assert peak < 1_000_000


def test_null_bytes_and_control_characters_are_passed_over() -> None:
    assert title_of(ITEM.format("a\0b\x1b\ufffec")) == "abc"


SEEDS = [one.read_text(encoding="utf-8") for one in sorted((DATA / "feeds").iterdir()) if ".expected" not in one.name]
PIECES = st.sampled_from(
    ["<item>", "</item>", "<entry>", "<title>", "</title>", "<![CDATA[", "]]>", "&", "&amp;", "&#0;", "&#x110000;", "<!--", "-->",
     "<!DOCTYPE r [", "<", ">", '"', "'", "<link href='http://[x'/>", "<pubDate>99999999999999</pubDate>", "\ud800", "<br>", "\0",
     "xml:base='//['"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), PIECES | st.text(max_size=8), st.integers(0, 40)), max_size=6),
)
def test_no_damage_to_a_feed_makes_the_reader_raise(seed: str, damages: list[tuple[float, str, int]]) -> None:
    for place, piece, gone in damages:
        at = int(place * len(seed))
        seed = seed[:at] + piece + seed[at + gone :]
    found = feed.read(seed, url="https://x.example/f", latest=LATEST)
    assert isinstance(found, feed.Feed) or found.reason == "broken_feed"
    extract(document(seed.encode("utf-8", "replace"), Kind.FEED), outlets=OUTLETS, latest=LATEST)


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    assert feed.read(text) is not None
    assert feed.read("<rss><item>" + text) is not None
