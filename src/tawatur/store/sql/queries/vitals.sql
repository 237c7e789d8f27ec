-- How the store is: see store/vitals.py. Each queue is read off the index of what waits in it.

-- name: queue_pages
-- Pages that wait to be read for the first time.
SELECT count(*) AS waiting, min(found) AS oldest FROM pages WHERE status = 'waiting';

-- name: queue_articles
-- Articles that wait for their story, and when the first of them was read.
SELECT count(*) AS waiting, min(articles.collected) AS oldest FROM profiles JOIN articles ON articles.id = profiles.article
WHERE profiles.story IS NULL AND profiles.newer IS NULL;

-- name: queue_stories
-- Stories that are to be made anew.
SELECT count(*) AS waiting, NULL AS oldest FROM stories WHERE stale = 1;

-- name: queue_pictures
-- Pictures that are to be fetched.
SELECT count(*) AS waiting, min(next_at) AS oldest FROM pictures WHERE next_at <= :now;

-- name: queue_newsletters
-- Newsletters that are due.
SELECT count(*) AS waiting, min(wake) AS oldest FROM newsletters WHERE wake <= :now;

-- name: queue_letters
-- Letters that are still to be sent.
SELECT count(*) AS waiting, min(made) AS oldest FROM outbox WHERE due IS NOT NULL;

-- name: queue_alerts
-- Alerts that are to be told.
SELECT count(*) AS waiting, min(due) AS oldest FROM alerts WHERE due <= :now;

-- name: queue_dispatches
-- Alerts that are to be sent to browsers and webhooks.
SELECT count(*) AS waiting, min(due) AS oldest FROM dispatches WHERE due <= :now;

-- name: lags
-- When the last reports were published and read.
SELECT published, collected FROM articles WHERE collected >= :since AND published IS NOT NULL
ORDER BY collected DESC, published DESC LIMIT :limit;

-- name: origins
-- From where the documents of articles came.
SELECT articles.id AS article, documents.origin FROM articles JOIN documents ON documents.id = articles.document
WHERE articles.id IN (SELECT value FROM json_each(:articles));

-- name: origins_of_stories
-- From where the documents of stories' reports came, the latest first.
SELECT documents.origin, max(articles.collected) AS latest FROM reports JOIN articles ON articles.id = reports.article
JOIN documents ON documents.id = articles.document
WHERE reports.story IN (SELECT value FROM json_each(:stories)) GROUP BY documents.origin ORDER BY latest DESC LIMIT :limit;
