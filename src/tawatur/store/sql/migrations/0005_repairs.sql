-- Decisions taken again, by the machine and by people. A story without reports has ended: its "day" is NULL, as before its first head.

CREATE TABLE corrections (
    number    INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    who       TEXT NOT NULL,            -- '' where no name was given
    note      TEXT NOT NULL,
    at        TEXT NOT NULL,            -- wall clock
    together  TEXT NOT NULL,            -- JSON: the articles that stand in one story
    apart     TEXT NOT NULL,            -- JSON: two lists of articles, none of one with one of the other
    undone    TEXT,                     -- wall clock
    undone_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX corrections_undone ON corrections (number) WHERE undone IS NOT NULL;

CREATE TABLE repairs (
    number     INTEGER PRIMARY KEY,     -- in the order in which they were made
    kind       TEXT NOT NULL,
    origin     TEXT NOT NULL REFERENCES stories (id),
    target     TEXT NOT NULL REFERENCES stories (id),
    articles   TEXT NOT NULL,           -- JSON: those that went
    why        TEXT NOT NULL,           -- JSON
    at         TEXT NOT NULL,           -- wall clock: of the machine's, the beginning of the reading
    before     TEXT NOT NULL,           -- JSON: the decisions whose reason was changed, as they were
    correction INTEGER REFERENCES corrections (number),
    undoing    INTEGER NOT NULL         -- 1: it takes its correction back
) STRICT;
CREATE INDEX repairs_by_origin ON repairs (origin);
CREATE INDEX repairs_by_target ON repairs (target);
CREATE INDEX repairs_by_correction ON repairs (correction) WHERE correction IS NOT NULL;

-- 1: a person has changed it, and the machine is to look at it again.
ALTER TABLE stories ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX stories_due ON stories (began, id) WHERE due = 1;

-- Older versions go along with the one that stands for them.
CREATE INDEX profiles_by_newer ON profiles (newer) WHERE newer IS NOT NULL;
