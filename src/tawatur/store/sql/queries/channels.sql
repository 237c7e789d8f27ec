-- Browsers, webhooks, and what is on its way to them: see store/channels.py.

-- name: put_browser
-- Keep a browser, in the place of the one with its id.
INSERT INTO browsers (id, reader, endpoint, p256dh, auth, agent, made, reached)
VALUES (:id, :reader, :endpoint, :p256dh, :auth, :agent, :made, :reached)
ON CONFLICT (id) DO UPDATE SET reader = excluded.reader, p256dh = excluded.p256dh, auth = excluded.auth, agent = excluded.agent,
    made = excluded.made, reached = excluded.reached;

-- name: browser
-- One browser.
SELECT id, reader, endpoint, p256dh, auth, agent, made, reached FROM browsers WHERE id = :id;

-- name: browsers
-- The browsers of a reader.
SELECT id, reader, endpoint, p256dh, auth, agent, made, reached FROM browsers WHERE reader = :reader ORDER BY made, id;

-- name: drop_browser
-- Forget a browser.
DELETE FROM browsers WHERE id = :id;

-- name: reach_browser
-- Note that a message was taken for a browser.
UPDATE browsers SET reached = :at WHERE id = :id;

-- name: put_webhook
-- Keep a webhook, in the place of the one with its id.
INSERT INTO webhooks (id, reader, url, made, edition, reached, failing, disabled, reason)
VALUES (:id, :reader, :url, :made, :edition, :reached, :failing, :disabled, :reason)
ON CONFLICT (id) DO UPDATE SET url = excluded.url, edition = excluded.edition, reached = excluded.reached,
    failing = excluded.failing, disabled = excluded.disabled, reason = excluded.reason;

-- name: webhook
-- One webhook.
SELECT id, reader, url, made, edition, reached, failing, disabled, reason FROM webhooks WHERE id = :id;

-- name: webhooks
-- The webhooks of a reader.
SELECT id, reader, url, made, edition, reached, failing, disabled, reason FROM webhooks WHERE reader = :reader ORDER BY made, id;

-- name: drop_webhook
-- Forget a webhook.
DELETE FROM webhooks WHERE id = :id;

-- name: drop_dispatches
-- Forget what was and is on its way to a target.
DELETE FROM dispatches WHERE target = :target;

-- name: put_dispatch
-- Keep what is to be sent, unless it is known.
INSERT INTO dispatches (id, reader, issue, channel, target, made, due, tries, status, error, ended)
VALUES (:id, :reader, :issue, :channel, :target, :made, :due, :tries, :status, :error, :ended) ON CONFLICT (id) DO NOTHING;

-- name: due_dispatches
-- What is due, the longest due first.
SELECT id, reader, issue, channel, target, made, due, tries, status, error, ended FROM dispatches
WHERE due <= :now ORDER BY due, id LIMIT :limit;

-- name: lend_dispatch
-- Let nobody else have something until a time.
UPDATE dispatches SET due = :until WHERE id = :id;

-- name: next_dispatch
-- When the next is due.
SELECT min(due) AS due FROM dispatches WHERE due IS NOT NULL;

-- name: note_dispatch
-- Note what came of a try.
UPDATE dispatches SET due = :again, tries = tries + 1, status = :status, error = :error, ended = :ended WHERE id = :id;

-- name: dispatches
-- What was and is on its way to a target of a reader, the last made first.
SELECT id, reader, issue, channel, target, made, due, tries, status, error, ended FROM dispatches
WHERE target = :target AND reader = :reader ORDER BY made DESC, id LIMIT :limit;

-- name: tidy_dispatches
-- Forget what ended before a time.
DELETE FROM dispatches WHERE ended < :before;
