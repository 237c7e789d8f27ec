"""Passwords: which are taken, how strong they are, and how they are kept (argon2id).

Any script is taken, and any letter that can be typed: what counts is length, and that it is none of the first guesses.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from tawatur.arabic.fold import fold

#: NIST SP 800-63B asks for 8 beside a second factor and 15 alone; longer than this none is read, so that hashing stays cheap.
SHORTEST, LONGEST = 10, 200
#: Letters along a row that are one guess, and how many guesses are too few.
_RUN, _FEW = 3, 4
_LETTERS = re.compile(r"[^\W\d_]+")
#: RFC 9106, second recommended choice: 64 MiB, three passes, four lanes.
_HASHER = PasswordHasher()


def normal(password: str) -> str:
    """Return a password as it is compared: the same however a keyboard composed its letters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def fault(password: str, email: str) -> str | None:
    """Return what is wrong with a new password, as a message key under ``readers.password.``, or None."""
    text = normal(password)
    if len(text) < SHORTEST:
        return "short"
    if len(text) > LONGEST:
        return "long"
    if any(name in text.casefold() for name in _names(email)):
        return "address"
    return "common" if _guesses(text) <= _FEW else None


def strength(password: str) -> str:
    """Return how strong a password is: "weak", "fair" or "strong", by how many guesses it is made of."""
    guesses = _guesses(normal(password))
    return "weak" if guesses < 8 else "fair" if guesses < 14 else "strong"


def hashed(password: str) -> str:
    """Return what is kept of a password. Takes a tenth of a second and 64 MiB."""
    return _HASHER.hash(normal(password)[:LONGEST])


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password was right; ``renewed`` is what is to be kept of it from now on, where that has changed."""

    right: bool
    renewed: str = ""


def checked(password: str, kept: str) -> Checked:
    """Say whether a password is the one of which ``kept`` was kept. It takes as long where nothing was kept."""
    text = normal(password)[:LONGEST]
    try:
        _HASHER.verify(kept or _nobodys(), text)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return Checked(False)
    if not kept:
        return Checked(False)
    return Checked(True, _HASHER.hash(text) if _HASHER.check_needs_rehash(kept) else "")


@cache
def _nobodys() -> str:
    """Return the hash of a password that nobody has, for addresses that nobody has."""
    return _HASHER.hash("nobody's")


def _names(email: str) -> list[str]:
    """Return the parts of an address that say something: the name, its parts, the host."""
    name, _, host = email.casefold().partition("@")
    parts = [name, *re.split(r"[._+-]", name), host, *host.split(".")[:-1]]
    return [part for part in parts if len(part) >= 4]


def _guesses(text: str) -> int:
    """Return of how many guesses a password is made: a common word, a run along a row, a repeat are one, any other letter too."""
    folded = fold(text).casefold()
    for word in sorted(set(_LETTERS.findall(folded)), key=len, reverse=True):
        if word in _common():
            folded = folded.replace(word, "\x00")
    count, at = 0, 0
    while at < len(folded):
        at += max(1, _run(folded, at), _repeat(folded, at))
        count += 1
    return count


def _run(text: str, at: int) -> int:
    """Return how long a run along a row is that begins here; 0 where none does."""
    longest = 0
    for row in _rows():
        length = 0
        while at + length < len(text) and text[at : at + length + 1] in row:
            length += 1
        longest = max(longest, length)
    return longest if longest >= _RUN else 0


def _repeat(text: str, at: int) -> int:
    """Return how much of a text repeats the one to four letters behind which it stands."""
    for size in range(1, 5):
        if at >= size:
            unit, length = text[at - size : at], 0
            while text[at + length : at + length + size] == unit:
                length += size
            if length:
                return length
    return 0


@cache
def _rows() -> tuple[str, ...]:
    rows = [fold(row) for row in _lines("rows.txt")]
    return tuple(dict.fromkeys([*rows, *(row[::-1] for row in rows)]))


@cache
def _common() -> frozenset[str]:
    return frozenset(fold(word).casefold() for word in _lines("common.txt"))


def _lines(name: str) -> list[str]:
    text = files("tawatur.accounts").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
