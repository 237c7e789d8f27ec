"""A rewritten account as a page shows it: every sentence with its originals and with the outlets that say them."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import Rewriting, RewrittenSentence
from tawatur.web.view.account import Citation, SentenceView
from tawatur.web.view.parts import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenView:
    """A sentence with those that it rests on. ``own`` says that the model wrote it; else it is the one original."""

    text: str
    own: bool
    speaker: str
    sources: Sources
    cited: tuple[Citation, ...]
    originals: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class RewritingView:
    """A whole rewritten account; ``model`` is "" where it has no name."""

    model: str
    sentences: tuple[RewrittenView, ...]


def rewriting_view(rewriting: Rewriting | None, views: tuple[SentenceView, ...]) -> RewritingView | None:
    """Return what a page shows of the rewriting of an account, whose own sentences are ``views``; None where there is none."""
    if rewriting is None:
        return None
    return RewritingView(rewriting.model, tuple(_sentence(one, views) for one in rewriting.sentences))


def _sentence(one: RewrittenSentence, views: tuple[SentenceView, ...]) -> RewrittenView:
    """A sentence of several originals has no more sources than the one with the fewest."""
    originals = tuple(views[at] for at in one.rests_on)
    cited = {by.outlet.name: by for view in originals for by in view.cited}
    return RewrittenView(
        text=one.text,
        own=one.own,
        speaker=originals[0].speaker if len(originals) == 1 else "",
        sources=min((view.sources for view in originals), key=lambda sources: sources.independent),
        cited=tuple(cited.values()),
        originals=originals,
    )
