"""What is wrong in the files of outlets, as people read it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tawatur.cli.words import Words
from tawatur.outlets import Fault


def fault(one: Fault, spoken: Words) -> str:
    """Return the line of a fault: file, outlet, field, reason."""
    place = spoken.listed(tuple(part for part in (one.file, one.outlet, one.field) if part))
    reason = spoken.text(f"outlet.fault.{one.reason}")
    reason = spoken.text("cli.with_detail", line=reason, detail=one.detail) if one.detail else reason
    return spoken.text("outlet.fault", place=place, reason=reason)


def say_faults(faults: Iterable[Fault], spoken: Words) -> None:
    """Say what is wrong in the files of the data folder."""
    for one in faults:
        print(fault(one, spoken), file=sys.stderr)
