"""Let a language model behind an interface of OpenAI rewrite the account of a story; only what passes the check is given out.

It gets the guide of ``data/rewriting_prompt.txt`` and the account's sentences with numbers, and answers with sentences of its own,
each with the numbers of those that it rests on. ``stories.rewriting`` checks them.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import msgspec

from tawatur.analyzers.endpoint import PATIENCE, Endpoint, ask
from tawatur.arabic.lexicon import content
from tawatur.config import Settings
from tawatur.decoding import converted
from tawatur.errors import AnalyzerUnusable
from tawatur.model import Account, Rewriting, StoryId
from tawatur.stories.rewriting import Given, checked

log = logging.getLogger(__name__)

#: An account of fewer sentences is short enough as it is.
FEWEST = 2


class _Sentence(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    rests_on: list[int]


class _Answer(msgspec.Struct, forbid_unknown_fields=True):
    sentences: list[_Sentence]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking: the rewriting, or the reason why there is none, a message key under ``rewrite.``."""

    rewriting: Rewriting | None
    reason: str = ""  # "short", "unasked" or "faulty"
    faulty: int = 0  # sentences of the model's that had faults


class Rewriter:
    """Asks a model to rewrite accounts. ``patience`` is how many seconds it may think about one."""

    def __init__(self, endpoint: Endpoint, *, patience: float = PATIENCE) -> None:
        self._endpoint = endpoint
        self._patience = patience

    @property
    def model(self) -> str:
        """The model's name, as a reader is told it."""
        return self._endpoint.model

    def __call__(self, story: StoryId, account: Account, *, at: datetime) -> Outcome:
        """Return what a model makes of a story's account; ``at`` is when it is asked."""
        if len(account.sentences) < FEWEST:
            return Outcome(None, "short")
        given = _given(ask(self._endpoint, _prompt(), _numbered(account), patience=self._patience))
        if isinstance(given, str):
            log.warning("the model %s: the account of %s is not rewritten", given, story)
            return Outcome(None, "unasked")
        done = checked(account, given, model=self.model, at=at)
        if done.faulty or done.rewriting is None:
            kinds = Counter(fault.kind.value for wrong in done.faults for fault in wrong)
            fate = "given their originals" if done.rewriting else "reason to show none of it"
            log.warning(
                "%s: %d of %d rewritten sentences have faults (%s): %s", story, done.faulty, len(given), kinds, fate
            )
        return Outcome(done.rewriting, "" if done.rewriting else "faulty", done.faulty)


def rewriter(settings: Settings) -> Rewriter:
    """Return what asks the model of a deployment's settings.

    Raises:
        AnalyzerUnusable: they name none.
    """
    if not settings.chat_url:
        raise AnalyzerUnusable("rewrite", "TAWATUR_CHAT_URL")
    return Rewriter(Endpoint(settings.chat_url, settings.chat_model, settings.chat_key))


def _numbered(account: Account) -> str:
    return "\n".join(f"{number}. {one.text}" for number, one in enumerate(account.sentences, 1))


def _given(answer: dict[str, object] | str) -> list[Given] | str:
    """Return the sentences of an answer, or why there are none: it must have the form that was asked for, and nothing else."""
    if isinstance(answer, str):
        return answer
    try:
        found = converted(answer, _Answer)
    except msgspec.ValidationError as error:
        return f"answers in another form ({error})"
    return [Given(one.text.strip(), tuple(number - 1 for number in one.rests_on)) for one in found.sentences]


@cache
def _prompt() -> str:
    return content("tawatur.analyzers", "data/rewriting_prompt.txt").decode("utf-8")
