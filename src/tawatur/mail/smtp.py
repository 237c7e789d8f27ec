"""The way to the relay: the only module that speaks SMTP. Expected failures are values (``Failure``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

from tawatur.relay import Relay

#: Seconds until the relay is given up.
TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a letter was not taken, in the relay's words; ``lasting``: it will not be taken another time either."""

    detail: str
    lasting: bool = False


async def deliver(
    messages: Sequence[EmailMessage], relay: Relay, *, timeout: float = TIMEOUT
) -> tuple[Failure | None, ...]:
    """Hand messages to a relay over one connection, and return for each why it was not taken, None where it was."""
    client = _client(relay, timeout)
    try:
        await client.connect()
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return (Failure(_said(error)),) * len(messages)
    try:
        return tuple([await _hand_over(client, one) for one in messages])
    finally:
        await _leave(client)


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


async def _hand_over(client: aiosmtplib.SMTP, one: EmailMessage) -> Failure | None:
    try:
        await client.send_message(one)
    except aiosmtplib.SMTPRecipientsRefused as error:
        refused = error.recipients[0]
        return Failure(_said(refused), lasting=500 <= refused.code < 600)
    except aiosmtplib.SMTPResponseException as error:
        return Failure(_said(error), lasting=500 <= error.code < 600)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return Failure(_said(error))
    return None


async def _leave(client: aiosmtplib.SMTP) -> None:
    try:
        await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()


def _said(error: Exception) -> str:
    """Return an error in a line; its number first, where the relay gave one."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"[:300]
    return (str(error) or type(error).__name__)[:300]
