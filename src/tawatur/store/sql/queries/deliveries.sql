-- What became of letters behind the relay: see store/deliveries.py.

-- name: add_bounce
-- Keep what came back; of one letter to one address the first.
INSERT INTO bounces (email_key, letter, email, at, hard, code, detail, reader)
VALUES (:email_key, :letter, :email, :at, :hard, :code, :detail, :reader) ON CONFLICT (email_key, letter) DO NOTHING;

-- name: bounces_of
-- What came back from an address, the oldest first.
SELECT email, letter, at, hard, code, detail, reader FROM bounces WHERE email_key = :email_key ORDER BY at, letter;

-- name: forget_bounces
-- Forget what came back from an address.
DELETE FROM bounces WHERE email_key = :email_key;

-- name: suspend
-- Send no newsletter to an address any more.
INSERT INTO suspended (email_key, email, since, hard, code, detail, reader)
VALUES (:email_key, :email, :since, :hard, :code, :detail, :reader) ON CONFLICT (email_key) DO NOTHING;

-- name: suspension_of
-- Why no newsletter is sent to an address.
SELECT email, since, hard, code, detail, reader FROM suspended WHERE email_key = :email_key;

-- name: suspensions
-- The addresses to which no newsletter is sent, the latest first.
SELECT email, since, hard, code, detail, reader FROM suspended ORDER BY since DESC, email_key LIMIT :limit;

-- name: lift_suspension
-- Send newsletters to an address again.
DELETE FROM suspended WHERE email_key = :email_key;

-- name: bounces_of_reader
-- What came back of a reader's letters.
SELECT email, at, code, detail FROM bounces WHERE reader = :reader ORDER BY at, letter;

-- name: take_slot
-- Take the next place in a host's pace.
INSERT INTO mail_hosts (host, next) VALUES (:host, CAST(:now AS bigint) + :every)
ON CONFLICT (host) DO UPDATE SET next = CASE WHEN mail_hosts.next > :now THEN mail_hosts.next ELSE :now END + :every;

-- name: slot_behind
-- The place in a host's pace that nobody has taken yet.
SELECT next FROM mail_hosts WHERE host = :host;

-- name: tidy_bounces
-- Forget what came back before a time.
DELETE FROM bounces WHERE at < :before;

-- name: tidy_hosts
-- Forget hosts that nothing was sent to since a time.
DELETE FROM mail_hosts WHERE next < :before;
