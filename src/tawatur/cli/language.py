"""The option that names the language of what is printed: every command has it."""

from __future__ import annotations

import os
from typing import Annotated

import typer


def _speak(language: str | None) -> None:
    """Let the environment name the language: messages of errors need it too, wherever they come from."""
    if language is not None:
        os.environ["TAWATUR_LANG"] = language


Language = Annotated[
    str | None, typer.Option("--lang", metavar="ar|en", callback=_speak, help="The language of what is printed.")
]
