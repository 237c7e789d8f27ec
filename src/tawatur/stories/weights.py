"""The few numbers by which grouping decides, as ``scripts/train_grouping.py`` found them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log

from tawatur.arabic.lexicon import lines
from tawatur.stories.similarity import Features


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each feature of two reports counts, and how a story's reports count together."""

    features: Features
    mean: float  # the part of the mean over a story's reports in its value; the rest is the best report's
    size: float  # per natural logarithm of the number of reports
    join: float  # the value from which a report belongs to a story

    def pair(self, features: Features) -> float:
        """Return the value of two reports."""
        return sum(weight * feature for weight, feature in zip(self.features, features, strict=True))

    def story(self, pairs: Sequence[float]) -> float:
        """Return the value of a report and a story, from its values with the story's reports, at least one."""
        mean = sum(pairs) / len(pairs)
        return self.mean * mean + (1 - self.mean) * max(pairs) + self.size * log(len(pairs))

    def score(self, value: float) -> float:
        """Return a story's value as a score in 0..1, with 0.5 where joining begins."""
        return 1 / (1 + exp(self.join - value))


@cache
def weights() -> Weights:
    """Return the packaged weights."""
    table = tomllib.loads("\n".join(lines("tawatur.stories", "weights.toml")))
    return Weights(features=Features(**table["features"]), **table["story"])
