"""How a process is, in short: each check with its reason, as they are told to programs and printed for people."""

from __future__ import annotations

from dataclasses import dataclass

#: The checks, in the order in which they are told. What is wrong is a message key under ``health.reason.``.
CHECKS = ("running", "store", "disk", "workers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at. ``reason`` is "" where it is well; ``detail`` names what it is about."""

    name: str
    reason: str = ""
    detail: str = ""

    @property
    def fine(self) -> bool:
        """Say whether it is well."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Condition:
    """All checks of a moment."""

    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        """Say whether requests may be sent here."""
        return all(check.fine for check in self.checks)

    def told(self, *, whole: bool) -> dict[str, object]:
        """Return what programs are told: whether it is ready, and where they may know (``whole``) why not."""
        said: dict[str, object] = {"status": "ready" if self.ready else "unready"}
        if whole:
            said["checks"] = {check.name: _told(check) for check in self.checks}
        return said


def _told(check: Check) -> dict[str, object]:
    if check.fine:
        return {"fine": True}
    return {"fine": False, "reason": check.reason, **({"detail": check.detail} if check.detail else {})}
