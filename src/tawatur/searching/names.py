"""The names of the query language: of its keys, its orders and its "or", in Arabic and English."""

from __future__ import annotations

from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows

_PACKAGE = "tawatur.searching"


def key_name(meaning: str) -> str:
    """Return the name by which a key is shown: "outlet" is "منفذ"."""
    return _shown("keys.tsv")[meaning]


def order_name(order: str) -> str:
    """Return the name by which an order is shown."""
    return _shown("orders.tsv")[order]


def key_of_name(name: str) -> str:
    """Return what a key means by one of its names; "" where nothing is called so."""
    return _meanings("keys.tsv").get(fold(name), "")


def order_of_name(name: str) -> str:
    """Return an order by one of its names; "" where none is called so."""
    return _meanings("orders.tsv").get(fold(name), "")


@cache
def _shown(file: str) -> dict[str, str]:
    return {meaning: names.split()[0] for meaning, names in rows(_PACKAGE, file)}


@cache
def _meanings(file: str) -> dict[str, str]:
    return {fold(name): meaning for meaning, names in rows(_PACKAGE, file) for name in names.split()}
