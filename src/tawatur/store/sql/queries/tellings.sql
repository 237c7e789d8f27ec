-- Queries of what stories tell.

-- name: telling
-- What is kept of a story's telling.
SELECT telling FROM tellings WHERE story = :story;

-- name: put_telling
-- Keep what a story tells.
INSERT INTO tellings (story, telling) VALUES (:story, :telling) ON CONFLICT (story) DO UPDATE SET telling = excluded.telling;

-- name: drop_telling
-- Forget what a story told.
DELETE FROM tellings WHERE story = :story;
