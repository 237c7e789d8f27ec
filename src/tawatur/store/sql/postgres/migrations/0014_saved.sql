-- The words that saved things are found by, beside the table that SQLite has them in.
CREATE TABLE saved_words (
    rowid  INTEGER PRIMARY KEY,         -- of a row of saved
    reader TEXT NOT NULL,
    words  TEXT NOT NULL,               -- as they were given
    found  tsvector NOT NULL
);
CREATE INDEX saved_words_by_reader ON saved_words (reader);
CREATE INDEX saved_words_found ON saved_words USING gin (found);
