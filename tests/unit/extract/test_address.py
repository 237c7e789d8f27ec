"""Addresses of pages, links and entries."""

import pytest

from tawatur.extract.address import address


@pytest.mark.parametrize(
    ("value", "base", "found"),
    [
        ("https://a.example/1", None, "https://a.example/1"),
        ("/n/1", "https://a.example/x/", "https://a.example/n/1"),
        (" https://a.example/خبر ", None, "https://a.example/خبر"),
        ("/n/1", None, None),
        ("", None, None),
        (None, "https://a.example/", "https://a.example/"),
        ("http://[broken", None, None),
        ("javascript:void(0)", "https://a.example/", None),
        ("mailto:a@a.example", None, None),
    ],
)
def test_only_http_addresses_are_addresses(value: str | None, base: str | None, found: str | None) -> None:
    assert address(value, base) == found
