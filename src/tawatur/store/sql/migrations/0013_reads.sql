-- Which stories readers have read, and when each story last told something that makes it worth reading again.

-- Counts up with everything new in any story; it never goes back.
CREATE TABLE news_numbers (
    number INTEGER NOT NULL
) STRICT;
INSERT INTO news_numbers (number) VALUES (0);

-- A story that has no row has told nothing new since this table was made: its number is 0.
CREATE TABLE story_news (
    story   TEXT PRIMARY KEY REFERENCES stories (id),
    began   INTEGER NOT NULL,           -- its first number
    number  INTEGER NOT NULL,           -- its latest one
    reports TEXT NOT NULL               -- JSON: the reports that it had then
) STRICT, WITHOUT ROWID;

CREATE TABLE reads (
    reader  TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    story   TEXT NOT NULL REFERENCES stories (id),
    at      TEXT NOT NULL,
    number  INTEGER NOT NULL,           -- the story's when it was read; -1: it had none yet
    reports TEXT NOT NULL,              -- JSON: the reports that it had then
    before  TEXT NOT NULL,              -- JSON: the reports that had been read before that
    PRIMARY KEY (reader, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX reads_of_story ON reads (story);
CREATE INDEX reads_newest ON reads (reader, at DESC, story);

-- Up to which number a reader has called everything read.
CREATE TABLE all_read (
    reader TEXT PRIMARY KEY REFERENCES readers (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where a story ends in another one, or another one is made of its reports, those who read the reports have read them there too.
CREATE TRIGGER reads_follow AFTER INSERT ON repairs
WHEN NOT EXISTS (SELECT 1 FROM profiles WHERE story = NEW.origin AND newer IS NULL)
    OR NOT EXISTS (SELECT 1 FROM story_news WHERE story = NEW.target)
BEGIN
    INSERT INTO reads (reader, story, at, number, reports, before)
    SELECT reader, NEW.target, at, iif(EXISTS (SELECT 1 FROM story_news WHERE story = NEW.target), 0, -1), reports, before
    FROM reads WHERE story = NEW.origin AND EXISTS (
        SELECT 1 FROM json_each(reads.reports) AS seen JOIN json_each(NEW.articles) AS gone ON gone.value = seen.value)
    ON CONFLICT (reader, story) DO UPDATE SET at = max(reads.at, excluded.at), reports = (
        SELECT json_group_array(value) FROM (
            SELECT value FROM json_each(reads.reports) UNION SELECT value FROM json_each(excluded.reports)) AS seen);
END;
