"""``tawatur rewrite``: a model of the reader's own rewrites the accounts of stories, which are kept beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import typer

from tawatur.analyzers.rewriting import Rewriter, rewriter
from tawatur.app import App, open_app
from tawatur.cli.run import REJECTED
from tawatur.cli.story_list import current
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.errors import ConfigError
from tawatur.ids import StoryId
from tawatur.stories.rewriting import fingerprint
from tawatur.stories.telling import tell

#: How many stories are taken from the store at a time.
_AT_A_TIME = 100


def rewrite_command(stories: Sequence[str], *, every: bool) -> None:
    """Have accounts rewritten, tell what came of each, and leave with 1 where a model could not be asked.

    A story whose rewriting is of its present account and by the same model is passed over.
    """
    settings = load()
    spoken = words(settings.language)
    if bool(stories) == every:
        raise ConfigError("STORY... | --all", " ".join(stories))
    asking = rewriter(settings)
    with open_app(settings) as app:
        found = _all(app) if every else (current(app, story) for story in stories)
        outcomes = [_rewrite(app, story, asking, spoken) for story in found]
    if "unasked" in outcomes:
        raise typer.Exit(REJECTED)


def _all(app: App) -> Iterator[StoryId]:
    before: StoryId | None = None
    while heads := app.store.front(limit=_AT_A_TIME, before=before):
        yield from (head.id for head in heads)
        before = heads[-1].id


def _rewrite(app: App, story: StoryId, asking: Rewriter, spoken: Words) -> str:
    """Have one account rewritten and keep what came of it; return the reason where nothing did."""
    whole = app.story(story)
    account = tell(whole, outlets=app.all_outlets()).account
    kept = app.store.rewriting(story)
    if kept and kept.model == asking.model and kept.made_of == fingerprint(account):
        return _said(spoken.text("rewrite.kept", id=story, title=whole.title), "")
    done = asking(story, account, at=datetime.now(UTC))
    if done.rewriting is None:
        app.store.drop_rewriting(story)
        return _said(spoken.text(f"rewrite.{done.reason}", id=story, title=whole.title), done.reason)
    app.store.put_rewriting(story, done.rewriting)
    return _said(spoken.text("rewrite.done", id=story, title=whole.title, n=done.faulty), "")


def _said(line: str, reason: str) -> str:
    print(line, flush=True)
    return reason
