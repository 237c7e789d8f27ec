"""How the stories of one day share the columns of a newspaper page, without holes."""

from __future__ import annotations

#: The page is this many columns wide.
COLUMNS = 12


def rows(stories: int) -> tuple[int, ...]:
    """Return how many stories stand in each row: two wide ones on top, then threes and fours; a small day is one row."""
    if stories <= 4:
        return (stories,) if stories else ()
    if stories <= 6:
        return (2, stories - 2)
    if stories == 7:
        return (3, 4)
    return (2, *_threes_and_fours(stories - 2))


def _threes_and_fours(stories: int) -> tuple[int, ...]:
    """Return rows for six stories or more, the fuller rows last."""
    fours = stories % 3
    return (3,) * ((stories - 4 * fours) // 3) + (4,) * fours


def widths(stories: int) -> tuple[int, ...]:
    """Return the width of each story in columns, in order; every row adds up to ``COLUMNS``."""
    return tuple(COLUMNS // row for row in rows(stories) for _ in range(row))
