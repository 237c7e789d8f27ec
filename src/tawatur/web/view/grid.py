"""How the stories of one day share the columns of a newspaper page, without holes."""

from __future__ import annotations

#: The page is this many columns wide.
COLUMNS = 12


def rows(stories: int) -> tuple[int, ...]:
    """Return how many stories stand in each row: three or four, the fuller rows last; fewer only where there are fewer."""
    if stories <= 4:
        return (stories,) if stories else ()
    if stories == 5:
        return (2, 3)
    fours = stories % 3
    return (3,) * ((stories - 4 * fours) // 3) + (4,) * fours


def widths(stories: int) -> tuple[int, ...]:
    """Return the width of each story in columns, in order; every row adds up to ``COLUMNS``."""
    return tuple(COLUMNS // row for row in rows(stories) for _ in range(row))
