"""``tawatur health``: how the Tawatur of these settings is that runs, for a shell, a container or a timer."""

from __future__ import annotations

import json
from typing import Any

import typer

from tawatur.cli.run import REJECTED
from tawatur.config import Settings, load
from tawatur.fetch.knock import knock


def health_command(*, as_json: bool) -> None:
    """Print how it is, and leave with 0 where it is ready, else with 1."""
    settings = load()
    host, port = settings.oversight.address or (settings.host, settings.port)
    found = knock(host, port, token=settings.oversight.token)
    if as_json:
        print(json.dumps(found or {"status": "silent"}, ensure_ascii=False))
    else:
        _say(found, f"{host}:{port}", settings)
    if found is None or found["status"] != "ready":
        raise typer.Exit(REJECTED)


def _say(found: dict[str, Any] | None, address: str, settings: Settings) -> None:
    from tawatur.cli.words import words

    spoken = words(settings.language)
    if found is None:
        print(spoken.text("health.silent", address=address))
        return
    print(spoken.text(f"health.{found['status']}"))
    for name, check in found.get("checks", {}).items():
        reason = "" if check["fine"] else spoken.text(f"health.reason.{check['reason']}")
        detail = f" ({check['detail']})" if check.get("detail") else ""
        print(
            "  "
            + spoken.text(
                "health.line",
                name=spoken.text(f"health.check.{name}"),
                said=reason + detail or spoken.text("health.fine"),
            )
        )
