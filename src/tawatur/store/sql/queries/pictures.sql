-- Queries of the pictures of reports: see store/pictures.py.

-- name: add_picture
-- Keep a picture that a report names; one that is known waits for a fetch if it waits for none yet, and it was never tried.
INSERT INTO pictures (id, address, outlet, found, state, next_at, tries, reason, detail, width, height, likeness)
VALUES (:id, :address, :outlet, :found, :state, :next_at, :tries, :reason, :detail, :width, :height, :likeness)
ON CONFLICT (id) DO UPDATE SET next_at = excluded.next_at, found = excluded.found
WHERE pictures.state = 'waiting' AND pictures.next_at IS NULL;

-- name: put_picture
-- Keep the new state of a picture, which ends its loan.
UPDATE pictures SET state = :state, next_at = :next_at, tries = :tries, reason = :reason, detail = :detail, width = :width,
    height = :height, likeness = :likeness
WHERE id = :id;

-- name: picture_of_article
-- Note which picture a report names.
INSERT INTO article_pictures (article, picture) VALUES (:article, :picture) ON CONFLICT (article) DO NOTHING;

-- name: picture
-- One picture.
SELECT id, address, outlet, found, state, next_at, tries, reason, detail, width, height, likeness
FROM pictures WHERE id = :id;

-- name: picture_named_by
-- The picture that an article names.
SELECT id, address, outlet, found, state, next_at, tries, reason, detail, width, height, likeness
FROM article_pictures JOIN pictures ON pictures.id = article_pictures.picture WHERE article_pictures.article = :article;

-- name: pictures_of_story
-- The kept pictures of a story's reports.
SELECT reports.article, id, address, outlet, found, state, next_at, tries, reason, detail, width, height, likeness
FROM reports JOIN article_pictures ON article_pictures.article = reports.article
JOIN pictures ON pictures.id = article_pictures.picture
WHERE reports.story = :story AND state = 'kept';

-- name: stories_with_picture
-- Some of the stories in which a picture stands.
SELECT DISTINCT reports.story FROM article_pictures JOIN reports ON reports.article = article_pictures.article
WHERE article_pictures.picture = :id LIMIT :most;

-- name: outlet_with_picture_behind
-- The next outlet that has a picture to be fetched, at whatever time; read off the index pictures_due.
SELECT outlet FROM pictures WHERE next_at IS NOT NULL AND outlet > :outlet ORDER BY outlet LIMIT 1;

-- name: due_picture
-- The latest picture of an outlet that is due, unless it was found too long ago.
SELECT id, address, outlet, found, state, next_at, tries, reason, detail, width, height, likeness
FROM pictures WHERE outlet = :outlet AND next_at <= :now AND found >= :since ORDER BY next_at DESC, id LIMIT 1;

-- name: lend_picture
-- Let nobody else have a picture until a time.
UPDATE pictures SET next_at = :until, tries = tries + 1 WHERE id = :id;

-- name: next_picture
-- When the next picture falls due.
SELECT min(next_at) AS due FROM pictures WHERE next_at IS NOT NULL AND found >= :since;

-- name: lapse_pictures
-- Fetch no picture any more that was found before a time.
UPDATE pictures SET next_at = NULL WHERE next_at IS NOT NULL AND found < :before;

-- name: glance_of
-- What lists say of a story.
SELECT glance FROM headlines WHERE story = :story;

-- name: put_glance
-- Keep what lists say of a story anew.
UPDATE headlines SET glance = :glance WHERE story = :story;

-- name: count_pictures
-- How many pictures there are in each state.
SELECT state, count(*) AS pictures FROM pictures GROUP BY state ORDER BY state;
