"""A process that makes the issues of a store that are due, until none is: the one that is killed.

python -m tests.acceptance.issue_maker STORE LEASE_SECONDS
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tawatur import sample
from tawatur.letters import Letters
from tawatur.store import open_store


def make(path: Path, lease: timedelta) -> None:
    """Make issues until nothing is due; what a killed one had lent is waited for."""
    store = open_store(path)
    letters = Letters(store, sample.outlets(), lease=lease)
    while any(one.due and one.due <= datetime.now(UTC) for one in store.public_newsletters()):
        if not letters.make_due(datetime.now(UTC)):
            time.sleep(0.05)
    store.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]), timedelta(seconds=float(sys.argv[2])))
