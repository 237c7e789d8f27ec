"""What ``tawatur letters run`` does: the work on newsletters, without the pages."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime

from tawatur.app import App, open_app
from tawatur.cli.aside import watched_over
from tawatur.cli.words import words
from tawatur.config import load


def run_command(*, once: bool) -> None:
    """Make issues and send letters: all that are due (``once``), or until Ctrl-C or SIGTERM."""
    settings = load()
    with open_app(settings) as app, watched_over(app.store, settings):
        if once:
            made, sent = asyncio.run(_once(app))
            print(words(settings.language).text("issue.cli.done", made=made, sent=sent))
        else:
            asyncio.run(_run(app))


async def _once(app: App) -> tuple[int, int]:
    """Return how many newsletters were due, and how many letters were sent."""
    letters, post, stop = app.letters(), app.post(app.accounts()), asyncio.Event()
    made = sent = 0
    while done := await asyncio.to_thread(letters.make_due, datetime.now(UTC)):
        made += done
    while post and (done := await post.send_all(stop)):
        sent += done
    return made, sent


async def _run(app: App) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    await asyncio.gather(app.keep_letters(stop), app.keep_accounts(app.accounts(), stop))
