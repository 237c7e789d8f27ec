"""Knocking at a Tawatur that runs on this machine, or at another address that its operator names: is it ready?

This asks nobody but ourselves, so it needs none of the manners and guards by which outlets are fetched from.
"""

from __future__ import annotations

import http.client
import json
from typing import Any

#: Seconds that an answer may take; it is given from memory.
PATIENCE = 5.0
#: More than this no answer of ours has.
_MOST = 64 << 10
#: Addresses at which one listens, but cannot be asked.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}


def knock(host: str, port: int, *, token: str = "", patience: float = PATIENCE) -> dict[str, Any] | None:
    """Return what ``/health/ready`` tells at an address; None where nobody answers, or somebody else."""
    connection = http.client.HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=patience)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        connection.request("GET", "/health/ready", headers=headers)
        found = json.loads(connection.getresponse().read(_MOST))
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return found if isinstance(found, dict) and found.get("status") in ("ready", "unready") else None
