-- By what stories are known again weeks later, so that those of one affair are found.

CREATE TABLE affairs (
    story     TEXT PRIMARY KEY REFERENCES stories (id),
    time      TEXT NOT NULL,            -- UTC: the day of the happening
    signature TEXT NOT NULL             -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE traits (
    key   TEXT NOT NULL,                -- of a name or word of the signature
    time  TEXT NOT NULL,                -- the story's
    story TEXT NOT NULL REFERENCES stories (id),
    PRIMARY KEY (key, time, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX traits_by_story ON traits (story);

-- "before" or "after" in the same affair, or "context": how the other story stands to this one.
ALTER TABLE related ADD COLUMN relation TEXT NOT NULL DEFAULT 'context';
