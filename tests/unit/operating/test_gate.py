"""Figures are given to this machine, to the operator's networks, to whoever has his token, and to nobody else."""

import pytest

from tawatur.operating.gate import Gate

TOKEN = "a-token-that-is-long-enough"


@pytest.mark.parametrize(
    ("peer", "host", "headers", "opens"),
    [
        ("127.0.0.1", "127.0.0.1", {}, True),
        ("::1", "localhost", {}, True),
        ("127.0.0.1", "rebound.example", {}, False),
        ("127.0.0.1", "127.0.0.1", {"x-forwarded-for": "192.0.2.7"}, False),
        ("127.0.0.1", "127.0.0.1", {"via": "1.1 front"}, False),
        ("192.0.2.7", "127.0.0.1", {}, False),
        ("", "127.0.0.1", {}, False),
        ("10.1.2.3", "news.example", {}, True),
        ("::ffff:10.1.2.3", "news.example", {}, True),
        ("10.1.2.3", "news.example", {"x-forwarded-for": "192.0.2.7"}, False),
        ("10.2.0.1", "news.example", {}, False),
        ("192.0.2.7", "news.example", {"authorization": f"Bearer {TOKEN}"}, True),
        ("192.0.2.7", "news.example", {"authorization": f"bearer {TOKEN}", "x-forwarded-for": "192.0.2.7"}, True),
        ("192.0.2.7", "news.example", {"authorization": "Bearer another"}, False),
        ("127.0.0.1", "127.0.0.1", {"authorization": "Bearer another"}, False),
        ("192.0.2.7", "news.example", {"authorization": f"Basic {TOKEN}"}, False),
    ],
)
def test_who_may_see_figures(peer: str, host: str, headers: dict[str, str], opens: bool) -> None:
    assert Gate(("10.1.0.0/16",), TOKEN).opens(peer, host, headers) is opens


def test_without_a_token_none_is_one() -> None:
    assert not Gate().opens("192.0.2.7", "news.example", {"authorization": "Bearer "})
    assert not Gate().opens("192.0.2.7", "news.example", {"authorization": "Bearer x"})
