"""What sort of work roles tell: sport, politics, art; which say little, and which one person holds at a time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.understand.names import PACKAGE
from tawatur.understand.role_meaning import Role

_TITLE, _OFFICE = "title", "office"


def fields_of(roles: Iterable[Role]) -> frozenset[str]:
    """Return the sorts of work that roles tell for sure."""
    found = {_fields().get(role.head, "") for role in roles}
    return frozenset(found - {"", _TITLE, _OFFICE})


def says_little(role: Role) -> bool:
    """Say whether a role is a title that many bear: "الدكتور", "الشيخ"."""
    return _fields().get(role.head) == _TITLE


def is_office(role: Role) -> bool:
    """Say whether a role is an office that one person holds at a time in a country: "الرئيس الروسي"."""
    return _fields().get(role.head) == _OFFICE and bool(role.lands) and not role.former


@cache
def _fields() -> dict[str, str]:
    return {fold(word): kind for word, kind in rows(PACKAGE, "role_fields.tsv")}
