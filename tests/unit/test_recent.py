"""The memory of composed stories."""

import pytest

from tawatur.recent import Recent


def test_what_is_held_is_not_made_again() -> None:
    made: list[str] = []
    recent: Recent[str] = Recent(2)
    for key in ("a", "a", "b", "a"):
        recent.get(key, lambda key=key: made.append(key) or key)
    assert made == ["a", "b"]


def test_the_longest_unused_one_makes_room() -> None:
    made: list[str] = []
    recent: Recent[str] = Recent(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        recent.get(key, lambda key=key: made.append(key) or key)
    assert made == ["a", "b", "c", "b"]


def test_what_fails_is_not_held() -> None:
    recent: Recent[int] = Recent(2)
    with pytest.raises(ZeroDivisionError):
        recent.get("a", lambda: 1 // 0)
    assert recent.get("a", lambda: 7) == 7
