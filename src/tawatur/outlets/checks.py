"""What the last checks of feeds brought, kept in the data folder beside the outlets: one file, replaced as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import msgspec

from tawatur.outlets.health import Check

NAME = "outlet-checks.json"
#: A check that is older than this says nothing any more and is let go.
KEPT = timedelta(days=365)


def load(home: Path) -> dict[str, Check]:
    """Return the last check of each feed by its address. A file that cannot be read counts as none: it is written anew."""
    try:
        kept = msgspec.json.decode((home / NAME).read_bytes(), type=list[Check])
    except (OSError, msgspec.DecodeError):
        return {}
    return {check.url: check for check in kept}


def keep(home: Path, checks: Iterable[Check]) -> None:
    """Add checks to those that are kept.

    Raises:
        OSError: the folder cannot be written.
    """
    kept = load(home) | {check.url: check for check in checks}
    newest = max((check.at for check in kept.values()), default=None)
    rest = [check for check in kept.values() if newest is None or newest - check.at <= KEPT]
    home.mkdir(parents=True, exist_ok=True)
    part = home / f"{NAME}.part"
    part.write_bytes(
        msgspec.json.format(msgspec.json.encode(sorted(rest, key=lambda check: (check.outlet, check.url))))
    )
    os.replace(part, home / NAME)
