-- Alerts: stories that came up, who watches, what was passed, what is to be told; browsers, webhooks, and what is on its way to them.

CREATE TABLE rises (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    story  TEXT NOT NULL UNIQUE,
    rise   TEXT NOT NULL                -- JSON: when each of its independent sources first told it
) STRICT;

CREATE TABLE watches (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    newsletter TEXT NOT NULL UNIQUE REFERENCES newsletters (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,           -- "breaking", "search", "affair"
    sources    INTEGER NOT NULL,
    seconds    INTEGER NOT NULL
) STRICT;
CREATE INDEX watches_by_threshold ON watches (kind, sources, seconds);

CREATE TABLE watched_affairs (
    story      TEXT NOT NULL,
    newsletter TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
    PRIMARY KEY (story, newsletter)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_affairs_by_newsletter ON watched_affairs (newsletter);

CREATE TABLE passings (
    story   TEXT NOT NULL,
    sources INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    passed  TEXT NOT NULL,              -- when its last source of these appeared
    at      TEXT NOT NULL,              -- when that was found
    PRIMARY KEY (story, sources, seconds)
) STRICT, WITHOUT ROWID;
CREATE INDEX passings_by_time ON passings (at);

-- By which reports thresholds were passed, in whatever story they stood then.
CREATE TABLE passing_reports (
    article TEXT NOT NULL,
    sources INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (article, sources, seconds)
) STRICT, WITHOUT ROWID;
CREATE INDEX passing_reports_by_time ON passing_reports (at);

CREATE TABLE alerts (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    newsletter TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
    story      TEXT NOT NULL,
    made       TEXT NOT NULL,
    due        TEXT,                    -- NULL: told, or not to be told
    issue      TEXT,                    -- by which it was told
    ended      TEXT,
    UNIQUE (newsletter, story)
) STRICT;
CREATE INDEX alerts_due ON alerts (due, newsletter) WHERE due IS NOT NULL;
CREATE INDEX alerts_of ON alerts (newsletter, due) WHERE due IS NOT NULL;
CREATE INDEX alerts_ended ON alerts (ended) WHERE ended IS NOT NULL;

-- When alerts were told to a reader.
CREATE TABLE alert_times (
    reader TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    at     TEXT NOT NULL,
    issue  TEXT NOT NULL,
    PRIMARY KEY (reader, at, issue)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_ceilings (
    reader  TEXT PRIMARY KEY REFERENCES readers (id) ON DELETE CASCADE,
    ceiling INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE browsers (
    id       TEXT PRIMARY KEY,
    reader   TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    endpoint TEXT NOT NULL,
    p256dh   TEXT NOT NULL,
    auth     TEXT NOT NULL,
    agent    TEXT NOT NULL,
    made     TEXT NOT NULL,
    reached  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX browsers_by_reader ON browsers (reader, made, id);

CREATE TABLE webhooks (
    id       TEXT PRIMARY KEY,
    reader   TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    url      TEXT NOT NULL,
    made     TEXT NOT NULL,
    edition  INTEGER NOT NULL,          -- of its secret
    reached  TEXT,
    failing  TEXT,                      -- since when nothing was taken
    disabled TEXT,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX webhooks_by_reader ON webhooks (reader, made, id);

CREATE TABLE dispatches (
    id      TEXT PRIMARY KEY,
    reader  TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    issue   TEXT NOT NULL,              -- '' of a test
    channel TEXT NOT NULL,
    target  TEXT NOT NULL,
    made    TEXT NOT NULL,
    due     TEXT,                       -- NULL: it has ended
    tries   INTEGER NOT NULL,
    status  INTEGER NOT NULL,
    error   TEXT NOT NULL,
    ended   TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX dispatches_due ON dispatches (due, id) WHERE due IS NOT NULL;
CREATE INDEX dispatches_by_target ON dispatches (target, made);
CREATE INDEX dispatches_by_reader ON dispatches (reader);
CREATE INDEX dispatches_ended ON dispatches (ended) WHERE ended IS NOT NULL;
