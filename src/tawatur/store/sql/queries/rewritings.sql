-- What models made of the accounts of stories: see store/rewritings.py.

-- name: put_rewriting
-- Keep the rewriting of a story that there is, in place of an earlier one.
INSERT INTO rewritings (story, rewriting) SELECT id, :rewriting FROM stories WHERE id = :story
ON CONFLICT (story) DO UPDATE SET rewriting = excluded.rewriting;

-- name: rewriting
-- The rewriting of a story.
SELECT rewriting FROM rewritings WHERE story = :story;

-- name: drop_rewriting
-- Forget the rewriting of a story.
DELETE FROM rewritings WHERE story = :story;
