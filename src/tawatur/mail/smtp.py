"""The way to the relay: the only module that speaks SMTP. Expected failures are values (``Failure``)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

import aiosmtplib

from tawatur.mail.envelope import Envelope, enveloped
from tawatur.relay import Relay

#: Seconds until the relay is given up, and until it has taken a whole letter, which it may look through for long.
TIMEOUT, TAKING = 30.0, 120.0
#: Letters a connection: relays let only so many pass, and share a long one out badly among themselves.
MOST = 100

#: Where it failed: before any letter, at whom it is from or for, at the letter itself, or at us, who had lost it to another.
Stage = Literal["line", "sender", "recipient", "letter", "ours"]
#: Called when all is ready, just before a letter leaves; False: it is not to leave.
Before = Callable[[], Awaitable[bool]]
_WRONG = (aiosmtplib.SMTPException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a letter was not taken, in the relay's words; ``lasting``: it will not be taken another time either.

    ``code`` is the relay's answer, 0 where there was none. ``doubtful``: the letter had left, and no answer came.
    """

    detail: str
    lasting: bool = False
    code: int = 0
    at: Stage = "letter"
    doubtful: bool = False


class Line:
    """A connection to a relay for many letters, as an asynchronous context manager; it is opened when there is one to send."""

    def __init__(self, relay: Relay, *, timeout: float = TIMEOUT, most: int = MOST) -> None:
        self._relay, self._timeout, self._most = relay, timeout, most
        self._client: aiosmtplib.SMTP | None = None
        self._carried = 0

    async def __aenter__(self) -> Line:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> Failure | None:
        """Connect where that is not done, with encryption and password as the relay wants them; return what was in the way."""
        if self._client and (not self._client.is_connected or self._carried >= self._most):
            await self.close()
        if self._client:
            return None
        client = _client(self._relay, self._timeout)
        try:
            await client.connect()
        except _WRONG as error:
            client.close()
            return _failure(error, "line")
        self._client, self._carried = client, 0
        return None

    async def hand_over(self, letter: Envelope, *, before: Before | None = None) -> Failure | None:
        """Hand a letter over and return why it was not taken, None where it was."""
        if failure := await self.open():
            return failure
        assert self._client
        self._carried += 1
        failure = await _hand_over(self._client, letter, before)
        if failure and self._client.is_connected:
            await self._reset()
        return failure

    async def close(self) -> None:
        """End the connection, where there is one."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            await client.quit()
        except (aiosmtplib.SMTPException, OSError):
            client.close()

    async def _reset(self) -> None:
        """Forget a letter that was begun, so that the next one can be handed over."""
        assert self._client
        try:
            await self._client.rset()
        except (aiosmtplib.SMTPException, OSError):
            self._client.close()


async def deliver(
    messages: Sequence[EmailMessage], relay: Relay, *, timeout: float = TIMEOUT
) -> tuple[Failure | None, ...]:
    """Hand messages to a relay over one connection, and return for each why it was not taken, None where it was."""
    async with Line(relay, timeout=timeout) as line:
        if failure := await line.open():
            return (failure,) * len(messages)
        return tuple([await line.hand_over(enveloped(one)) for one in messages])


def _client(relay: Relay, timeout: float) -> aiosmtplib.SMTP:
    start_tls = {"implicit": False, "required": True, "offered": None, "off": False}[relay.security]
    return aiosmtplib.SMTP(
        hostname=relay.host,
        port=relay.port,
        username=relay.user or None,
        password=relay.password or None,
        use_tls=relay.security == "implicit",
        start_tls=start_tls,
        timeout=timeout,
    )


async def _hand_over(client: aiosmtplib.SMTP, letter: Envelope, before: Before | None) -> Failure | None:
    stage: Stage = "sender"
    left = False
    try:
        if letter.international and not client.supports_extension("smtputf8"):
            return Failure("SMTPUTF8 is not supported", lasting=True, at="recipient")
        await client.mail(letter.sender, options=_options(client, letter), encoding="utf-8")
        stage = "recipient"
        await client.rcpt(letter.to, encoding="utf-8")
        stage = "letter"
        if before and not await before():
            return Failure("another has it", at="ours")
        left = True
        await client.data(letter.content, timeout=TAKING)
    except _WRONG as error:
        return _failure(error, stage, left=left)
    return None


def _options(client: aiosmtplib.SMTP, letter: Envelope) -> list[str]:
    size = [f"SIZE={len(letter.content)}"] if client.supports_extension("size") else []
    return [*size, "SMTPUTF8", "BODY=8BITMIME"] if letter.international else size


def _failure(error: Exception, stage: Stage, *, left: bool = False) -> Failure:
    """Return an error as a failure; where no answer came to a letter that had left, it is doubtful."""
    answered = isinstance(error, aiosmtplib.SMTPResponseException) and error.code > 0
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) and answered else 0
    lasting = 500 <= code < 600 and stage != "line"
    return Failure(_said(error), lasting=lasting, code=code, at=stage, doubtful=left and not answered)


def _said(error: Exception) -> str:
    """Return an error in a line; its number first, where the relay gave one."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"[:300]
    return (str(error) or type(error).__name__)[:300]
