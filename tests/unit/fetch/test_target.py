"""Addresses of pages: what is asked of whom, in every spelling."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from tawatur.fetch.addresses import Permits
from tawatur.fetch.answers import Reason
from tawatur.fetch.target import NoTarget, Target, joined, target

WEB = frozenset({80, 443})
ARABIC = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "addresses.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read(url: str, *allowed: str) -> Target | NoTarget:
    return target(url, ports=WEB, permits=Permits(allowed))


@pytest.mark.parametrize(("given", "asked"), ARABIC, ids=range(len(ARABIC)))
def test_letters_beyond_ascii_are_encoded_once(given: str, asked: str) -> None:
    found = read(given)
    assert isinstance(found, Target)
    assert found.url == asked
    assert read(asked) == found


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("http://one.example", "http://one.example/"),
        ("HTTP://ONE.Example:80/A?b#c", "http://one.example/A?b"),
        ("https://one.example.:443/", "https://one.example/"),
        ("  http://one.example/a\tb\r\n", "http://one.example/ab"),
        ("http://one.example/a b", "http://one.example/a%20b"),
        ("http://one.example/100%/%41%zz", "http://one.example/100%25/%41%25zz"),
        ("http://one.example/a/./b/../c/%2e%2E/d/..", "http://one.example/a/"),
        ("http://one.example/../../a", "http://one.example/a"),
        ("http://one.example?a=b", "http://one.example/?a=b"),
        ("http://one.example/a?x=%D8%B5&y=[1]{2}", "http://one.example/a?x=%D8%B5&y=[1]{2}"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::0:1111]:80/a", "http://[2606:4700::1111]/a"),
        ("http://_dmarc.one.example/", "http://_dmarc.one.example/"),
        ("http://one.example/\udcc8\udcd1", "http://one.example/%C8%D1"),
    ],
)
def test_one_page_has_one_address(given: str, asked: str) -> None:
    found = read(given)
    assert isinstance(found, Target)
    assert found.url == asked


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("", Reason.SCHEME),
        ("one.example/a", Reason.SCHEME),
        ("/etc/passwd", Reason.SCHEME),
        ("file:///etc/passwd", Reason.SCHEME),
        ("view-source:http://one.example/", Reason.SCHEME),
        ("http:", Reason.BAD_ADDRESS),
        ("http://:80/", Reason.BAD_ADDRESS),
        ("http://one.example:port/", Reason.BAD_ADDRESS),
        ("http://one.example:99999/", Reason.BAD_ADDRESS),
        ("http://one.example:22/", Reason.PORT),
        ("http://one.example:6379/", Reason.PORT),
        ("http://me@one.example/", Reason.CREDENTIALS),
        ("http://one.example@127.0.0.1/", Reason.CREDENTIALS),
        ("http://one.example#@127.0.0.1:@two.example/", None),
        ("http://one.example\\.two.example/", Reason.BAD_ADDRESS),
        ("http://one .example/", Reason.BAD_ADDRESS),
        ("http://one.example\0/", Reason.BAD_ADDRESS),
        ("http://-one-.example,two/", Reason.BAD_ADDRESS),
        ("http://" + "a" * 64 + ".example/", Reason.BAD_ADDRESS),
        ("http://one..example/", Reason.BAD_ADDRESS),
        ("http://one.example/" + "a" * 9000, Reason.BAD_ADDRESS),
        ("http://[::1/", Reason.BAD_ADDRESS),
        ("http://[one.example]/", Reason.BAD_ADDRESS),
        ("http://[2606:4700::1111]two.example/", Reason.BAD_ADDRESS),
        ("http://[fe80::1%25eth0]/", Reason.BAD_ADDRESS),
        ("http://127.0.0.1/", Reason.PRIVATE),
        ("http://[::1]/", Reason.PRIVATE),
        ("http://[::ffff:7f00:1]/", Reason.PRIVATE),
        ("http://[0:0:0:0:0:ffff:127.0.0.1]/", Reason.PRIVATE),
        ("http://169.254.169.254/", Reason.PRIVATE),
        ("http://127.1/", Reason.BAD_ADDRESS),
        ("http://2130706433/", Reason.BAD_ADDRESS),
        ("http://0x7f000001/", Reason.BAD_ADDRESS),
        ("http://0x7f.0.0.1/", Reason.BAD_ADDRESS),
        ("http://0177.0.0.1/", Reason.BAD_ADDRESS),
        ("http://127.0.0.01/", Reason.BAD_ADDRESS),
        ("http://127.0.0.1.../", Reason.PRIVATE),
        ("http://127.0.0.0x1/", Reason.BAD_ADDRESS),
        ("http://1.2.3.4.5/", Reason.BAD_ADDRESS),
        ("http://one.example.256/", Reason.BAD_ADDRESS),
        ("http://0/", Reason.BAD_ADDRESS),
        ("http://\uff11\uff12\uff17.0.0.1/", Reason.PRIVATE),
        ("http://\u2460\u2461\u2466.0.0.1/", Reason.PRIVATE),
        ("http://127\u30020\u30020\u30021/", Reason.PRIVATE),
        ("http://one\u2044two.example/", Reason.BAD_ADDRESS),
        ("http://one\uff0ftwo.example/", Reason.BAD_ADDRESS),
    ],
)
def test_what_is_no_address_of_news_is_never_asked(given: str, reason: Reason | None) -> None:
    found = read(given)
    assert getattr(found, "reason", None) is reason


@pytest.mark.parametrize("number", [0x7F000001, 0x0A000001, 0xA9FEA9FE])
@pytest.mark.parametrize(
    "form", ["{0}", "0x{0:x}", "0{0:o}", "{1}.{2}", "{1}.{3}.{4}", "0x{1:x}.{3}.{4}", "0{1:o}.{3}.{4}"]
)
def test_no_other_spelling_of_an_address_is_read(number: int, form: str) -> None:
    spelt = form.format(number, number >> 24, number & 0xFFFFFF, number >> 16 & 0xFF, number & 0xFFFF)
    assert isinstance(read(f"http://{spelt}/"), NoTarget)


def test_a_host_that_is_allowed_may_have_any_port() -> None:
    assert isinstance(read("http://127.0.0.1:8123/", "127.0.0.0/8"), Target)
    assert isinstance(read("http://intra.example:8123/", "intra.example"), Target)
    assert isinstance(read("http://other.example:8123/", "intra.example"), NoTarget)


def test_http_and_https_of_a_host_share_a_lane_and_no_robots_txt() -> None:
    one, two, three = (read(url) for url in ("http://a.example/", "https://a.example/", "http://b.example/"))
    assert isinstance(one, Target)
    assert isinstance(two, Target)
    assert isinstance(three, Target)
    assert one.lane == two.lane != three.lane
    assert one.origin != two.origin


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("b?c", "http://one.example/a/b?c"),
        ("/b", "http://one.example/b"),
        ("//two.example/b", "http://two.example/b"),
        ("https://two.example", "https://two.example"),
        ("?c", "http://one.example/a/x?c"),
        ("  /b\n", "http://one.example/b"),
        ("http:/b", "http:/b"),
    ],
)
def test_a_redirect_is_read_from_where_it_was_sent(location: str, there: str) -> None:
    base = read("http://one.example/a/x")
    assert isinstance(base, Target)
    assert joined(base, location) == there


texts = st.text(alphabet=st.one_of(st.sampled_from("./:@?#[]%\\ 0x127a\u0645\uff0e"), st.characters()), max_size=40)


@given(st.sampled_from(["http://", "https://", "//", "", "http:"]), texts)
def test_any_text_is_a_target_or_is_not_and_every_parser_sees_the_same_host(start: str, rest: str) -> None:
    found = read(start + rest)
    if isinstance(found, NoTarget):
        return
    assert found.url.isascii()
    assert URL(found.url, encoded=True).raw_host == found.host
    assert urlsplit(found.url).hostname == found.host
    assert (URL(found.url, encoded=True).raw_path_qs) == found.path
    assert read(found.url) == found


@given(st.text(alphabet=st.characters(min_codepoint=33, exclude_categories=["Cs"]), max_size=30))
def test_a_path_means_what_it_meant(path: str) -> None:
    found = read("http://one.example/" + path)
    if isinstance(found, Target) and not set(path) & set("?#%.\\"):
        assert unquote(found.path) == "/" + path
