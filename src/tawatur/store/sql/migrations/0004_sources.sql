-- Reading for days: sources, how outlets publish, the queue of pages, what was done. Times as in the first migration.

CREATE TABLE sources (
    url     TEXT PRIMARY KEY,           -- its own address, even where it has moved
    outlet  TEXT NOT NULL,
    next_at TEXT NOT NULL,              -- when it is asked next; while it is lent, when the loan ends
    slow    INTEGER NOT NULL,
    state   TEXT NOT NULL               -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_due ON sources (slow, next_at);

CREATE TABLE outlet_states (
    outlet TEXT PRIMARY KEY,
    state  TEXT NOT NULL                -- JSON: its rhythm, and since when it is silent
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
    key      TEXT PRIMARY KEY,          -- its address without scheme, "www.", tracking words and the like
    url      TEXT NOT NULL,
    outlet   TEXT NOT NULL,
    found    TEXT NOT NULL,
    next_at  TEXT,                      -- when it is read next; while it is lent, when the loan ends; NULL: never again
    lent     INTEGER NOT NULL,          -- 1: a crawl is at it
    day      TEXT,                      -- of publication, as its source states it
    status   TEXT NOT NULL,
    whole    INTEGER NOT NULL,          -- 1: its source held the whole text
    tries    INTEGER NOT NULL,
    deaths   INTEGER NOT NULL,         -- how often the process died while the page was being read
    visits   INTEGER NOT NULL,
    etag     TEXT,
    modified TEXT,
    digest   TEXT NOT NULL,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_due ON pages (outlet, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX pages_lent ON pages (lent) WHERE lent = 1;
CREATE INDEX pages_next ON pages (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX pages_waiting ON pages (outlet, found) WHERE status = 'waiting';

-- All names of a page, its key included.
CREATE TABLE page_names (
    name TEXT PRIMARY KEY,
    page TEXT NOT NULL REFERENCES pages (key)
) STRICT, WITHOUT ROWID;

-- What was done, rolled up: "span" is 'hour' or 'day'.
CREATE TABLE tallies (
    span      TEXT NOT NULL,
    start     TEXT NOT NULL,
    outlet    TEXT NOT NULL,
    asked     INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    pages     INTEGER NOT NULL,
    articles  INTEGER NOT NULL,
    failed    INTEGER NOT NULL,
    bytes     INTEGER NOT NULL,
    seconds   REAL NOT NULL,
    PRIMARY KEY (span, start, outlet)
) STRICT, WITHOUT ROWID;

CREATE TABLE troubles (
    day    TEXT NOT NULL,
    outlet TEXT NOT NULL,
    reason TEXT NOT NULL,
    count  INTEGER NOT NULL,
    detail TEXT NOT NULL,               -- of the last one
    last   TEXT NOT NULL,
    PRIMARY KEY (day, outlet, reason)
) STRICT, WITHOUT ROWID;
