"""What ``tawatur store migrate`` does."""

from __future__ import annotations

import sys

from tawatur.cli.run import REJECTED
from tawatur.cli.words import words
from tawatur.config import load
from tawatur.store import open_store
from tawatur.store.sql import migrations
from tawatur.store.standing import standing


def migrate_command(*, check: bool) -> None:
    """Bring the store to this release's version, or say what there is to do (``check``)."""
    settings = load()
    spoken = words(settings.language)
    before, latest = standing(settings.database), migrations()[-1][0]
    if check:
        print(spoken.text("upgrade.standing", version=before.version, latest=latest))
        sys.exit(REJECTED if before.version < latest else 0)
    open_store(settings.database).close()
    after = standing(settings.database)
    key = "upgrade.done" if before.version < after.version else "upgrade.nothing"
    print(spoken.text(key, before=before.version, version=after.version))
    print(spoken.text("upgrade.needs", needs=after.needs))
