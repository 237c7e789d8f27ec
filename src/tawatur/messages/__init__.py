"""Everything that people read, by key. The Arabic catalogue is the source, the English one its translation.

The files of ``ar/`` and ``en/`` map a key to a text, or to a table of plural forms by CLDR category (``one``, ``two``, ``few``,
``many``, ``other``; the argument ``n`` chooses). Arguments stand in braces: ``{name}``. A missing key is an error in tests
and shows itself as the key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale

LANGUAGES = ("ar", "en")


@dataclass(frozen=True)
class Catalogue:
    """The messages of one language."""

    language: str
    texts: dict[str, str | dict[str, str]]

    def text(self, key: str, **arguments: object) -> str:
        """Return the message of ``key`` with its arguments filled in; ``n`` chooses the plural form."""
        found = self.form(key, arguments.get("n"))
        return found.format(**arguments) if arguments else found

    def form(self, key: str, n: object = None) -> str:
        """Return the message of ``key`` as it stands in the file; ``n`` chooses the plural form."""
        found = self.texts.get(key, key)
        if isinstance(found, dict):
            return found.get(plural_category(self.language, n), found["other"])
        return found

    def __contains__(self, key: str) -> bool:
        return key in self.texts


@lru_cache(4096)
def plural_category(language: str, n: object) -> str:
    """Return the CLDR plural category of a number ("few" for 3 in Arabic)."""
    return str(Locale.parse(language).plural_form(n if isinstance(n, int | float) else 0))


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of "ar" or "en"."""
    texts: dict[str, str | dict[str, str]] = {}
    for file in sorted(files("tawatur.messages").joinpath(language).iterdir(), key=lambda file: file.name):
        texts |= json.loads(file.read_text(encoding="utf-8"))
    return Catalogue(language, texts)
