"""Ask a language model that speaks the interface of OpenAI (``endpoint``) what an article says.

It gets the guide of ``data/chat_prompt.txt`` and answers in JSON. Every string of its answer is looked up in the text, and what
does not stand there is dropped. People, statements and dates are the model's; organisations, places and figures are those of the
rules. Where it cannot be asked, or answers with something else, the fast grade stands in, and the log says so.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cache

from tawatur.analyzers.endpoint import Endpoint, ask
from tawatur.arabic.lexicon import content
from tawatur.model import Analysis, Article, Grade
from tawatur.understand import VERSION, analyze, checked

log = logging.getLogger(__name__)

#: Characters of an article that are sent, which today's models can hold beside an answer. Longer ones are left to the rules.
LONGEST = 60_000


class Chat:
    """An ``Analyzer`` that asks a model."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def __call__(self, article: Article) -> Analysis:
        """Return what the model says of an article, checked; what the rules say where it says nothing usable."""
        ours = analyze(article)
        if len(article.text) > LONGEST:
            log.warning("%s is too long for the model: analysed by the fast grade", article.id)
            return ours
        record = ask(self._endpoint, _prompt(), _question(article))
        if isinstance(record, str):
            log.warning("the model %s: %s is analysed by the fast grade", record, article.id)
            return ours
        return replace(
            ours,
            version=f"{VERSION}-{Grade.OWN}",
            people=checked.people(article.text, record.get("people")),
            statements=checked.statements(article.text, record.get("quotes")),
            dates=checked.dates(article.text, record.get("dates")),
        )


def _question(article: Article) -> str:
    at = article.published.at
    published = at.isoformat() if at else "unknown"
    return f"published: {published}\ntitle: {article.title}\n\n{article.text}"


@cache
def _prompt() -> str:
    return content("tawatur.analyzers", "data/chat_prompt.txt").decode("utf-8")
