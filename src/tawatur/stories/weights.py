"""The few numbers by which grouping decides, as ``scripts/train_grouping.py`` found them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from math import exp, log
from operator import add

from tawatur.arabic.lexicon import lines
from tawatur.stories.overlap import Number
from tawatur.stories.similarity import Features

#: Values of pairs are rounded to so many digits, so that a last bit decides nothing.
DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each feature of two reports counts, and how the values of many pairs count together.

    The value of two reports is the logarithm of the odds that they tell the same happening.
    """

    features: Features
    constant: float  # what two reports are worth of whom nothing is measured
    least: float  # what a pair counts that shares too little to be measured, and the least that any counts
    most: float  # the most that a pair counts
    size: float  # per natural logarithm of the number of reports in each of two groups
    join: float  # the value from which two groups are one story

    def pair(self, features: Features) -> float:
        """Return the value of two reports."""
        return self.bounded(self.constant + self.worth(features._asdict()))

    def worth(self, features: Mapping[str, Number]) -> Number:
        """Return what some features count together, of one pair or of many in columns."""
        weights = self.features
        values: list[Number] = [getattr(weights, name) * found for name, found in features.items()]
        return reduce(add, values)

    def bounded(self, value: float) -> float:
        """Return what a pair counts whose features and constant come to a value."""
        return round(min(self.most, max(self.least, value)), DIGITS)

    def groups(self, above: float, one: int, other: int) -> float:
        """Return the value of two groups of so many reports, from the sum of how much their pairs' values exceed the least."""
        return self.least + above / (one * other) + self.size * log(one * other)

    def score(self, value: float) -> float:
        """Return the value of two groups as a score in 0..1, with 0.5 where joining begins."""
        return 1 / (1 + exp(self.join - value))


@cache
def weights() -> Weights:
    """Return the packaged weights."""
    table = tomllib.loads("\n".join(lines("tawatur.stories", "weights.toml")))
    return Weights(features=Features(**table["features"]), **table["story"])
