"""How often Python looks for objects that only hold each other: reading news makes many objects, and hardly any of those."""

from __future__ import annotations

import gc

#: How many more objects there are before the newest are looked through, and how often before older ones are. Python's own 700
#: cost a tenth of the processor's time, and more where stories are composed; so many hold a few megabytes at most.
NEWEST, OLDER, OLDEST = 20_000, 10, 10


def collect_seldom() -> None:
    """Let this process look seldom. For processes that are Tawatur's own: it holds for all that runs in one."""
    gc.set_threshold(NEWEST, OLDER, OLDEST)
