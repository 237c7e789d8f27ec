-- What saved things ask otherwise than of FTS5: see sql/queries/saved.sql.

-- name: add_saved_words
-- Let a saved thing be found.
INSERT INTO saved_words (rowid, reader, words, found) VALUES (:number, :holder, :words, CAST(:found AS tsvector));

-- name: saved_list
-- A reader's saved things, sorted.
SELECT saved FROM saved
WHERE reader = :reader
    AND (CAST(:archived AS bigint) IS NULL OR archived = :archived)
    AND (CAST(:read AS bigint) IS NULL OR read = :read)
    AND (CAST(:kind AS text) IS NULL OR kind = :kind)
    AND (:tag = '' OR EXISTS (SELECT 1 FROM saved_tags WHERE saved_tags.saved = number AND tag = :tag))
    AND (CAST(:words AS text) IS NULL OR number IN (
        SELECT saved_words.rowid FROM saved_words WHERE saved_words.reader = :reader AND found @@ CAST(:words AS tsquery)))
ORDER BY
    CASE :order WHEN 'newest' THEN at WHEN 'published' THEN coalesce(published, '') END DESC,
    CASE :order WHEN 'oldest' THEN at WHEN 'title' THEN title END,
    id
LIMIT :limit OFFSET :skip;

-- name: saved_count
-- How many of a reader's saved things there are.
SELECT count(*) AS count FROM saved
WHERE reader = :reader
    AND (CAST(:archived AS bigint) IS NULL OR archived = :archived)
    AND (CAST(:read AS bigint) IS NULL OR read = :read)
    AND (CAST(:kind AS text) IS NULL OR kind = :kind)
    AND (:tag = '' OR EXISTS (SELECT 1 FROM saved_tags WHERE saved_tags.saved = number AND tag = :tag))
    AND (CAST(:words AS text) IS NULL OR number IN (
        SELECT saved_words.rowid FROM saved_words WHERE saved_words.reader = :reader AND found @@ CAST(:words AS tsquery)));
