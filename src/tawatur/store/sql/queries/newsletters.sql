-- Newsletters and their issues: see store/newsletters.py.

-- name: put_newsletter
-- Keep a newsletter, in the place of the one with its id.
INSERT INTO newsletters (id, owner, made, newsletter, due, wake) VALUES (:id, :owner, :made, :newsletter, :due, :due)
ON CONFLICT (id) DO UPDATE SET newsletter = excluded.newsletter, due = excluded.due, wake = excluded.wake;

-- name: newsletter
-- One newsletter.
SELECT id, newsletter, due, slot, told, issues FROM newsletters WHERE id = :id;

-- name: newsletters_of
-- The newsletters of a reader, the first made first.
SELECT id, newsletter, due, slot, told, issues FROM newsletters WHERE owner = :owner ORDER BY made, id;

-- name: public_newsletters
-- The newsletters of the operator, the first made first.
SELECT id, newsletter, due, slot, told, issues FROM newsletters WHERE owner IS NULL ORDER BY made, id;

-- name: drop_newsletter
-- Forget a newsletter.
DELETE FROM newsletters WHERE id = :id;

-- name: due_newsletters
-- The newsletters that are to be looked at, the longest due first.
SELECT id, newsletter, due, slot, told, issues FROM newsletters WHERE wake <= :now ORDER BY wake, id LIMIT :limit;

-- name: lend_newsletter
-- Let nobody else have a newsletter until a time.
UPDATE newsletters SET wake = :until WHERE id = :id;

-- name: next_newsletter
-- When the next newsletter is to be looked at.
SELECT min(wake) AS wake FROM newsletters WHERE wake IS NOT NULL;

-- name: settle_newsletter
-- Note that a due time is settled without an issue, if it is still what is due, and the next one.
UPDATE newsletters SET slot = :slot, due = :due, wake = :due WHERE id = :id AND due = :settles;

-- name: settle_with_issue
-- Note that a due time is settled with an issue, if it is still what is due and no other issue has this number, and the next one.
UPDATE newsletters SET slot = :slot, due = :due, wake = :due, told = :told, issues = :number
WHERE id = :id AND due = :settles AND issues = :number - 1;

-- name: note_issue
-- Note that there is an issue that settles nothing, if no other one has this number.
UPDATE newsletters SET told = :told, issues = :number WHERE id = :id AND issues = :number - 1;

-- name: add_issue
-- Keep an issue.
INSERT INTO issues (id, newsletter, number, slot, made, leading, told, issue)
VALUES (:id, :newsletter, :number, :slot, :made, :leading, :told, :issue);

-- name: issue
-- One issue.
SELECT issue FROM issues WHERE id = :id;

-- name: issues
-- The issues of a newsletter, the last one first.
SELECT id, newsletter, number, slot, made, leading, told FROM issues
WHERE newsletter = :newsletter AND number < :before ORDER BY number DESC LIMIT :limit;

-- name: issues_whole
-- All issues of a newsletter, the first one first.
SELECT issue FROM issues WHERE newsletter = :newsletter ORDER BY number;

-- name: told_story
-- The reports that a story had when a newsletter told it.
SELECT reports FROM newsletter_told WHERE newsletter = :newsletter AND story = :story;

-- name: put_told_story
-- Note that a newsletter has told a story.
INSERT INTO newsletter_told (newsletter, story, at, reports) VALUES (:newsletter, :story, :at, :reports)
ON CONFLICT (newsletter, story) DO UPDATE SET at = excluded.at, reports = excluded.reports;

-- name: told_by
-- The stories that a newsletter has told since a time, the last told first.
SELECT story, at, reports FROM newsletter_told WHERE newsletter = :newsletter AND at >= :since ORDER BY at DESC, story;

-- name: forget_told
-- Forget what a newsletter told before a time.
DELETE FROM newsletter_told WHERE newsletter = :newsletter AND at < :before;
