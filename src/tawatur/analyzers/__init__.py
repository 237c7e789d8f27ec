"""Which function analyses articles: one of the two grades, or a model of the reader's own that plugs in the same way.

Every one is an ``understand.Analyzer``: an article in, its analysis out. ``bench.analysis`` scores any of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from importlib import import_module

from tawatur.config import Settings
from tawatur.errors import AnalyzerUnusable
from tawatur.model import Grade
from tawatur.understand import Analyzer, analyze
from tawatur.understand.tagger import Tagger

log = logging.getLogger(__name__)

#: Where the encoder of the fine grade stands: a module with ``tagger() -> Tagger | None``, None where its model is missing.
ENCODER = "tawatur.understand.encoder"


def chosen(settings: Settings, grade: str | None = None) -> Analyzer:
    """Return the analyser that a deployment has chosen, or the one that ``grade`` names in its place.

    "fast" and "fine" are the grades; "hub" takes names from a transformer, "chat" asks a language model (both as the settings say);
    "MODULE:FUNCTION" is any function of the reader's own.

    Raises:
        AnalyzerUnusable: there is no such analyser, or something that it needs is missing.
    """
    name = grade or settings.grade
    made = _BY_NAME.get(name)
    return made(settings) if made else _named(name)


def _fast(_: Settings) -> Analyzer:
    return analyze


def _fine(_: Settings) -> Analyzer:
    """The fine grade; where its model is missing the fast one, which is said in the log."""
    tag = _encoder()
    if tag is None:
        log.warning("the model of the fine grade is not installed: articles are analysed by the fast grade")
        return analyze
    return partial(analyze, tag=tag, grade=Grade.FINE)


def _encoder() -> Tagger | None:
    try:
        module = import_module(ENCODER)
    except ModuleNotFoundError:
        return None
    found: Tagger | None = module.tagger()
    return found


def _hub(settings: Settings) -> Analyzer:
    from tawatur.analyzers.hub import tagger

    return partial(analyze, tag=tagger(settings.hub_model), grade=Grade.OWN)


def _chat(settings: Settings) -> Analyzer:
    from tawatur.analyzers.chat import Chat
    from tawatur.analyzers.endpoint import Endpoint

    if not settings.chat_url:
        raise AnalyzerUnusable("chat", "TAWATUR_CHAT_URL")
    return Chat(Endpoint(settings.chat_url, settings.chat_model, settings.chat_key))


_BY_NAME: dict[str, Callable[[Settings], Analyzer]] = {"fast": _fast, "fine": _fine, "hub": _hub, "chat": _chat}


def _named(name: str) -> Analyzer:
    """Return the function that "MODULE:FUNCTION" names."""
    module, _, function = name.partition(":")
    try:
        found: Analyzer = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise AnalyzerUnusable(name, str(error)) from error
    if not callable(found):
        raise AnalyzerUnusable(name, type(found).__name__)
    return found
