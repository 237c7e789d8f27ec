"""What the operating system knows of this process and of those that it has started: processor, memory, open files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What processes use: seconds of the processor (those of their children that have ended among them), bytes, files."""

    cpu: float = 0.0
    memory: int = 0
    files: int = 0
    began: float = 0.0  # seconds since 1970


def first() -> int:
    """Return the first of the processes that work together: this one, or the one that has started it to help."""
    from multiprocessing import parent_process

    parent = parent_process()
    return parent.pid or os.getpid() if parent else os.getpid()


def family(of: int | None = None) -> tuple[int, ...]:
    """Return a process and all that it has started that still run; none where the system does not say."""
    found, left = [], [of or first()]
    while left:
        found.append(left.pop())
        left += _children(found[-1])
    return tuple(found)


def _children(of: int) -> Iterator[int]:
    for task in _PROC.glob(f"{of}/task/*/children"):
        try:
            yield from map(int, task.read_text().split())
        except OSError:  # it has ended meanwhile
            continue


def usage(of: int) -> Usage:
    """Return what one process uses; nothing where it has ended, or the system does not say."""
    try:
        fields = (_PROC / str(of) / "stat").read_text().rpartition(")")[2].split()
        files = len(os.listdir(_PROC / str(of) / "fd"))
        boot = _boot()
    except (OSError, IndexError):
        return Usage()
    tick = os.sysconf("SC_CLK_TCK")
    cpu = sum(map(int, fields[11:15])) / tick  # its own and those of its children that were waited for
    return Usage(
        cpu=cpu,
        memory=int(fields[21]) * os.sysconf("SC_PAGE_SIZE"),
        files=files,
        began=boot + int(fields[19]) / tick,
    )


def _boot() -> float:
    lines = (_PROC / "stat").read_text().splitlines()
    return next((float(line.split()[1]) for line in lines if line.startswith("btime ")), 0.0)


def gauges() -> Iterator[tuple[str, Mapping[str, str], float]]:
    """Yield what the processes that work together use, as figures."""
    ours = family()
    used = [usage(one) for one in ours]
    yield "tawatur_processes", {}, len(ours)
    yield "process_cpu_seconds_total", {}, sum(one.cpu for one in used)
    yield "process_resident_memory_bytes", {}, sum(one.memory for one in used)
    yield "process_open_fds", {}, sum(one.files for one in used)
    yield "process_start_time_seconds", {}, min((one.began for one in used if one.began), default=0.0)
