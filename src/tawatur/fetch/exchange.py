"""One request and its answer, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of a target, beside the target."""

    limit: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None  # given: POST
    cut: bool = False  # a body over the limit is cut there, and no failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered. ``content`` is read and unpacked where the status is one of success."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""

    @property
    def location(self) -> str | None:
        """Return where it leads, where it is a redirect; "" where it does not say."""
        return self.headers.get("Location", "") if self.status in _REDIRECTS else None
