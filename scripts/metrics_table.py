"""Write the tables of figures in ``docs/reference/metrics.md`` anew: ``.venv/bin/python scripts/metrics_table.py``."""

import re
from pathlib import Path

from tawatur.watching.names import METRICS, Metric

DOCUMENT = Path(__file__).parents[1] / "docs" / "reference" / "metrics.md"
MARKED = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)


def table() -> str:
    """Return the table: a row for each figure, in the order of the list."""
    head = ("| figure | kind | labels | what it tells |", "|---|---|---|---|")
    return "\n".join((*head, *map(_row, METRICS), ""))


def _row(metric: Metric) -> str:
    labels = "<br>".join(_label(name, words) for name, words in metric.labels.items())
    return f"| `{metric.name}` | {metric.sort.value} | {labels} | {metric.about} |"


def _label(name: str, words: tuple[str, ...]) -> str:
    if not words:
        return f"`{name}`"
    shown = ", ".join(words[:8]) + (f" and {len(words) - 8} more" if len(words) > 8 else "")
    return f"`{name}`: {shown}"


def renewed(text: str) -> str:
    """Return the document with its table as it must be."""
    return MARKED.sub(lambda found: found[1] + table() + found[2], text)


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
