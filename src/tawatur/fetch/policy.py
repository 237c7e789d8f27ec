"""What a fetch may do and how long it may take: every limit in one place, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

#: What robots.txt files call us.
ROBOT = "Tawatur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of fetching. Times are in seconds, sizes in bytes.

    ``contact`` (an e-mail address or a page) is told to every outlet. ``allow_private`` holds host names, addresses and
    networks ("10.1.0.0/16") that may be fetched from although they are not public. ``connect_time`` holds the look-up of the
    name, the connection and the TLS handshake; ``answer_time`` the wait for the whole head of the answer behind that;
    ``total_time`` everything of one hop. In each ``pace_time`` at least ``pace_bytes`` of a body must come.
    """

    contact: str = ""
    allow_private: tuple[str, ...] = ()
    # Beside 80 and 443 the two that web servers commonly use. Others are mail, databases, printers: nothing that has news.
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})

    limit: int = 8 << 20  # the largest news pages and feeds seen are under 5 MB
    ratio: int = 200  # unpacked to packed, beyond the first MiB; news pages pack 4 to 20 times
    layers: int = 2  # content codings one over the other
    max_headers: int = 128
    max_header: int = 32 << 10  # one header line, and the status line; policies of content pass 8 KiB now and then
    redirects: int = 5  # as RFC 9309 asks for robots.txt; browsers follow 20

    connect_time: float = 10
    answer_time: float = 20
    total_time: float = 60
    pace_time: float = 10
    pace_bytes: int = 4096

    connections: int = 48  # in all
    per_host: int = 1
    delay: float = 1.0  # between the end of one request to a host and the beginning of the next
    longest_delay: float = 30  # what a Crawl-delay is cut to: one that asks for more is meant for other visitors

    troubles: int = 3  # failures of a host one behind another, before it is left alone
    first_rest: float = 30  # doubled with each further failure
    longest_rest: float = 6 * 3600

    robots_size: int = 500 << 10  # RFC 9309: at least 500 KiB have to be read
    robots_memory: int = 4 << 20  # text of all that are remembered; parsed, the worst takes a hundred times as much
    robots_keep: float = 24 * 3600  # RFC 9309: not longer than a day
    robots_retry: float = 600  # until robots.txt is asked for again, after it could not be had
    memory: int = 2048  # hosts of which something is remembered

    @property
    def user_agent(self) -> str:
        """Return how we introduce ourselves."""
        name = f"{ROBOT}/{version('tawatur')}"
        return f"{name} (+{self.contact})" if self.contact else f"{name} (Arabic news reader)"
