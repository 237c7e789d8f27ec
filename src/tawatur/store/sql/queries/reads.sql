-- Queries of what readers have read: see store/reads.py.

-- name: story_news
-- When a story last told something new.
SELECT number, reports FROM story_news WHERE story = :story;

-- name: next_news
-- Count something new.
UPDATE news_numbers SET number = number + 1 RETURNING number;

-- name: put_news
-- Note that a story tells something new.
INSERT INTO story_news (story, began, number, reports) VALUES (:story, :number, :number, :reports)
ON CONFLICT (story) DO UPDATE SET number = excluded.number, reports = excluded.reports;

-- name: read_already
-- Whoever has read all of its reports, in a story that ended in this one or that this one was made of, has read it.
UPDATE reads SET number = :number WHERE story = :story AND NOT EXISTS (
    SELECT 1 FROM json_each(:reports) AS now WHERE now.value NOT IN (SELECT value FROM json_each(reads.reports)));

-- name: put_read
-- Note that a reader has read a story.
INSERT INTO reads (reader, story, at, number, reports, before)
VALUES (:reader, :story, :at, coalesce((SELECT number FROM story_news WHERE story = :story), -1), :reports, :before)
ON CONFLICT (reader, story) DO UPDATE SET at = excluded.at, number = excluded.number, reports = excluded.reports,
    before = excluded.before;

-- name: read
-- What a reader has read of a story.
SELECT story, at, reports, before FROM reads WHERE reader = :reader AND story = :story;

-- name: reads
-- What a reader has read, the last first.
SELECT story, at, reports, before FROM reads WHERE reader = :reader ORDER BY at DESC, story LIMIT :limit;

-- name: drop_read
-- Forget that a reader has read a story.
DELETE FROM reads WHERE reader = :reader AND story = :story;

-- name: drop_reads
-- Forget what a reader has read.
DELETE FROM reads WHERE reader = :reader;

-- name: drop_old_reads
-- Forget what a reader read long ago.
DELETE FROM reads WHERE reader = :reader AND at < :before;

-- name: put_all_read
-- Note that a reader calls all read that there is.
INSERT INTO all_read (reader, number, at) SELECT :reader, number, :at FROM news_numbers WHERE true
ON CONFLICT (reader) DO UPDATE SET number = excluded.number, at = excluded.at;

-- name: all_read
-- Up to where a reader has called all read.
SELECT number, at FROM all_read WHERE reader = :reader;

-- name: drop_all_read
-- Forget that a reader called all read.
DELETE FROM all_read WHERE reader = :reader;

-- name: read_states
-- Of some stories, what a reader has read of them, and when they last told something new.
SELECT value AS story, reads.number AS read, coalesce(story_news.began, 0) AS began, coalesce(story_news.number, 0) AS number
FROM json_each(:stories)
LEFT JOIN story_news ON story_news.story = value
LEFT JOIN reads ON reads.reader = :reader AND reads.story = value;
