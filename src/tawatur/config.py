"""One typed ``Settings``; the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tawatur.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a deployment can choose.

    ``home`` is the data folder (``TAWATUR_HOME``), ``host`` and ``port`` are where ``tawatur serve`` listens
    (``TAWATUR_HOST``, ``TAWATUR_PORT``), ``language`` is what the command line speaks (``TAWATUR_LANG``: "ar" or "en").
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    language: str = "ar"

    @property
    def database(self) -> Path:
        return self.home / "tawatur.sqlite3"


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of an environment.

    Raises:
        ConfigError: a variable holds something that is no valid value for it.
    """
    return Settings(
        home=_home(environ),
        host=environ.get("TAWATUR_HOST", "127.0.0.1"),
        port=_port(environ.get("TAWATUR_PORT", "8000")),
        language=_language(environ.get("TAWATUR_LANG", "ar")),
    )


def _home(environ: Mapping[str, str]) -> Path:
    """The data folder by the XDG base directory rules, unless ``TAWATUR_HOME`` moves it."""
    if chosen := environ.get("TAWATUR_HOME"):
        return Path(chosen).expanduser()
    base = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "tawatur"


def _port(text: str) -> int:
    if text.isdecimal() and 0 <= int(text) < 65536:
        return int(text)
    raise ConfigError("TAWATUR_PORT", text)


def _language(text: str) -> str:
    if text in ("ar", "en"):
        return text
    raise ConfigError("TAWATUR_LANG", text)
