-- What readers saved, with their own copies of the texts; and the keys by which programs and feed readers come in for them.

CREATE TABLE clippings (
    id      TEXT PRIMARY KEY,               -- made from the content: the same text is kept once
    content BLOB NOT NULL                   -- JSON, compressed
) STRICT, WITHOUT ROWID;

CREATE TABLE saved (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    reader    TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL,
    title     TEXT NOT NULL,
    published TEXT,
    at        TEXT NOT NULL,
    read      INTEGER NOT NULL,
    archived  INTEGER NOT NULL,
    saved     TEXT NOT NULL                 -- JSON
) STRICT;
CREATE INDEX saved_by_time ON saved (reader, archived, at);

CREATE TABLE saved_tags (
    saved INTEGER NOT NULL REFERENCES saved (number) ON DELETE CASCADE,
    tag   TEXT NOT NULL,
    PRIMARY KEY (saved, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_clippings (
    saved    INTEGER NOT NULL REFERENCES saved (number) ON DELETE CASCADE,
    clipping TEXT NOT NULL REFERENCES clippings (id),
    PRIMARY KEY (saved, clipping)
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_clippings_by_clipping ON saved_clippings (clipping);

-- Search keys of what was saved; the first column holds whose it is, so that a search costs by one reader's own things.
CREATE VIRTUAL TABLE saved_words USING fts5 (reader, words, tokenize = 'unicode61 remove_diacritics 0');

CREATE TRIGGER saved_ends AFTER DELETE ON saved BEGIN
    DELETE FROM saved_words WHERE rowid = OLD.number;
END;

CREATE TRIGGER clipping_ends AFTER DELETE ON saved_clippings
WHEN NOT EXISTS (SELECT 1 FROM saved_clippings WHERE clipping = OLD.clipping) BEGIN
    DELETE FROM clippings WHERE id = OLD.clipping;
END;

CREATE TABLE access_keys (
    hash   TEXT PRIMARY KEY,                -- of what its holder has; it is shown once and never kept
    id     TEXT NOT NULL UNIQUE,            -- by which its reader names it
    reader TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    scope  TEXT NOT NULL,                   -- "read", "write" or "feed"
    name   TEXT NOT NULL,                   -- as its reader calls it; of a feed the list that it is of
    made   TEXT NOT NULL,
    used   TEXT                             -- when last, to the hour
) STRICT, WITHOUT ROWID;
CREATE INDEX access_keys_by_reader ON access_keys (reader);
