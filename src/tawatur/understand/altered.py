"""A value with some of its fields changed, made anew only where they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

T = TypeVar("T")


def altered(one: T, **fields: object) -> T:
    """``dataclasses.replace``, but the value itself where all fields hold already what is given: as most do, most of the time."""
    for name, value in fields.items():
        if getattr(one, name) is not value:
            return replace(one, **fields)  # type: ignore[type-var]
    return one
