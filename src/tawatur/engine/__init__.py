"""Work that is shared out: the same function for many items, on this machine or on many. What workers need stands in files.

    with open_engine("local", workers=4) as engine:
        for done in engine.run(function, items):   # in whatever order they end
            done.item, done.result

An engine starts again what a killed worker had in hand, on another one. Functions are named at the top of a module, take one
item and return a small value: their work goes into files, written whole or not at all, so that doing it twice does no harm.
"""

from __future__ import annotations

from tawatur.engine.contract import Done, Engine
from tawatur.errors import ConfigError

__all__ = ["Done", "Engine", "open_engine"]


def open_engine(place: str, *, workers: int) -> Engine:
    """Return the engine that a place names: "local", or "dask://HOST:PORT" of a scheduler. ``workers`` is for "local" alone.

    Raises:
        ConfigError: it names none, or cannot be reached; or the library for it is not installed.
    """
    if place == "local":
        from tawatur.engine.local import LocalEngine

        return LocalEngine(workers)
    if place.startswith("dask://"):
        from tawatur.engine.cluster import DaskEngine

        return DaskEngine(place.removeprefix("dask://"))
    raise ConfigError("--engine", place)
