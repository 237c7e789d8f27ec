"""The rows of a day: no holes, however many stories."""

import pytest

from tawatur.web.view.grid import COLUMNS, rows, widths


@pytest.mark.parametrize("stories", range(0, 60))
def test_every_row_is_full_and_no_story_is_lost(stories: int) -> None:
    assert sum(rows(stories)) == stories
    assert all(1 <= row <= 4 for row in rows(stories))
    assert sum(widths(stories)) == COLUMNS * len(rows(stories))


@pytest.mark.parametrize(
    ("stories", "expected"),
    [
        (0, ()),
        (1, (1,)),
        (4, (4,)),
        (5, (2, 3)),
        (6, (2, 4)),
        (7, (3, 4)),
        (8, (2, 3, 3)),
        (9, (2, 3, 4)),
        (13, (2, 3, 4, 4)),
    ],
)
def test_big_days_open_with_two_wide_stories_and_the_fuller_rows_come_last(
    stories: int, expected: tuple[int, ...]
) -> None:
    assert rows(stories) == expected


def test_the_first_stories_are_the_widest() -> None:
    assert widths(9) == (6, 6, 4, 4, 4, 3, 3, 3, 3)
