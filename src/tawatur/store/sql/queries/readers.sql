-- Readers, their sessions and what lets them in: see store/readers.py.

-- name: add_reader
-- Keep a new reader.
INSERT INTO readers (id, email, email_key, name, language, role, made, preferences, password, totp)
VALUES (:id, :email, :email_key, :name, :language, :role, :made, :preferences, :password, :totp);

-- name: put_reader
-- Keep what has changed of a reader.
UPDATE readers SET email = :email, email_key = :email_key, name = :name, language = :language, role = :role,
    preferences = :preferences
WHERE id = :id;

-- name: reader
-- One reader.
SELECT id, email, name, language, role, made, preferences FROM readers WHERE id = :reader;

-- name: reader_of_email
-- Who has an address.
SELECT id, email, name, language, role, made, preferences FROM readers WHERE email_key = :email_key;

-- name: readers
-- All readers, the first of them first.
SELECT id, email, name, language, role, made, preferences FROM readers ORDER BY made, id;

-- name: drop_reader
-- Forget a reader; the rows of every concern go with him.
DELETE FROM readers WHERE id = :reader;

-- name: credentials
-- What proves who a reader is.
SELECT password, totp FROM readers WHERE id = :reader;

-- name: put_credentials
-- Keep what proves who a reader is.
UPDATE readers SET password = :password, totp = :totp WHERE id = :reader;

-- name: use_step
-- Note that the code of a time step was used, unless one so late was.
UPDATE readers SET totp_step = :step WHERE id = :reader AND totp_step < :step;

-- name: drop_codes
-- Forget a reader's recovery codes.
DELETE FROM recovery_codes WHERE reader = :reader;

-- name: add_code
-- Keep a recovery code.
INSERT INTO recovery_codes (reader, hash) VALUES (:reader, :hash) ON CONFLICT DO NOTHING;

-- name: use_code
-- Use up a recovery code.
DELETE FROM recovery_codes WHERE reader = :reader AND hash = :hash;

-- name: codes_left
-- How many recovery codes a reader has left.
SELECT count(*) AS count FROM recovery_codes WHERE reader = :reader;

-- name: link_identity
-- Keep by what name an organisation knows a reader.
INSERT INTO identities (issuer, subject, reader) VALUES (:issuer, :subject, :reader) ON CONFLICT DO NOTHING;

-- name: reader_of_identity
-- Whom an organisation knows by a name.
SELECT id, email, name, language, role, made, preferences
FROM identities JOIN readers ON readers.id = identities.reader WHERE issuer = :issuer AND subject = :subject;

-- name: identities_of
-- By what names organisations know a reader.
SELECT issuer, subject FROM identities WHERE reader = :reader ORDER BY issuer, subject;

-- name: add_session
-- Keep a session.
INSERT INTO sessions (hash, reader, made, seen, expires, agent, network)
VALUES (:hash, :reader, :made, :seen, :expires, :agent, :network);

-- name: session
-- A session that has not expired, and whose it is.
SELECT hash, reader, sessions.made AS begun, seen, expires, agent, network,
    id, email, name, language, role, readers.made AS made, preferences
FROM sessions JOIN readers ON readers.id = sessions.reader WHERE hash = :hash AND expires > :now;

-- name: touch_session
-- Note that a session was used.
UPDATE sessions SET seen = :seen, expires = :expires WHERE hash = :hash;

-- name: sessions
-- A reader's sessions that have not expired, the last used first.
SELECT hash, reader, made AS begun, seen, expires, agent, network
FROM sessions WHERE reader = :reader AND expires > :now ORDER BY seen DESC, hash;

-- name: drop_session
-- End a session.
DELETE FROM sessions WHERE hash = :hash;

-- name: drop_sessions
-- End all sessions of a reader but one.
DELETE FROM sessions WHERE reader = :reader AND hash <> :but;

-- name: add_token
-- Keep what stands behind a link.
INSERT INTO tokens (hash, purpose, email, email_key, expires, reader, fields)
VALUES (:hash, :purpose, :email, :email_key, :expires, :reader, :fields);

-- name: token
-- What stands behind a link that can still be used.
SELECT hash, purpose, email, expires, reader, fields FROM tokens
WHERE hash = :hash AND purpose = :purpose AND expires > :now;

-- name: tokens
-- What stands behind all links of a purpose that can still be used. Links that have expired are forgotten, so that there are few.
SELECT hash, purpose, email, expires, reader, fields FROM tokens
WHERE purpose = :purpose AND expires > :now ORDER BY expires DESC, hash;

-- name: drop_tokens
-- Use up the links of a purpose for an address.
DELETE FROM tokens WHERE email_key = :email_key AND purpose = :purpose;

-- name: failures
-- How often something failed.
SELECT count, last FROM failures WHERE key = :key;

-- name: add_failure
-- Count a failure, from one again where the last was long ago.
INSERT INTO failures (key, count, last) VALUES (:key, 1, :at)
ON CONFLICT (key) DO UPDATE SET count = iif(failures.last < :since, 1, failures.count + 1), last = :at;

-- name: clear_failures
-- Forget the failures of something.
DELETE FROM failures WHERE key = :key;

-- name: add_secret
-- Keep a secret, where there is none of its name.
INSERT INTO secrets (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING;

-- name: secret
-- A secret.
SELECT value FROM secrets WHERE name = :name;

-- name: tidy_sessions
-- Forget sessions that have expired.
DELETE FROM sessions WHERE expires <= :now;

-- name: tidy_tokens
-- Forget links that have expired.
DELETE FROM tokens WHERE expires <= :now;

-- name: tidy_failures
-- Forget old failures.
DELETE FROM failures WHERE last < :since;
