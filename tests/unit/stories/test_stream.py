"""A long stream costs what its window costs: after months an article takes the work and memory of a fresh start."""

import gc
import sys
from collections.abc import Callable
from types import FunctionType, ModuleType

from tests.unit.stories.synthetic import many

from tawatur.stories.assign import Grouper
from tawatur.stories.background import background
from tawatur.stories.profile import Profile
from tawatur.stories.window import HOURS, Window

#: Reports of fifty days, thirty a day, of which those of the last days are looked at.
STREAM = many(1500, days=50)
LAST = STREAM[-150:]
BEFORE = [one for one in STREAM[:-150] if (LAST[0].time - one.time).total_seconds() <= 3600 * (HOURS + 1)]


def after(profiles: list[Profile]) -> tuple[Window, Grouper]:
    window = Window(lambda start, end: (), background())
    grouper = Grouper(lambda start, end: (), window=window)
    group(grouper, profiles)
    return window, grouper


def group(grouper: Grouper, profiles: list[Profile]) -> None:
    for one in profiles:
        for repair in grouper.revisit(grouper.place(one).story):
            grouper.carry(repair)


def calls(work: Callable[[], None]) -> int:
    """Return how many functions some work calls."""
    count = 0

    def seen(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def objects(window: Window) -> int:
    """Return how many objects a window holds on to."""
    seen: dict[int, object] = {}
    waiting: list[object] = [window]
    while waiting:
        one = waiting.pop()
        if id(one) not in seen and not isinstance(one, (type, FunctionType, ModuleType)):
            seen[id(one)] = one
            waiting += gc.get_referents(one)
    return len(seen)


def test_an_article_costs_no_more_work_for_all_that_came_before_its_window() -> None:
    assert 60 < len(BEFORE) < 140
    after([*BEFORE, *LAST])  # what is loaded once is loaded
    (_, long), (_, fresh) = after(STREAM[:-150]), after(BEFORE)
    assert 0.97 < calls(lambda: group(long, LAST)) / calls(lambda: group(fresh, LAST)) < 1.03


def test_nothing_is_held_of_what_has_left_the_window() -> None:
    (long, _), (fresh, _) = after(STREAM), after([*BEFORE, *LAST])
    assert len(long) == len(fresh)
    assert 0.97 < objects(long) / objects(fresh) < 1.03
