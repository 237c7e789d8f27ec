"""How letters leave a deployment, as nouns: what they are signed with, where they come back to, and how fast they go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key that letters are signed with (DKIM): its public half stands in the DNS at ``selector._domainkey.domain``."""

    domain: str
    selector: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Postage:
    """What a deployment chooses of its letters.

    ``keys`` sign them, ``bounces`` is the address that takes what comes back ("": none does), ``pace`` how many newsletters a
    minute go to one host (0: as many as there are), ``connections`` how many there are to the relay at a time, ``operator`` who
    sends them and where he is reached by post, which stands at the foot of each newsletter.
    """

    keys: tuple[SigningKey, ...] = ()
    bounces: str = ""
    pace: int = 0
    connections: int = 4
    operator: str = ""
