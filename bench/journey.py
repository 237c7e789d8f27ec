"""One reading of a file by so many processes, as ``tawatur read`` does it, in a process of its own; one line of JSON.

    TAWATUR_HOME=… TAWATUR_STORE=… python -m bench.journey FILE WORKERS

"seconds" and "main" are those of each part: until all documents are kept, until all are grouped, until all stories are composed;
"main" is the time of the processor of the reading process, "helpers" that of the others in all.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from bench.million import Silent
from tawatur.app import open_app
from tawatur.config import load


class Laps(Silent):
    """Notes when each part ends."""

    def __init__(self) -> None:
        self.times = [self._now()]

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()

    def grouping(self, _: int) -> None:
        """All is kept."""
        self.times.append(self._now())

    def composing(self, _: int) -> None:
        """All is grouped."""
        self.times.append(self._now())

    def end(self) -> dict[str, dict[str, float]]:
        """Return seconds that passed, and those of the processor, by part."""
        self.times.append(self._now())
        each = [
            [later - before for later, before in zip(one, other, strict=True)]
            for other, one in zip(self.times, self.times[1:], strict=False)
        ]
        return {
            name: dict(zip(("keep", "group", "compose"), (round(one[at], 2) for one in each), strict=True))
            for at, name in enumerate(("seconds", "main"))
        }


def main(arguments: list[str]) -> None:
    """Read and tell."""
    file, workers = arguments[0], int(arguments[1])
    with open_app(load()) as app:
        laps = Laps()
        app.read([file], published=None, watch=laps, workers=workers)  # type: ignore[arg-type]
        told, counts = laps.end(), app.store.counts()
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        json.dumps(
            {
                "articles": counts.articles,
                "stories": counts.stories,
                **told,
                "helpers": round(others.ru_utime + others.ru_stime, 2),
                "megabytes": [own.ru_maxrss // 1024, others.ru_maxrss // 1024],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
