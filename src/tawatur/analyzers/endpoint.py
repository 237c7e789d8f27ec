"""A language model that speaks the interface of OpenAI (``/chat/completions``): the one way to ask it, through the guarded way out.

Whoever sets an address allows the program to go there, private or not, and nowhere else.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec

from tawatur.fetch.http import Fetcher, Policy, Refused

#: The most bytes of an answer, and the seconds that a model may think.
_ANSWER, PATIENCE = 1 << 20, 300.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers: the address up to "/v1", its name there, and the key that it asks for ("" for none)."""

    url: str
    model: str
    key: str = ""


def ask(endpoint: Endpoint, guide: str, question: str, *, patience: float = PATIENCE) -> dict[str, Any] | str:
    """Return the JSON object that a model answers with, or why there is none."""
    messages = [{"role": "system", "content": guide}, {"role": "user", "content": _sound(question)}]
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "response_format": {"type": "json_object"},
        "messages": messages,
    }
    answer = asyncio.run(_post(endpoint, msgspec.json.encode(body), patience))
    if isinstance(answer, Refused):
        return f"cannot be asked ({answer.reason.value})"
    found = _record(answer)
    return "answers with no record" if found is None else found


async def _post(endpoint: Endpoint, body: bytes, patience: float) -> bytes | Refused:
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    url = endpoint.url.rstrip("/") + "/chat/completions"
    async with Fetcher(_policy(endpoint.url, patience)) as fetcher:
        got = await fetcher.post(url, body, content_type="application/json", headers=headers, limit=_ANSWER)
    return got if isinstance(got, Refused) else got.content


def _policy(url: str, patience: float) -> Policy:
    """Return the rules by which a model is asked: its host may be private and have any port, and it may think long."""
    host = urlsplit(url).hostname
    return Policy(
        allow_private=(host,) if host else (),
        delay=0,
        answer_time=patience,
        total_time=patience,
        pace_time=patience,
    )


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
