-- Newsletters: what was chosen, when each is due, its issues, and what each has told.

CREATE TABLE newsletters (
    id         TEXT PRIMARY KEY,
    owner      TEXT REFERENCES readers (id) ON DELETE CASCADE,  -- NULL: a public one
    made       TEXT NOT NULL,
    newsletter TEXT NOT NULL,           -- JSON
    due        TEXT,                    -- NULL: paused, or at no set times
    wake       TEXT,                    -- when it is to be looked at: "due", or the end of a lease
    slot       TEXT,                    -- the last due time that was settled
    told       TEXT,                    -- until when the last issue told
    issues     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX newsletters_by_owner ON newsletters (owner, made, id);
CREATE INDEX newsletters_by_wake ON newsletters (wake, id) WHERE wake IS NOT NULL;

CREATE TABLE issues (
    id         TEXT PRIMARY KEY,
    newsletter TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    slot       TEXT,                    -- the due time that it stands for; NULL: it was asked for, or sent at once
    made       TEXT NOT NULL,
    leading    TEXT NOT NULL,           -- the headline of what it tells first
    told       INTEGER NOT NULL,        -- how many things it tells
    issue      BLOB NOT NULL,           -- zlib of JSON
    UNIQUE (newsletter, number)
) STRICT;

CREATE TABLE newsletter_told (
    newsletter TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
    story      TEXT NOT NULL,
    at         TEXT NOT NULL,
    reports    TEXT NOT NULL,           -- JSON: all that it had when it was told, however often
    PRIMARY KEY (newsletter, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX newsletter_told_by_time ON newsletter_told (newsletter, at);
