"""How exports for people speak: their messages, their days, and who says a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tawatur.messages import catalogue
from tawatur.saved import ClippedBlock, Clipping


@dataclass(frozen=True, slots=True)
class Voice:
    """One language, "ar" or "en"; ``day`` writes a day as the reader wants it."""

    language: str
    day: Callable[[datetime], str]

    @property
    def direction(self) -> str:
        """Return how the language runs."""
        return "rtl" if self.language == "ar" else "ltr"

    def text(self, key: str, **arguments: object) -> str:
        """Return a message."""
        return catalogue(self.language).text(key, **arguments)

    def names(self, clipping: Clipping, block: ClippedBlock) -> str:
        """Return the outlets that say a sentence of a story, each once; "" of an article's block."""
        named = (clipping.reports[one].name for one in block.reports if one < len(clipping.reports))
        return self.text("web.list_mark").join(dict.fromkeys(named))
