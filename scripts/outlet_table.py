"""Write the table of countries in ``docs/reference/outlets.md`` anew: ``.venv/bin/python scripts/outlet_table.py``."""

import re
from collections.abc import Sequence
from pathlib import Path

from babel import Locale

from tawatur import outlets
from tawatur.model import Outlet, OutletKind

DOCUMENT = Path(__file__).parents[1] / "docs" / "reference" / "outlets.md"
MARKED = re.compile(r"(<!-- countries -->\n).*?(<!-- /countries -->)", re.DOTALL)


def table(known: Sequence[Outlet]) -> str:
    """Return the table: a row for each country, those with most outlets first, then the sum."""
    arabic, english = Locale.parse("ar").territories, Locale.parse("en").territories
    codes = sorted({outlet.country for outlet in known})
    groups = [(code, [outlet for outlet in known if outlet.country == code]) for code in codes]
    groups.sort(key=lambda group: (-len(group[1]), group[0]))
    rows = [_row(f"{arabic.get(code, code)} · {english.get(code, code)}", code, found) for code, found in groups]
    head = "| country | code | outlets | agencies | papers | broadcasters | sites | with a feed | feeds |"
    return "\n".join((head, "|---|---|" + "--:|" * 7, *rows, _row("**all**", "", known), ""))


def _row(name: str, code: str, found: Sequence[Outlet]) -> str:
    kinds = [
        sum(one.kind is kind for one in found)
        for kind in (OutletKind.AGENCY, OutletKind.PAPER, OutletKind.BROADCASTER, OutletKind.SITE)
    ]
    numbers = (len(found), *kinds, sum(bool(one.feeds) for one in found), sum(len(one.feeds) for one in found))
    return f"| {name} | {code} | " + " | ".join(map(str, numbers)) + " |"


def renewed(text: str) -> str:
    """Return the document with its table as it must be."""
    return MARKED.sub(lambda found: found[1] + table(outlets.load().known) + found[2], text)


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
