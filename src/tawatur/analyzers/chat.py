"""Ask a language model that speaks the interface of OpenAI (``/chat/completions``) what an article says.

It gets the guide of ``data/chat_prompt.txt`` and answers in JSON. Every string of its answer is looked up in the text, and what
does not stand there is dropped. People, statements and dates are the model's; organisations, places and figures are those of the
rules. Where it cannot be asked, or answers with something else, the fast grade stands in, and the log says so.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import msgspec

from tawatur.arabic.lexicon import content
from tawatur.fetch.http import Fetcher, Policy, Refused
from tawatur.model import Analysis, Article, Grade
from tawatur.understand import VERSION, analyze, checked

log = logging.getLogger(__name__)

#: Characters of an article that are sent, which today's models can hold beside an answer. Longer ones are left to the rules.
LONGEST = 60_000
#: The most bytes of an answer, and the seconds that a model may think.
_ANSWER, _PATIENCE = 1 << 20, 300.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers: the address up to "/v1", its name there, and the key that it asks for ("" for none)."""

    url: str
    model: str
    key: str = ""


class Chat:
    """An ``Analyzer`` that asks a model. Whoever sets an address allows the program to go there, private or not."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._policy = _policy(endpoint.url)

    def __call__(self, article: Article) -> Analysis:
        """Return what the model says of an article, checked; what the rules say where it says nothing usable."""
        ours = analyze(article)
        if len(article.text) > LONGEST:
            log.warning("%s is too long for the model: analysed by the fast grade", article.id)
            return ours
        answer = asyncio.run(self._ask(article))
        record = _record(answer) if isinstance(answer, bytes) else None
        if record is None:
            why = "answers with no record" if isinstance(answer, bytes) else f"cannot be asked ({answer})"
            log.warning("the model %s: %s is analysed by the fast grade", why, article.id)
            return ours
        return replace(
            ours,
            version=f"{VERSION}-{Grade.OWN}",
            people=checked.people(article.text, record.get("people")),
            statements=checked.statements(article.text, record.get("quotes")),
            dates=checked.dates(article.text, record.get("dates")),
        )

    async def _ask(self, article: Article) -> bytes | str:
        """Return the answer, or why there is none."""
        headers = {"Authorization": f"Bearer {self._endpoint.key}"} if self._endpoint.key else {}
        url = self._endpoint.url.rstrip("/") + "/chat/completions"
        body = msgspec.json.encode(_question(self._endpoint.model, article))
        async with Fetcher(self._policy) as fetcher:
            got = await fetcher.post(url, body, content_type="application/json", headers=headers, limit=_ANSWER)
        return got.reason.value if isinstance(got, Refused) else got.content


def _policy(url: str) -> Policy:
    """Return the rules by which a model is asked: its host may be private and have any port, and it may think long."""
    host = urlsplit(url).hostname
    return Policy(
        allow_private=(host,) if host else (),
        delay=0,
        answer_time=_PATIENCE,
        total_time=_PATIENCE,
        pace_time=_PATIENCE,
    )


def _question(model: str, article: Article) -> dict[str, Any]:
    at = article.published.at
    published = at.isoformat() if at else "unknown"
    text = f"published: {published}\ntitle: {article.title}\n\n{_sound(article.text)}"
    messages = [{"role": "system", "content": _prompt()}, {"role": "user", "content": text}]
    return {"model": model, "temperature": 0, "response_format": {"type": "json_object"}, "messages": messages}


def _sound(text: str) -> str:
    """Return text that can be sent: half of a surrogate pair is no character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _record(answer: bytes) -> dict[str, Any] | None:
    """Return the record in an answer of the interface, with or without a fence around it, or None."""
    try:
        said = msgspec.json.decode(answer)["choices"][0]["message"]["content"]
        found = msgspec.json.decode(said[said.index("{") : said.rindex("}") + 1])
    except (msgspec.DecodeError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None
    return found if isinstance(found, dict) else None


@cache
def _prompt() -> str:
    return content("tawatur.analyzers", "data/chat_prompt.txt").decode("utf-8")
