"""Stories of neighbouring windows become one where they share reports."""

from collections.abc import Iterator

from tawatur.archive.joining import Joiner, Reach


def placed(stories: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give (article, story) of stories with their articles as letters."""
    return ((article, story) for story, articles in stories.items() for article in articles)


def joined(*windows: dict[str, str]) -> list[dict[str, str]]:
    joiner = Joiner()
    return [joiner.join(number, placed(one)) for number, one in enumerate(windows)]  # type: ignore[arg-type, misc]


def test_a_story_goes_on_with_the_one_that_it_shares_most_reports_with() -> None:
    assert joined({"S": "abc", "T": "de"}, {"U": "bcd", "V": "ef"})[1] == {"U": "S", "V": "T"}


def test_one_story_goes_on_with_one_alone() -> None:
    found = joined({"S": "abcde"}, {"U": "abc", "V": "de"})[1]
    assert found == {"U": "S", "V": "V"}


def test_a_story_that_shares_nothing_begins_anew_under_an_id_that_no_neighbour_has() -> None:
    _, found = joined({"S": "ab"}, {"S": "x", "U": "ab"})
    assert found["U"] == "S"
    assert found["S"] not in ("S", "U")


def test_a_story_is_followed_through_many_windows_and_none_beyond_a_gap() -> None:
    found = joined({"S": "ab"}, {"T": "bc"}, {"U": "cd"}, {"V": "xy"}, {"W": "ab"})
    assert [next(iter(one.values())) for one in found] == ["S", "S", "S", "V", "W"]


def test_joining_does_not_depend_on_the_order_of_rows() -> None:
    first, second = {"S": "abc", "T": "def"}, {"V": "cde", "U": "abf"}
    assert joined(first, second)[1] == joined(dict(reversed(first.items())), dict(reversed(second.items())))[1]


def test_reach_tells_where_a_story_begins_and_which_windows_hold_its_reports() -> None:
    reach = Reach()
    assert reach.add(0, ["S", "S", "T"]) == [0, 0, 0]  # type: ignore[list-item]
    reach.forget(["S"])  # type: ignore[list-item]
    assert reach.add(1, ["S", "T"]) == [0, 1]  # type: ignore[list-item]
    assert dict(reach.windows) == {0: {0, 1}, 1: {1}}
