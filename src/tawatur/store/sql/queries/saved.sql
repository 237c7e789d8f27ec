-- What readers saved: see store/saved.py.

-- name: put_saved
-- Keep a saved thing, in place of the one with its id.
INSERT INTO saved (id, reader, kind, title, published, at, read, archived, saved)
VALUES (:id, :reader, :kind, :title, :published, :at, :read, :archived, :saved)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, published = excluded.published, at = excluded.at, read = excluded.read,
    archived = excluded.archived, saved = excluded.saved
RETURNING number;

-- name: add_clipping
-- Keep a clipping; one that is kept stays.
INSERT INTO clippings (id, content) VALUES (:id, :content) ON CONFLICT (id) DO NOTHING;

-- name: saved_clippings
-- What a saved thing names.
SELECT clipping FROM saved_clippings WHERE saved = :number;

-- name: add_saved_clipping
-- Let a saved thing name a clipping.
INSERT INTO saved_clippings (saved, clipping) VALUES (:number, :clipping) ON CONFLICT DO NOTHING;

-- name: drop_saved_clipping
-- Let a saved thing name a clipping no more.
DELETE FROM saved_clippings WHERE saved = :number AND clipping = :clipping;

-- name: clipping
-- One clipping.
SELECT content FROM clippings WHERE id = :id;

-- name: drop_saved_tags
-- Take all tags off a saved thing.
DELETE FROM saved_tags WHERE saved = :number;

-- name: add_saved_tag
-- Give a saved thing a tag.
INSERT INTO saved_tags (saved, tag) VALUES (:number, :tag) ON CONFLICT DO NOTHING;

-- name: drop_saved_words
-- Let a saved thing be found by nothing.
DELETE FROM saved_words WHERE rowid = :number;

-- name: add_saved_words
-- Let a saved thing be found.
INSERT INTO saved_words (rowid, reader, words) VALUES (:number, :holder, :words);

-- name: saved
-- One saved thing of a reader.
SELECT saved FROM saved WHERE id = :id AND reader = :reader;

-- name: saved_list
-- A reader's saved things, sorted.
SELECT saved FROM saved
WHERE reader = :reader
    AND (CAST(:archived AS bigint) IS NULL OR archived = :archived)
    AND (CAST(:read AS bigint) IS NULL OR read = :read)
    AND (CAST(:kind AS text) IS NULL OR kind = :kind)
    AND (:tag = '' OR EXISTS (SELECT 1 FROM saved_tags WHERE saved = number AND tag = :tag))
    AND (CAST(:words AS text) IS NULL OR number IN (SELECT rowid FROM saved_words WHERE saved_words MATCH :words))
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
    AND (:tag = '' OR EXISTS (SELECT 1 FROM saved_tags WHERE saved = number AND tag = :tag))
    AND (CAST(:words AS text) IS NULL OR number IN (SELECT rowid FROM saved_words WHERE saved_words MATCH :words));

-- name: saved_tags
-- A reader's tags.
SELECT tag, count(*) AS count FROM saved_tags JOIN saved ON number = saved_tags.saved WHERE reader = :reader
GROUP BY tag ORDER BY tag;

-- name: drop_saved
-- Forget a saved thing.
DELETE FROM saved WHERE id = :id AND reader = :reader;
