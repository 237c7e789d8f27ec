-- What a restored store holds back: see store/held.py.

-- name: hold_letters
-- Hold back the letters that wait: such a one has no time, and has not ended.
UPDATE outbox SET due = NULL WHERE due IS NOT NULL;

-- name: hold_newsletters
-- Hold back newsletters: such a one is due, and nobody looks at it.
UPDATE newsletters SET wake = NULL WHERE due IS NOT NULL;

-- name: end_dispatches
-- End the messages that wait.
UPDATE dispatches SET due = NULL, ended = :at, error = :error WHERE due IS NOT NULL;

-- name: end_alerts
-- End the alerts that wait.
UPDATE alerts SET due = NULL, ended = :at WHERE due IS NOT NULL;

-- name: end_sessions
-- End all sessions.
DELETE FROM sessions;

-- name: held
-- How much is held back.
SELECT (SELECT count(*) FROM outbox WHERE due IS NULL AND ended IS NULL) AS letters,
    (SELECT count(*) FROM newsletters WHERE due IS NOT NULL AND wake IS NULL) AS newsletters;

-- name: held_newsletters
-- The newsletters that are held back.
SELECT id, newsletter FROM newsletters WHERE due IS NOT NULL AND wake IS NULL ORDER BY id;

-- name: send_held_letters
-- Let the letters that are held back be due.
UPDATE outbox SET due = :at WHERE due IS NULL AND ended IS NULL;

-- name: end_held_letters
-- Give up the letters that are held back.
UPDATE outbox SET ended = :at, error = :error WHERE due IS NULL AND ended IS NULL;

-- name: wake_newsletters
-- Let the newsletters that are held back be due when they were.
UPDATE newsletters SET wake = due WHERE due IS NOT NULL AND wake IS NULL;

-- name: move_newsletter
-- Let a newsletter that is held back be due at another time.
UPDATE newsletters SET due = :due, wake = :due WHERE id = :id AND wake IS NULL;
