-- Letters that wait to be sent: see store/outbox.py.

-- name: put_letter
-- Put a letter into the outbox, unless it is to be sent only once and stands there.
INSERT INTO outbox (kind, email, email_key, language, reader, fields, once, made, due)
VALUES (:kind, :email, :email_key, :language, :reader, :fields, :once, :at, :at) ON CONFLICT (once) DO NOTHING;

-- name: due_letters
-- The letters that are due, oldest first.
SELECT number, kind, email, language, reader, fields, once, made, tries, error FROM outbox
WHERE due <= :now ORDER BY due, number LIMIT :limit;

-- name: lend_letter
-- Let nobody else have a letter until a time.
UPDATE outbox SET due = :until WHERE number = :number;

-- name: letter_done
-- Note that a letter was sent.
UPDATE outbox SET due = NULL, ended = :at, error = '' WHERE number = :number;

-- name: letter_failed
-- Note that a letter could not be sent.
UPDATE outbox SET due = :again, tries = tries + 1, error = :error, ended = :ended WHERE number = :number;

-- name: waiting_letters
-- The letters that are still to be sent, oldest first.
SELECT number, kind, email, language, reader, fields, once, made, tries, error FROM outbox
WHERE due IS NOT NULL ORDER BY number;

-- name: waiting_letters_to
-- The letters that are still to be sent to an address, oldest first.
SELECT number, kind, email, language, reader, fields, once, made, tries, error FROM outbox
WHERE email_key = :email_key AND due IS NOT NULL ORDER BY number;

-- name: letters_of
-- The letters that were put into the outbox for a reader.
SELECT kind, email, made, ended AS sent FROM outbox WHERE reader = :reader ORDER BY number;

-- name: tidy_letters
-- Forget letters that were sent or given up before a time.
DELETE FROM outbox WHERE ended < :before;
