"""The columns of the tables. Their names and types change with a new ``VERSION`` only; columns may be added behind the others.

Times are UTC in microseconds. ``start`` and ``end`` count characters of ``articles.text`` as a ``Span`` does: Unicode code points,
from 0, the end exclusive. ``docs/reference/tables.md`` says what each column holds.
"""

from __future__ import annotations

import pyarrow as pa

#: What readers of the tables can rely on: one more where a column goes, or means something else.
VERSION = 1


def _rows(**columns: pa.DataType) -> pa.ListType:
    """Return the type of a column that holds rows of its own."""
    return pa.list_(pa.struct(list(columns.items())))


def table(**columns: pa.DataType) -> pa.Schema:
    """Return a schema of columns in their order."""
    return pa.schema(list(columns.items()))


TEXT, TEXTS, FLAG, COUNT = pa.string(), pa.list_(pa.string()), pa.bool_(), pa.int32()
SHARE, NUMBER, DAY, TIME = pa.float32(), pa.float64(), pa.date32(), pa.timestamp("us", tz="UTC")
BYTES = pa.binary()
_SPANS = _rows(start=COUNT, end=COUNT)
_NAMES = _rows(name=TEXT, aliases=TEXTS, kind=TEXT, country=TEXT, spans=_SPANS)

#: The tables with their columns, in the order in which they are written.
SCHEMAS: dict[str, pa.Schema] = {
    "articles": table(
        id=TEXT,
        story=TEXT,
        outlet=TEXT,
        url=TEXT,
        origin=TEXT,
        title=TEXT,
        subtitle=TEXT,
        authors=TEXTS,
        section=TEXT,
        agency=TEXT,
        published=TIME,
        certainty=TEXT,
        day_only=FLAG,
        collected=TIME,
        text=TEXT,
        removed=_rows(text=TEXT, reason=TEXT),
        superseded_by=TEXT,
    ),
    "analyses": table(
        article=TEXT,
        version=TEXT,
        people=_rows(name=TEXT, aliases=TEXTS, roles=TEXTS, spans=_SPANS),
        organizations=_NAMES,
        places=_NAMES,
        dates=_rows(
            text=TEXT,
            value=TEXT,
            first=TEXT,
            last=TEXT,
            grain=TEXT,
            certainty=TEXT,
            doubts=TEXTS,
            start=COUNT,
            end=COUNT,
        ),
        figures=_rows(
            text=TEXT,
            value=NUMBER,
            upper=NUMBER,
            bound=TEXT,
            category=TEXT,
            unit=TEXT,
            code=TEXT,
            factor=NUMBER,
            counted=TEXT,
            place=TEXT,
            start=COUNT,
            end=COUNT,
        ),
    ),
    "claims": table(
        article=TEXT,
        number=COUNT,
        story=TEXT,
        outlet=TEXT,
        published=TIME,
        speaker=TEXT,
        via=TEXTS,
        kind=TEXT,
        claim=TEXT,
        negated=FLAG,
        cue=TEXT,
        text=TEXT,
        start=COUNT,
        end=COUNT,
    ),
    "stories": table(
        id=TEXT,
        title=TEXT,
        lead=TEXT,
        section=TEXT,
        day=DAY,
        day_certainty=TEXT,
        first=TIME,
        latest=TIME,
        reports=COUNT,
        outlets=TEXTS,
        independent=COUNT,
        first_report=TEXT,
        first_certainty=TEXT,
        account=_rows(
            text=TEXT,
            part=TEXT,
            short=FLAG,
            speaker=TEXT,
            article=TEXT,
            start=COUNT,
            end=COUNT,
            articles=TEXTS,
            independent=COUNT,
        ),
    ),
    "reports": table(
        story=TEXT,
        article=TEXT,
        number=COUNT,
        outlet=TEXT,
        published=TIME,
        joined=FLAG,
        reason=TEXT,
        score=SHARE,
        like=TEXT,
        terms=TEXTS,
        source=COUNT,
        leans_on=TEXT,
        leans_by=TEXT,
        leans_detail=TEXT,
        shared=SHARE,
        copy_of=TEXT,
        copy_basis=TEXT,
        taken=SHARE,
    ),
    "points": table(
        story=TEXT,
        point=COUNT,
        version=COUNT,
        wording=COUNT,
        kind=TEXT,
        standing=TEXT,
        difference=TEXT,
        value=TEXT,
        superseded=FLAG,
        article=TEXT,
        text=TEXT,
        start=COUNT,
        end=COUNT,
        direct=FLAG,
        speaker=TEXT,
        independent=COUNT,
        point_independent=COUNT,
    ),
    "rejected": table(origin=TEXT, reason=TEXT, detail=TEXT),
}
#: Their names.
TABLES = tuple(SCHEMAS)
#: By which columns rows stand in order in each file.
ORDER = {
    "articles": ("published", "id"),
    "analyses": ("article",),
    "claims": ("article", "number"),
    "stories": ("first", "id"),
    "reports": ("story", "number"),
    "points": ("story", "point", "version", "wording"),
    "rejected": ("origin", "reason", "detail"),
}
