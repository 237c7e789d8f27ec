"""What the commands ``tawatur pictures …`` do."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import typer

from tawatur.app import open_app
from tawatur.cli.words import words
from tawatur.config import load
from tawatur.ids import PictureId, picture_id
from tawatur.leading import withdraw
from tawatur.picture import PictureState
from tawatur.pictures import Album

_HERE = re.compile(r"/picture/([0-9a-f]{16})(?:/|$)")


def show_command() -> None:
    """Print how many pictures there are in each state, and the megabytes that they take."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        counts = app.store.count_pictures()
    for state in PictureState:
        print(spoken.text(f"pictures.state.{state.value}", n=counts.get(state, 0)))
    size = round(Album(settings.album).size() / (1 << 20))
    print(spoken.text("pictures.room", size=size, room=settings.pictures_room))


def withdraw_command(address: str) -> None:
    """Delete a picture, by the address that it has at its outlet or here, and refuse it from now on."""
    settings = load()
    spoken = words(settings.language)
    here = _HERE.search(address)
    id = PictureId(here[1]) if here else picture_id(address.strip())
    with open_app(settings) as app:
        known = app.store.picture(id)
        if known is None:
            print(spoken.text("pictures.unknown", address=address), file=sys.stderr)
            raise typer.Exit(1)
        gone = replace(known, state=PictureState.REFUSED, next_at=None, reason="picture.withdrawn", detail="")
        withdraw(app.store, gone)
        Album(settings.album).drop(id)
    print(spoken.text("pictures.withdrawn", address=known.address))
