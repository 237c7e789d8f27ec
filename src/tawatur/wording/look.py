"""How a reader wants words to look: digits, month names, the Hijri day beside the other one; and pages: light or dark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from tawatur import reader
from tawatur.reader import Preferences


@dataclass(frozen=True, slots=True)
class Look:
    """A reader's choice; the default is what a stranger gets."""

    digits: str = "latn"
    months: str = "egypt"
    hijri: bool = False
    theme: str = "auto"
    plain: bool = False  # without pictures

    @property
    def wording(self) -> Look:
        """Return the part of the choice that changes what is said: all but light and dark, and pictures."""
        return replace(self, theme="auto", plain=False)

    def text(self) -> str:
        """Return the choice as a cookie holds it."""
        parts = (self.theme, self.digits, self.months, "hijri" if self.hijri else "no")
        return ".".join((*parts, "plain") if self.plain else parts)


DEFAULT = Look()


def read(text: str) -> Look:
    """Return the choice of a cookie; the default for each part that is none."""
    theme, digits, months, hijri, plain = (text.split(".") + [""] * 5)[:5]
    told = {"theme": theme, "digits": digits, "months": months}
    return chosen({**told, "hijri": hijri == "hijri", "plain": plain == "plain"})


def chosen(values: Mapping[str, object]) -> Look:
    """Return the choice that a form or a reader's preferences make; the default for each part that is none."""
    return Look(
        digits=_one_of(reader.DIGITS, values.get("digits")),
        months=_one_of(reader.MONTHS, values.get("months")),
        hijri=bool(values.get("hijri")),
        theme=_one_of(reader.THEMES, values.get("theme")),
        plain=bool(values.get("plain")),
    )


def look_for(preferences: Preferences) -> Look:
    """Return what a reader prefers."""
    return chosen(asdict(preferences))


def _one_of(values: tuple[str, ...], value: object) -> str:
    return str(value) if value in values else values[0]
