-- Keys of programs and feed readers: see store/keys.py.

-- name: add_key
-- Keep a key, in place of the one with its id.
INSERT INTO access_keys (id, hash, reader, scope, name, made, used)
VALUES (:id, :hash, :reader, :scope, :name, :made, :used)
ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, scope = excluded.scope, name = excluded.name, made = excluded.made,
    used = excluded.used;

-- name: key
-- A key by its hash.
SELECT id, hash, reader, scope, name, made, used FROM access_keys WHERE hash = :hash;

-- name: touch_key
-- Note that a key was used.
UPDATE access_keys SET used = :used WHERE hash = :hash;

-- name: keys
-- A reader's keys.
SELECT id, hash, reader, scope, name, made, used FROM access_keys WHERE reader = :reader ORDER BY made DESC, id;

-- name: drop_key
-- Forget a key.
DELETE FROM access_keys WHERE id = :id AND reader = :reader;
