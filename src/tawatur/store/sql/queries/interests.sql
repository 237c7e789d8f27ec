-- Queries of what readers care about: see store/interests.py.

-- name: choices
-- What a reader follows and mutes.
SELECT kind, key, name, stance, at FROM choices WHERE reader = :reader ORDER BY at, kind, key;

-- name: put_choice
-- Keep what a reader chose, in the place of what was chosen of it before; no more than so many of others.
INSERT INTO choices (reader, kind, key, name, stance, at)
SELECT :reader, :kind, :key, :name, :stance, :at
WHERE (SELECT count(*) FROM choices WHERE reader = :reader AND NOT (kind = :kind AND key = :key)) < :most
ON CONFLICT (reader, kind, key) DO UPDATE SET name = excluded.name, stance = excluded.stance, at = excluded.at;

-- name: drop_choice
-- Forget what a reader chose of a subject.
DELETE FROM choices WHERE reader = :reader AND kind = :kind AND key = :key;

-- name: lessons
-- What a reader did with stories, the latest first.
SELECT story, act, title, at, facets FROM lessons WHERE reader = :reader ORDER BY at DESC, story, act;

-- name: put_lesson
-- Keep an act, in the place of the same one with the same story.
INSERT INTO lessons (reader, story, act, title, at, facets) VALUES (:reader, :story, :act, :title, :at, :facets)
ON CONFLICT (reader, story, act) DO UPDATE SET title = excluded.title, at = excluded.at, facets = excluded.facets;

-- name: put_facets
-- Change what an act is about.
UPDATE lessons SET facets = :facets WHERE reader = :reader AND story = :story AND act = :act;

-- name: drop_lesson
-- Forget an act.
DELETE FROM lessons WHERE reader = :reader AND story = :story AND act = :act;

-- name: drop_lessons
-- Forget all acts of a reader.
DELETE FROM lessons WHERE reader = :reader;

-- name: drop_old_lessons
-- Forget the acts of a reader behind the latest ones.
DELETE FROM lessons WHERE reader = :reader AND (story, act) IN (
    SELECT story, act FROM lessons WHERE reader = :reader ORDER BY at DESC, story, act LIMIT -1 OFFSET :most);
