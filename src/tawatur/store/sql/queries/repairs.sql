-- Decisions taken again: see store/repairs.py.

-- name: standing
-- Why each report of a story stands there, oldest first.
SELECT reports.article, reports.story, joined, why FROM profiles JOIN reports USING (article)
WHERE profiles.story = :story AND newer IS NULL ORDER BY profiles.time, profiles.article;

-- name: carry_reports
-- Let a report and its older versions stand in another story.
UPDATE reports SET story = :target WHERE story = :origin AND article IN (
    SELECT :article UNION ALL SELECT article FROM profiles WHERE newer = :article);

-- name: carry_older
-- The same, of what grouping compares of the older versions.
UPDATE profiles SET story = :target WHERE story = :origin AND newer = :article;

-- name: carry_profile
-- The same, of what grouping compares of the report.
UPDATE profiles SET story = :target WHERE story = :origin AND article = :article AND newer IS NULL;

-- name: time_span
-- The times of the earliest and the latest of some articles.
SELECT min(time) AS time, max(time) AS reached FROM profiles WHERE article IN (SELECT value FROM json_each(:articles));

-- name: give_reason
-- Change why a report stands where it does.
UPDATE reports SET joined = :joined, score = :score, why = :why WHERE article = :article;

-- name: change_story
-- Note that reports have left a story, which may reach less far without them.
UPDATE stories SET stale = 1, reached = (SELECT max(time) FROM profiles WHERE story = :story AND newer IS NULL) WHERE id = :story;

-- name: end_story
-- Take a story that has no reports out of all lists.
UPDATE stories SET stale = 0, due = 0, day = NULL WHERE id = :story;

-- name: relate_instead
-- Let what was related to a story that has ended be related to another one.
UPDATE related SET other = :target WHERE other = :origin AND story <> :target
    AND NOT EXISTS (SELECT 1 FROM related AS known WHERE known.story = related.story AND known.other = :target);

-- name: relating_instead
-- The same in the other direction.
UPDATE related SET story = :target WHERE story = :origin AND other <> :target
    AND NOT EXISTS (SELECT 1 FROM related AS known WHERE known.story = :target AND known.other = related.other);

-- name: unrelate
-- Forget what is related to a story that has ended.
DELETE FROM related WHERE story = :story OR other = :story;

-- name: add_repair
-- Keep a repair.
INSERT INTO repairs (kind, origin, target, articles, why, at, before, correction, undoing)
VALUES (:kind, :origin, :target, :articles, :why, :at, :before, :correction, :undoing) RETURNING number;

-- name: repairs
-- The repairs of a story, on either side.
SELECT number, kind, origin, target, articles, why, at, before, correction, undoing FROM repairs WHERE origin = :story
UNION SELECT number, kind, origin, target, articles, why, at, before, correction, undoing FROM repairs WHERE target = :story ORDER BY number;

-- name: repairs_of
-- The repairs that belong to a correction.
SELECT number, kind, origin, target, articles, why, at, before, correction, undoing FROM repairs WHERE correction = :correction ORDER BY number;

-- name: titles
-- The titles that stories have, or had at last.
SELECT id, title FROM stories WHERE title IS NOT NULL AND id IN (SELECT value FROM json_each(:stories));

-- name: show_head
-- Keep a story's new head; it stays stale.
UPDATE stories SET title = :title, lead = :lead, first = :first, latest = :latest, day = :day,
    reports = :reports, outlets = :outlets, independent = :independent, invented = :invented
WHERE id = :id AND EXISTS (SELECT 1 FROM profiles WHERE story = :id AND newer IS NULL);

-- name: make_due
-- Note that a story is to be looked at again.
UPDATE stories SET due = 1 WHERE id IN (:origin, :target)
    AND EXISTS (SELECT 1 FROM profiles WHERE story = stories.id AND newer IS NULL);

-- name: due
-- The next stories that are to be looked at again.
SELECT id FROM stories WHERE due = 1 ORDER BY began, id LIMIT :limit;

-- name: looked_at
-- Note that a story was looked at again.
UPDATE stories SET due = 0 WHERE id = :story;

-- name: add_correction
-- Keep a correction.
INSERT INTO corrections (kind, who, note, at, together, apart) VALUES (:kind, :who, :note, :at, :together, :apart) RETURNING number;

-- name: undo_correction
-- Note that a correction is undone.
UPDATE corrections SET undone = :at, undone_by = :who WHERE number = :number;

-- name: correction
-- One correction.
SELECT number, kind, who, note, at, together, apart, undone, undone_by FROM corrections WHERE number = :number;

-- name: corrections
-- The corrections that are not undone.
SELECT number, kind, who, note, at, together, apart, undone, undone_by FROM corrections WHERE undone IS NULL ORDER BY number;

-- name: newest
-- The versions that stand for some articles now, where it is not they themselves.
SELECT article, newer FROM profiles WHERE newer IS NOT NULL AND article IN (SELECT value FROM json_each(:articles));
