"""Whether a function takes time by the length of its text, and not by its square."""

import time
from collections.abc import Callable

#: Characters of the shorter text; the longer one has four times as many.
SHORT = 6_000
#: How much longer four times the text may take: 16 would be its square. What is under ``QUICK`` seconds is noise.
MOST, QUICK = 7.0, 0.25


def assert_linear(function: Callable[[str], object], unit: str) -> None:
    """Fail if ``function`` takes much more than four times as long for four times as many ``unit``.

    Processor time, the best of up to three tries: other programs on the machine slow some of them down.
    """
    ratios = []
    for _ in range(3):
        long = _seconds(function, unit * (4 * SHORT // len(unit)))
        if long < QUICK:
            return
        ratios.append(long / max(_seconds(function, unit * (SHORT // len(unit))), 1e-4))
        if ratios[-1] <= MOST:
            return
    raise AssertionError(f"{unit!r}: four times the text takes {min(ratios):.1f} times as long")


def _seconds(function: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    function(text)
    return time.process_time() - start
