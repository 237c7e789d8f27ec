"""What pages and letters say in one language: messages, dates and times in words, lists, and the direction of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Literal

from babel import Locale

from tawatur.messages import Catalogue, catalogue
from tawatur.wording.dates import day_in_words, hijri_of
from tawatur.wording.look import DEFAULT, Look

Direction = Literal["rtl", "ltr"]

_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
#: Arabic-Indic digits, with the signs that belong to them.
_ARABIC_INDIC = str.maketrans(
    "0123456789%.", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u066a\u066b"
)


@dataclass(frozen=True)
class Words:
    """One interface language, with the digits and the month names that a reader chose; English has its own."""

    messages: Catalogue
    look: Look = DEFAULT

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
        """Return a message; numbers among its arguments stand in the reader's digits."""
        if not arguments:
            return self.messages.form(key)
        shown = {name: self.number(one) if isinstance(one, int | float) else one for name, one in arguments.items()}
        return self.messages.form(key, arguments.get("n")).format(**shown)

    def number(self, value: object) -> str:
        """Return a number in the reader's digits: a plain one, or one already written with Latin digits ("17:42", "87%")."""
        text = str(value)
        return text.translate(_ARABIC_INDIC) if self.language == "ar" and self.look.digits == "arab" else text

    def error(self, key: str, subject: str, detail: str) -> str:
        """Return what an error says, with its detail behind it."""
        line = self.text(key, subject=subject)
        return self.text("cli.with_detail", line=line, detail=detail) if detail else line

    def day(self, day: date) -> str:
        """Return a day with its weekday and month by name ("السبت 2 ديسمبر 2017"), the Hijri one behind it if that is wanted."""
        plain, hijri = self.plain_day(day), self.hijri(day) if self.look.hijri else ""
        return self.text("web.date.both", day=plain, hijri=hijri) if hijri else plain

    def plain_day(self, day: date) -> str:
        """Return a day with its weekday and month by CLDR's names."""
        return self.number(day_in_words(day, self.text("web.date.full"), self.language, self.look.months))

    def short_day(self, day: date, *, year: bool = False) -> str:
        """Return a day without its weekday ("2 ديسمبر"), with the year where that is wanted."""
        pattern = self.text("web.date.year" if year else "web.date.short")
        return self.number(day_in_words(day, pattern, self.language, self.look.months))

    def hijri(self, day: date) -> str:
        """Return the Hijri day that most of a day falls on ("14 ربيع الأول 1439"); "" outside of the calendar's years."""
        if (found := hijri_of(day)) is None:
            return ""
        year, month, number = map(str, found)
        return self.number(self.text("web.date.hijri", day=number, month=self.text(f"hijri.{month}"), year=year))

    def clock(self, at: datetime) -> str:
        """Return a clock time as "17:42", in UTC."""
        return self.number(f"{at.astimezone(UTC):%H:%M}")

    def percent(self, share: float) -> str:
        """Return a share of 0..1 as "87%"."""
        return self.number(f"{round(100 * share)}%")

    def country(self, code: str) -> str:
        """Return what a country is called, by its ISO 3166 code; the code itself where CLDR has no name for it."""
        return str(Locale.parse(self.language).territories.get(code, code))

    def listed(self, items: Iterable[str]) -> str:
        """Return items as one line, with the comma of the language."""
        return self.text("web.list_mark").join(items)

    def attributes(self, text: str) -> dict[str, str]:
        """Return the ``lang`` and ``dir`` that a text needs inside a page of this language; {} where it needs none."""
        direction = direction_of(text, otherwise=self.direction)
        return {} if direction == self.direction else self.attributes_of(direction)

    def attributes_of(self, direction: Direction) -> dict[str, str]:
        """Return the ``lang`` and ``dir`` of a text that runs so."""
        return {"lang": "ar" if direction == "rtl" else "und-Latn", "dir": direction}


@cache
def words(language: str, look: Look = DEFAULT) -> Words:
    """Return the words of "ar" or "en" as a reader wants them."""
    return Words(catalogue(language), look)


@lru_cache(4096)  # the same names stand on a page many times
def direction_of(text: str, *, otherwise: Direction) -> Direction:
    """Return the direction of most letters of a text; ``otherwise`` where it has neither Arabic nor Latin ones."""
    if not _LATIN.search(text):  # as nearly always: nothing is to be counted
        return "rtl" if _ARABIC.search(text) else otherwise
    return "rtl" if len(_ARABIC.findall(text)) >= len(_LATIN.findall(text)) else "ltr"
