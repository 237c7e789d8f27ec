"""The weight of a story: by what the front page and the pages of sections order stories.

    weight = hours of its latest report, since 1970
           + 9 hours for each doubling of its independent sources
           + 3 hours for each doubling of the outlets that carry it, copies included

So two sources that do not depend on each other lift a story as much as nine hours, eight of them as much as a day and three hours;
what only copies each other lifts it a little, for somebody found it worth copying. Weights of two stories never change with the
clock alone: those of a store can be kept in an index, and a page of the list costs what it shows, however many stories there are.

What a reader cares about comes on top of it, in the same unit: hours (``digest``).
"""

from __future__ import annotations

from datetime import datetime
from math import log2

#: What a doubling is worth, in hours. News of a day ago is old, so three doublings outweigh a day.
SOURCES, OUTLETS = 9.0, 3.0


def weight(latest: datetime, *, independent: int, outlets: int) -> float:
    """Return the weight of a story, in hours."""
    hours = latest.timestamp() / 3600
    return hours + SOURCES * log2(max(independent, 1)) + OUTLETS * log2(max(outlets, 1))
