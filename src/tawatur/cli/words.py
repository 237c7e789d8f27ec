"""What the command line says, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.dates import format_date

from tawatur.messages import Catalogue, catalogue
from tawatur.model import Certainty, Published, Rejected, Why


@dataclass(frozen=True, slots=True)
class Words:
    """The lines of the command line."""

    messages: Catalogue

    def text(self, key: str, **arguments: object) -> str:
        """Return a message."""
        return self.messages.text(key, **arguments)

    def error(self, key: str, subject: str, detail: str) -> str:
        """Return the line of an error."""
        line = self.text(key, subject=subject)
        return self.text("cli.with_detail", line=line, detail=detail) if detail else line

    def rejected(self, rejected: Rejected) -> str:
        """Return the line that names what was rejected: file, line of the file, reason."""
        file, _, number = rejected.origin.rpartition("#")
        place = self.text("cli.file_line", file=file, line=number) if number.isdecimal() and file else rejected.origin
        reason = self.reason(rejected)
        return self.text("cli.rejected", place=place, reason=reason)

    def reason(self, rejected: Rejected) -> str:
        """Return why something was rejected."""
        reason = self.text(f"rejected.{rejected.reason}")
        return self.text("cli.with_detail", line=reason, detail=rejected.detail) if rejected.detail else reason

    def why(self, why: Why) -> str:
        """Return the reason of a decision as a sentence."""
        return self.text(f"why.{why.key}", terms=self.listed(why.terms))

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
