-- The first store. Times are ISO 8601 in UTC with microseconds, so that text order is time order.

CREATE TABLE documents (
    id        TEXT PRIMARY KEY,
    origin    TEXT NOT NULL,            -- file path with "#line", or the address it was read from
    kind      TEXT NOT NULL,
    url       TEXT,
    charset   TEXT,
    outlet    TEXT,
    published TEXT,                     -- the day given from outside
    collected TEXT NOT NULL,            -- wall clock
    content   BLOB NOT NULL             -- the bytes as read, zlib
) STRICT;

CREATE TABLE articles (
    id        TEXT PRIMARY KEY,
    document  TEXT NOT NULL REFERENCES documents (id),
    outlet    TEXT NOT NULL,
    url       TEXT,
    title     TEXT NOT NULL,
    published TEXT,
    collected TEXT NOT NULL,
    article   TEXT NOT NULL             -- JSON
) STRICT;
CREATE INDEX articles_by_outlet ON articles (outlet, published);
CREATE INDEX articles_by_reading ON articles (collected, published);
CREATE INDEX articles_by_document ON articles (document);

-- Which articles a kept document holds, those known from another document included.
CREATE TABLE sightings (
    document TEXT NOT NULL REFERENCES documents (id),
    position INTEGER NOT NULL,
    article  TEXT NOT NULL REFERENCES articles (id),
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected (
    origin   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    detail   TEXT NOT NULL,
    document TEXT REFERENCES documents (id),
    at       TEXT NOT NULL,             -- wall clock
    UNIQUE (origin, reason, detail)
) STRICT;
CREATE INDEX rejected_by_document ON rejected (document);

CREATE TABLE analyses (
    article  TEXT NOT NULL REFERENCES articles (id),
    version  TEXT NOT NULL,
    analysis TEXT NOT NULL,             -- JSON
    UNIQUE (article, version)
) STRICT;

CREATE TABLE stories (
    id          TEXT PRIMARY KEY,
    began       TEXT NOT NULL,          -- the time of the report that started it
    stale       INTEGER NOT NULL,       -- 1: the head behind this is older than the reports
    title       TEXT,
    lead        TEXT,
    first       TEXT,
    latest      TEXT,
    day         TEXT,                   -- of "latest"
    reports     INTEGER,
    outlets     TEXT,                   -- JSON list of keys
    independent INTEGER,
    invented    INTEGER
) STRICT;
CREATE INDEX stories_front ON stories (day DESC, independent DESC, latest DESC, id) WHERE day IS NOT NULL;
CREATE INDEX stories_stale ON stories (began, id) WHERE stale = 1;

CREATE TABLE profiles (
    article TEXT PRIMARY KEY REFERENCES articles (id),
    time    TEXT NOT NULL,              -- of publication; lent by the same reading, once it has a story; or the clock's
    clocked INTEGER NOT NULL,           -- 1: nothing but the reader's clock gives the time
    story   TEXT REFERENCES stories (id),
    profile TEXT NOT NULL               -- JSON
) STRICT;
CREATE INDEX profiles_by_story ON profiles (story, time, article) WHERE story IS NOT NULL;
CREATE INDEX profiles_pending ON profiles (clocked, iif(clocked, '', time), article) WHERE story IS NULL;
CREATE INDEX profiles_members ON profiles (time, article) WHERE story IS NOT NULL;

CREATE TABLE reports (
    article TEXT PRIMARY KEY REFERENCES articles (id),
    story   TEXT NOT NULL REFERENCES stories (id),
    joined  INTEGER NOT NULL,
    score   REAL NOT NULL,
    why     TEXT NOT NULL               -- JSON
) STRICT;
CREATE INDEX reports_by_story ON reports (story);

CREATE TABLE related (
    story TEXT NOT NULL REFERENCES stories (id),
    other TEXT NOT NULL REFERENCES stories (id),
    score REAL NOT NULL,
    why   TEXT NOT NULL,                -- JSON
    PRIMARY KEY (story, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX related_other ON related (other);

-- Outlets beside the packaged ones, so that pages know their names and which are invented.
CREATE TABLE outlets (
    key    TEXT PRIMARY KEY,
    outlet TEXT NOT NULL                -- JSON
) STRICT, WITHOUT ROWID;

-- The reading that is going on, or was stopped before its end: at most one row.
CREATE TABLE readings (
    began TEXT NOT NULL                 -- wall clock
) STRICT;

-- What was done once and for all.
CREATE TABLE marks (
    name TEXT PRIMARY KEY,
    at   TEXT NOT NULL                  -- wall clock
) STRICT, WITHOUT ROWID;
