"""What pages say in one language: messages, dates and times in words, lists, and the direction of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Literal

from babel.dates import format_date

from tawatur.messages import Catalogue, catalogue

Direction = Literal["rtl", "ltr"]

_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True)
class Words:
    """One interface language."""

    messages: Catalogue

    @property
    def language(self) -> str:
        """Return the language's code: "ar" or "en"."""
        return self.messages.language

    @property
    def direction(self) -> Direction:
        """Return how the language runs."""
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def prefix(self) -> str:
        """Return what stands before the paths of the pages in this language."""
        return "" if self.language == "ar" else f"/{self.language}"

    def text(self, key: str, **arguments: object) -> str:
        """Return a message."""
        return self.messages.text(key, **arguments)

    def error(self, key: str, subject: str, detail: str) -> str:
        """Return what an error says, with its detail behind it."""
        line = self.text(key, subject=subject)
        return self.text("cli.with_detail", line=line, detail=detail) if detail else line

    def day(self, day: date) -> str:
        """Return a day with its weekday and month by name, by CLDR's names ("السبت 2 ديسمبر 2017")."""
        return _day(day, self.text("web.date.full"), self.language)

    def clock(self, at: datetime) -> str:
        """Return a clock time as "17:42", in UTC."""
        return f"{at.astimezone(UTC):%H:%M}"

    def percent(self, share: float) -> str:
        """Return a share of 0..1 as "87%"."""
        return f"{round(100 * share)}%"

    def listed(self, items: Iterable[str]) -> str:
        """Return items as one line, with the comma of the language."""
        return self.text("web.list_mark").join(items)

    def attributes(self, text: str) -> dict[str, str]:
        """Return the ``lang`` and ``dir`` that a text needs inside a page of this language; {} where it needs none."""
        direction = direction_of(text, otherwise=self.direction)
        if direction == self.direction:
            return {}
        return {"lang": "ar" if direction == "rtl" else "und-Latn", "dir": direction}


@cache
def words(language: str) -> Words:
    """Return the words of "ar" or "en"."""
    return Words(catalogue(language))


@lru_cache(4096)  # the same names stand on a page many times
def direction_of(text: str, *, otherwise: Direction) -> Direction:
    """Return the direction of most letters of a text; ``otherwise`` where it has neither Arabic nor Latin ones."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if not arabic and not latin:
        return otherwise
    return "rtl" if arabic >= latin else "ltr"


@cache
def _day(day: date, pattern: str, language: str) -> str:
    return str(format_date(day, pattern, locale=language))
