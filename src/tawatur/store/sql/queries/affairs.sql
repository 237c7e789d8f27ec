-- By what stories are known again: see store/affairs.py.

-- name: put_affair
-- Keep a story's signature.
INSERT INTO affairs (story, time, signature) VALUES (:story, :time, :signature);

-- name: add_trait
-- Keep that a story holds a trait.
INSERT INTO traits (key, time, story) VALUES (:key, :time, :story);

-- name: drop_affair
-- Forget a story's signature.
DELETE FROM affairs WHERE story = :story;

-- name: drop_traits
-- Forget which traits a story holds.
DELETE FROM traits WHERE story = :story;

-- name: signatures
-- The signatures of some stories.
SELECT story, signature FROM affairs WHERE story IN (SELECT value FROM json_each(:stories)) ORDER BY story;

-- name: held_before
-- The latest stories that hold a trait, up to a time.
SELECT time, story FROM traits WHERE key = :key AND time <= :at AND time >= :since
ORDER BY time DESC, story DESC LIMIT :most;

-- name: held_behind
-- The earliest stories that hold a trait, behind a time.
SELECT time, story FROM traits WHERE key = :key AND time > :at AND time <= :until
ORDER BY time, story LIMIT :most;
