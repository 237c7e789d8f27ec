"""Measure what it costs to start the command: CPU time of whole processes; one line of JSON last.

    python -m bench.start [TIMES]

Each command runs in a data folder of its own as often as is said (9 times), after once for the disk's sake; the median counts.
``nothing`` is Python alone, so that the rest is ours and that of what we load. ``read`` reads one page into a new store.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tawatur import sample

COMMAND = str(Path(sys.executable).with_name("tawatur"))
SERVING = "import tawatur.web, tawatur.cli.serving, uvicorn"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    times = int(arguments[0]) if arguments else 9
    with sample.folder() as items:
        page = next(iter(sorted(items.glob("*/*.html"))))
        commands = {
            "nothing": [sys.executable, "-c", ""],
            "version": [COMMAND, "--version"],
            "outlets": [COMMAND, "outlets", "list", "--json"],
            "search": [COMMAND, "search", "a"],
            "read": [COMMAND, "read", str(page)],
            "what servers load": [sys.executable, "-c", SERVING],
        }
        figures = {name: cost(command, times) for name, command in commands.items()}
    for name, figure in figures.items():
        print(f"{name:20} {figure:6.0f} ms")
    print(json.dumps({"bench": "start", "times": times, "cpu_ms": figures}))


def cost(command: Sequence[str], times: int) -> float:
    """Return the CPU time of a command in milliseconds."""
    found = [once(command) for _ in range(times + 1)]
    return round(statistics.median(found[1:]))


def once(command: Sequence[str]) -> float:
    """Run a command in a data folder of its own; return the CPU time of its process and those that it started."""
    with TemporaryDirectory() as home:
        before = spent()
        variables = os.environ | {"TAWATUR_HOME": home, "TAWATUR_GRADE": "fast"}
        subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, check=True)
        return spent() - before


def spent() -> float:
    """Return the CPU time of ended children in milliseconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
