"""The sizes in which pictures are kept."""

from __future__ import annotations

#: The widths in which a picture is kept, in pixels: a mark in a list, a column, the lead on a dense screen. None is blown up.
WIDTHS = (160, 480, 960)


def widths_of(width: int) -> tuple[int, ...]:
    """Return the widths in which an original of a width is kept: those below it, and the first that it does not reach."""
    below = [one for one in WIDTHS if one < width]
    return (*below, *WIDTHS[len(below) : len(below) + 1])
