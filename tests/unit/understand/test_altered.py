"""Values that are made anew only where a field changes."""

from __future__ import annotations

from tawatur.model import Span
from tawatur.understand.altered import altered


def test_a_value_that_holds_what_is_given_stays_the_same() -> None:
    span = Span(1, 4)
    assert altered(span, start=1) is span
    assert altered(span, start=2, end=4) == Span(2, 4)
