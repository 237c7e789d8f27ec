"""A process that finds, tells and sends alerts of a store until nothing is left to do: the one that is killed.

python -m tests.acceptance.alert_teller STORE LEASE_SECONDS
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.network.hostile import policy
from tests.unit.alerting.desk import MINUTE, NOW

from tawatur.alerting import Alerting
from tawatur.alerting.carrying import carry
from tawatur.alerting.finding import Finding
from tawatur.alerting.sending import hook_policy
from tawatur.alerting.telling import Rounds, Telling
from tawatur.fetch.http import Fetcher
from tawatur.letters import Letters
from tawatur.model import Outlets
from tawatur.personal import Candidates
from tawatur.store import open_store

#: So many seconds go by in one.
FASTER = 30


async def work(path: Path, lease: float) -> None:
    """Do all that there is; times run on from those of the stories, and faster than clocks."""
    store, began = open_store(path), datetime.fromisoformat((path.parent / "began").read_text())
    letters = Letters(store, Outlets(()), carriers=(partial(carry, store),))
    rounds = Rounds(Finding(store, Outlets, Candidates(store)), Telling(store, letters))
    async with Fetcher(hook_policy(policy())) as fetcher:
        sending = Alerting(store, "https://news.example").sending(fetcher)
        sending = replace(sending, lease=FASTER * timedelta(seconds=lease))
        idle = 0.0
        while idle < 2 * lease + 1:
            now = NOW + MINUTE + FASTER * (datetime.now(UTC) - began)
            done = rounds.round(now) + await sending.send_due(now)
            idle = 0.0 if done else idle + 0.1
            await asyncio.sleep(0 if done else 0.1)
    store.close()


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), float(sys.argv[2])))
