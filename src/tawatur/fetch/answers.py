"""What comes back from the network: ``Fetched``, or ``Refused`` with its reason. Both are values; nothing is raised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Reason(StrEnum):
    """Why nothing was fetched. Each is a message key under ``fetch.``."""

    # The address itself
    BAD_ADDRESS = "bad_address"
    SCHEME = "scheme"
    CREDENTIALS = "credentials"
    PORT = "port"
    PRIVATE = "private"
    # The way there
    LOOKUP = "lookup"
    CONNECT = "connect"
    TLS = "tls"
    DROPPED = "dropped"
    SLOW_CONNECT = "slow_connect"
    SLOW_ANSWER = "slow_answer"
    SLOW_BODY = "slow_body"
    # What was answered
    BAD_ANSWER = "bad_answer"
    HEADERS = "headers"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    CODING = "coding"
    BROKEN_BODY = "broken_body"
    # Where it leads
    REDIRECTS = "redirects"
    LOOP = "loop"
    DOWNGRADE = "downgrade"
    NOWHERE = "nowhere"
    # What the outlet wants
    ROBOTS = "robots"
    ROBOTS_UNKNOWN = "robots_unknown"
    RESTING = "resting"
    BUSY = "busy"
    DENIED = "denied"
    NOT_FOUND = "not_found"
    GONE = "gone"
    SERVER = "server"
    STATUS = "status"


#: Reasons that say that trying the same address again later makes no sense.
LASTING = frozenset(
    {Reason.BAD_ADDRESS, Reason.SCHEME, Reason.CREDENTIALS, Reason.PORT, Reason.PRIVATE, Reason.DOWNGRADE, Reason.GONE}
)
#: Reasons that say that the host is in trouble, or that we trouble it: it is left alone for a while.
TROUBLE = frozenset(
    {
        Reason.LOOKUP,
        Reason.CONNECT,
        Reason.TLS,
        Reason.DROPPED,
        Reason.SLOW_CONNECT,
        Reason.SLOW_ANSWER,
        Reason.SLOW_BODY,
        Reason.BAD_ANSWER,
        Reason.BUSY,
        Reason.SERVER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer that can be used, whole and unpacked."""

    url: str  # as it was asked for
    final: str  # where it stands, behind all redirects
    moved: str | None = None  # where it stands from now on: every redirect on the way there was permanent
    status: int = 200
    content: bytes = b""
    content_type: str = ""  # in lower case, without parameters: "text/html"
    charset: str | None = None  # as the header declares it
    etag: str | None = None
    modified: str | None = None  # Last-Modified, as it was sent: it is only ever sent back
    not_modified: bool = False  # 304: what the asker has is what stands there
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was fetched, and why."""

    url: str  # as it was asked for
    reason: Reason
    detail: str = ""  # what the reason is about: an address, a status, the name of an error
    status: int | None = None  # where the host answered at all
    retry_after: timedelta | None = None  # how long to leave it alone, where the host or our own rules say so

    @property
    def lasting(self) -> bool:
        """Say whether trying again later makes no sense."""
        return self.reason in LASTING
