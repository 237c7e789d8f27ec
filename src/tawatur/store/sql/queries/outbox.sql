-- Letters that wait to be sent: see store/outbox.py.

-- name: put_letter
-- Put a letter into the outbox, unless it is to be sent only once and stands there.
INSERT INTO outbox (kind, email, email_key, language, reader, fields, once, bulk, made, due)
VALUES (:kind, :email, :email_key, :language, :reader, :fields, :once, :bulk, :at, :at) ON CONFLICT (once) DO NOTHING;

-- name: due_letters
-- The letters that are due, bulk last and the oldest first.
SELECT number, kind, email, language, reader, fields, once, bulk, made, tries, error, holder, handing, doubts, paced, due FROM outbox
WHERE due <= :now ORDER BY bulk, due, number LIMIT :limit;

-- name: lend_letter
-- Lend a letter until a time, unless somebody else was faster. One that was being handed over is in doubt.
UPDATE outbox SET due = :until, holder = :holder, handing = NULL,
    doubts = CASE WHEN handing IS NULL THEN doubts ELSE doubts + 1 END
WHERE number = :number AND due = :due;

-- name: begin_letter
-- Note that a letter is about to be handed over, where its holder still has it.
UPDATE outbox SET handing = :at, due = :until, paced = 0 WHERE number = :number AND holder = :holder AND due IS NOT NULL;

-- name: letter_done
-- Note that a letter was sent.
UPDATE outbox SET due = NULL, ended = :at, error = '', handing = NULL WHERE number = :number AND ended IS NULL;

-- name: letter_failed
-- Note that a letter could not be sent, where its holder still has it.
UPDATE outbox SET due = :again, tries = tries + 1, error = :error, ended = :ended, handing = NULL, doubts = doubts + :doubts
WHERE number = :number AND holder = :holder AND ended IS NULL;

-- name: put_off_letter
-- Give a letter back unsent, where its holder still has it.
UPDATE outbox SET due = :until, handing = NULL, paced = :paced, error = CASE WHEN :error = '' THEN error ELSE :error END
WHERE number = :number AND holder = :holder AND due IS NOT NULL;

-- name: doubtful_letters
-- The letters with a hand-over that nobody saw the end of.
SELECT number, kind, email, language, reader, fields, once, bulk, made, tries, error, holder, handing, doubts, paced FROM outbox WHERE doubts > 0 ORDER BY number;

-- name: letter_numbered
-- One letter.
SELECT number, kind, email, language, reader, fields, once, bulk, made, tries, error, holder, handing, doubts, paced FROM outbox WHERE number = :number;

-- name: waiting_letters
-- The letters that are still to be sent, oldest first.
SELECT number, kind, email, language, reader, fields, once, bulk, made, tries, error, holder, handing, doubts, paced FROM outbox
WHERE due IS NOT NULL ORDER BY number;

-- name: waiting_letters_to
-- The letters that are still to be sent to an address, oldest first.
SELECT number, kind, email, language, reader, fields, once, bulk, made, tries, error, holder, handing, doubts, paced FROM outbox
WHERE email_key = :email_key AND due IS NOT NULL ORDER BY number;

-- name: letters_of
-- The letters that were put into the outbox for a reader.
SELECT kind, email, made, ended AS sent FROM outbox WHERE reader = :reader ORDER BY number;

-- name: tidy_letters
-- Forget letters that were sent or given up before a time.
DELETE FROM outbox WHERE ended < :before;
