"""Which addresses are one page."""

import pytest

from tawatur.extract.identity import page_key

SAME = [
    "https://www.one.example/news/5",
    "http://one.example/news/5/",
    "https://ONE.example:443/news/5?utm_source=feed&utm_medium=rss",
    "https://one.example/news/5?fbclid=abc#top",
    " https://one.example/news/5?UTM_Campaign=x ",
]


@pytest.mark.parametrize("url", SAME)
def test_accidents_do_not_make_another_page(url: str) -> None:
    assert page_key(url) == "one.example/news/5"


def test_escaped_letters_and_the_order_of_parameters_are_accidents() -> None:
    assert page_key("https://one.example/%D8%AE%D8%A8%D8%B1?b=2&a=1") == page_key("https://one.example/خبر?a=1&b=2")


@pytest.mark.parametrize(
    "other",
    [
        "https://one.example/news/6",
        "https://one.example/news/5?page=2",
        "https://one.example:8080/news/5",
        "https://m.one.example/news/5",
        "https://one.example/news/5#!/more",
        "https://one.example/News/5",
    ],
)
def test_what_may_choose_another_page_does(other: str) -> None:
    assert page_key(other) != "one.example/news/5"


@pytest.mark.parametrize("odd", ["", "not an address", "https://[broken", "https://one.example:port/x", "urn:uuid:5"])
def test_what_is_no_address_is_its_own_key(odd: str) -> None:
    assert page_key(odd) == odd
