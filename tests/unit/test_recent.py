"""The memory of composed stories."""

from collections.abc import Sequence

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


def test_of_several_those_are_made_that_are_not_held_however_few_there_is_room_for() -> None:
    made: list[list[str]] = []
    recent: Recent[str] = Recent(2)

    def upper(keys: Sequence[str]) -> list[str]:
        made.append(list(keys))
        return [key.upper() for key in keys]

    assert recent.several(["a", "b", "a"], upper) == ["A", "B", "A"]
    assert recent.several(["c", "a", "d"], upper) == ["C", "A", "D"]
    assert recent.several([], upper) == []
    assert recent.several(["d"], upper) == ["D"]
    assert made == [["a", "b"], ["c", "d"]]
