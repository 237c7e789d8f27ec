"""What the command line says, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.dates import format_date

from tawatur.messages import Catalogue, catalogue
from tawatur.model import Certainty, Dependence, Published, Rejected, Why

#: An origin that names a place in a file; without a word it is a line.
_PLACE = re.compile(r"(?P<file>.+)#(?:(?P<what>offset|row|item)=)?(?P<at>\d+(?:\+\d+)?)", re.DOTALL)
_PLACES = {None: "cli.file_line", "row": "cli.file_row", "item": "cli.file_item", "offset": "cli.file_offset"}


@dataclass(frozen=True, slots=True)
class Words:
    """The lines of the command line."""

    messages: Catalogue

    def text(self, key: str, **arguments: object) -> str:
        """Return a message."""
        return self.messages.text(key, **arguments)

    def error(self, key: str, subject: str, detail: str) -> str:
        """Return the line of an error, with what is known beside it at its end, unless it says that itself."""
        line = self.text(key, subject=subject, detail=detail)
        if "{detail}" in self.text(key):
            return line
        return self.text("cli.with_detail", line=line, detail=detail) if detail else line

    def rejected(self, rejected: Rejected) -> str:
        """Return the line that names what was rejected: the file, where in it, the reason."""
        return self.text("cli.rejected", place=self.place(rejected.origin), reason=self.reason(rejected))

    def place(self, origin: str) -> str:
        """Return the file of an origin, and the line, row, item or offset in it."""
        found = _PLACE.fullmatch(origin)
        if not found:
            return origin
        return self.text(_PLACES[found["what"]], file=found["file"], n=found["at"])

    def reason(self, rejected: Rejected) -> str:
        """Return why something was rejected."""
        reason = self.text(rejected.key)
        return self.text("cli.with_detail", line=reason, detail=rejected.detail) if rejected.detail else reason

    def why(self, why: Why) -> str:
        """Return the reason of a decision as a sentence."""
        return self.text(f"why.{why.key}", terms=self.listed(why.terms))

    def dependence(self, dependence: Dependence) -> str:
        """Return why a report is no source of its own."""
        share = f"{round(100 * dependence.share)}%"
        return self.text(f"dependence.{dependence.reason}", detail=dependence.detail, share=share)

    def listed(self, items: tuple[str, ...]) -> str:
        """Return items as one line."""
        return self.text("cli.list_mark").join(items)

    def day(self, day: date) -> str:
        """Return a day with its weekday, and its month by name."""
        return str(format_date(day, self.text("cli.day_pattern"), locale=self.messages.language))

    def published(self, published: Published) -> str:
        """Return a day with the mark of how sure it is, and what else it could be."""
        if published.day is None:
            return self.text("cli.day_unknown")
        day = self.day(published.day)
        if published.certainty is not Certainty.INFERRED:
            return day
        others = self.listed(tuple(self.day(other) for other in published.alternatives))
        return (
            self.text("cli.day_inferred_or", day=day, others=others)
            if others
            else self.text("cli.day_inferred", day=day)
        )


@cache
def words(language: str) -> Words:
    """Return the words of "ar" or "en"."""
    return Words(catalogue(language))
