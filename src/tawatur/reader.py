"""Readers as nouns: who reads here, what each may do, and how each wants the pages.

All are frozen values; times are UTC. What a reader follows, saves or has read stands in nouns of its own that name ``ReaderId``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType

ReaderId = NewType("ReaderId", str)

#: Digits of a reader's choice: 0123456789 as the Maghreb and the agencies write, or the Eastern ones (CLDR "latn", "arab").
Digits = Literal["latn", "arab"]
#: Names of the Gregorian months: as in Egypt and Sudan, in the Gulf (those of Egypt, with Hijri dates common beside them), in the
#: Levant and Iraq, in Tunisia and Algeria (of French origin), in Morocco, or both the Levant's and Egypt's.
Months = Literal["egypt", "gulf", "levant", "tunis", "maghreb", "dual"]
Theme = Literal["auto", "light", "dark"]
Language = Literal["ar", "en"]

DIGITS: tuple[Digits, ...] = ("latn", "arab")
MONTHS: tuple[Months, ...] = ("egypt", "gulf", "levant", "tunis", "maghreb", "dual")
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")

#: The reader of single-user mode, who never signs in.
LOCAL = ReaderId("local")
#: RFC 5321: the longest address that a mail server takes.
LONGEST_EMAIL = 254
#: One "@", something on each side, no blanks or marks that a header could be broken with; letters of any script (RFC 6531).
_EMAIL = re.compile(
    r"[^\s@<>(),;:\\\"\[\]\x00-\x1f\x7f]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_](?:[\w-]{0,61}[^\W_])?"
)


class Role(StrEnum):
    """What somebody may do, each more than the one before."""

    READER = "reader"
    EDITOR = "editor"  # may correct stories
    ADMIN = "admin"  # may also invite

    @property
    def edits(self) -> bool:
        """Say whether stories may be corrected."""
        return self is not Role.READER


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How a reader wants the pages. What is stored without a field, by an earlier release, has its default."""

    digits: Digits = "latn"
    months: Months = "egypt"
    hijri: bool = False  # Hijri dates beside the Gregorian ones
    theme: Theme = "auto"
    plain: bool = False  # without pictures
    learn: bool = False  # whether interests may be learned from what is opened and saved
    zone: str = "UTC"  # a time zone of the IANA database


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who reads here. ``email`` is confirmed; "" for the one of single-user mode, who has none."""

    id: ReaderId
    email: str
    name: str = ""
    language: Language = "ar"
    role: Role = Role.READER
    made: datetime
    preferences: Preferences = field(default_factory=Preferences)

    @property
    def local(self) -> bool:
        """Say whether this is the one of single-user mode."""
        return self.id == LOCAL


def clean_email(text: str) -> str | None:
    """Return an address as it is kept, or None where it is none."""
    found = unicodedata.normalize("NFKC", text).strip()
    return found if len(found) <= LONGEST_EMAIL and _EMAIL.fullmatch(found) else None


def email_key(email: str) -> str:
    """Return what two spellings of one address have in common: no provider tells small letters from capitals."""
    return unicodedata.normalize("NFKC", email).strip().casefold()
