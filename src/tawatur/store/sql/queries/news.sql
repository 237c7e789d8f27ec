-- The queries of reading, grouping and telling. "name:" opens one; the line behind it says what it is for.

-- name: known_document
-- A row where the document is kept.
SELECT 1 FROM documents WHERE id = :document;

-- name: sightings
-- The articles of a document, in document order.
SELECT article FROM sightings WHERE document = :document ORDER BY position;

-- name: rejected_of_document
-- What was rejected in a document.
SELECT origin, reason, detail FROM rejected WHERE document = :document ORDER BY rowid;

-- name: add_document
-- Keep a document.
INSERT INTO documents (id, origin, kind, url, charset, outlet, published, collected, content)
VALUES (:id, :origin, :kind, :url, :charset, :outlet, :published, :collected, :content);

-- name: known_article
-- A row where the article is kept.
SELECT 1 FROM articles WHERE id = :article;

-- name: add_article
-- Keep an article.
INSERT INTO articles (id, document, outlet, url, title, published, collected, article)
VALUES (:id, :document, :outlet, :url, :title, :published, :collected, :article);

-- name: add_sighting
-- Note that a document holds an article.
INSERT INTO sightings (document, article, position) VALUES (:document, :article, :position);

-- name: add_analysis
-- Keep an analysis beside the older ones.
INSERT INTO analyses (article, version, analysis) VALUES (:article, :version, :analysis);

-- name: add_profile
-- Keep what grouping compares; without a story it is pending.
INSERT INTO profiles (article, time, clocked, story, profile) VALUES (:article, :time, :clocked, NULL, :profile);

-- name: add_rejected
-- Keep a rejection; the same one is kept once.
INSERT INTO rejected (origin, reason, detail, document, at) VALUES (:origin, :reason, :detail, :document, :at)
ON CONFLICT (origin, reason, detail) DO UPDATE SET document = coalesce(excluded.document, rejected.document);

-- name: unfinished
-- When the reading began that was stopped before its end.
SELECT began FROM readings;

-- name: begin
-- Note that a reading has begun.
INSERT INTO readings (began) VALUES (:began);

-- name: finish
-- Note that no reading is going on.
DELETE FROM readings;

-- name: pending
-- The next profiles without a story, in the order in which they are grouped, with the time that their reading lends them.
SELECT profile, iif(clocked, coalesce((
    SELECT published FROM articles WHERE published IS NOT NULL
        AND collected = (SELECT collected FROM articles WHERE id = profiles.article)
    ORDER BY published DESC LIMIT 1), time), time) AS time
FROM profiles WHERE story IS NULL AND newer IS NULL
ORDER BY clocked, iif(clocked, '', time), article LIMIT :limit;

-- name: recall
-- The placed profiles of a time range.
SELECT story, time, profile FROM profiles WHERE story IS NOT NULL AND newer IS NULL AND time >= :start AND time < :end ORDER BY time, article;

-- name: placed_span
-- When the first and the last placed article appeared.
SELECT (SELECT min(time) FROM profiles WHERE story IS NOT NULL) AS first, (SELECT max(time) FROM profiles WHERE story IS NOT NULL) AS last;

-- name: members
-- The profiles of a story.
SELECT story, time, profile FROM profiles WHERE story = :story AND newer IS NULL ORDER BY time, article;

-- name: open_story
-- Make a story that reaches from one time to another, or let it reach as far, and make it stale.
INSERT INTO stories (id, began, reached, stale) VALUES (:story, :time, :reached, 1) ON CONFLICT (id) DO UPDATE SET stale = 1,
    reached = CASE WHEN excluded.reached > stories.reached THEN excluded.reached ELSE stories.reached END;

-- name: place_profile
-- Put a pending profile into a story, with what was noted of it on the way; up to then nothing was.
UPDATE profiles SET story = :story, time = :time, profile = replace(profile, '"fresh":[]', '"fresh":' || :fresh)
WHERE article = :article AND story IS NULL;

-- name: add_report
-- Put an article into a story, with the reason.
INSERT INTO reports (article, story, joined, score, why) VALUES (:article, :story, :joined, :score, :why);

-- name: placed
-- A number that grows with every report that is placed, every repair and every correction that is made or undone.
SELECT (SELECT coalesce(max(rowid), 0) FROM reports) + (SELECT coalesce(max(number), 0) FROM repairs)
    + (SELECT coalesce(max(number), 0) FROM corrections)
    + (SELECT count(*) FROM corrections WHERE undone IS NOT NULL) AS placed;

-- name: stale
-- The next stories whose head is to be made anew.
SELECT id FROM stories WHERE stale = 1 ORDER BY reached, id LIMIT :limit;

-- name: outdated
-- Some stories that were composed otherwise, told from both sides so that the index finds them.
SELECT id FROM stories WHERE day IS NOT NULL AND composition < :composition
UNION ALL SELECT id FROM stories WHERE day IS NOT NULL AND composition > :composition LIMIT :limit;

-- name: put_head
-- Keep a story's new head.
UPDATE stories SET stale = 0, composition = :composition, title = :title, lead = :lead, first = :first, latest = :latest, day = :day,
    reports = :reports, outlets = :outlets, independent = :independent, invented = :invented
WHERE id = :id;

-- name: drop_related
-- Forget what a story was found to be related to.
DELETE FROM related WHERE story = :story;

-- name: add_related
-- Keep that a story is related to another.
INSERT INTO related (story, other, score, why, relation) VALUES (:story, :other, :score, :why, :relation);

-- name: add_outlet
-- Keep an outlet, replacing what was known under its key.
INSERT INTO outlets (key, outlet) VALUES (:key, :outlet) ON CONFLICT (key) DO UPDATE SET outlet = excluded.outlet;

-- name: outlets
-- The kept outlets.
SELECT outlet FROM outlets ORDER BY key;

-- name: add_mark
-- Note that something was done.
INSERT INTO marks (name, at) VALUES (:name, :at) ON CONFLICT (name) DO NOTHING;

-- name: mark
-- A row where it was noted.
SELECT 1 FROM marks WHERE name = :name;

-- name: front
-- The first stories of the front page; read off the index stories_front.
SELECT id, title, lead, first, latest, reports, outlets, independent, invented FROM stories WHERE day IS NOT NULL
ORDER BY day DESC, independent DESC, latest DESC, id LIMIT :limit;

-- name: front_behind
-- The stories of the front page that stand behind a given one.
SELECT id, title, lead, first, latest, reports, outlets, independent, invented FROM stories
WHERE day IS NOT NULL AND day <= :day AND (
    day < :day OR independent < :independent OR (independent = :independent AND (
        latest < :latest OR (latest = :latest AND id > :id))))
ORDER BY day DESC, independent DESC, latest DESC, id LIMIT :limit;

-- name: head
-- One story's head.
SELECT id, title, lead, first, latest, reports, outlets, independent, invented FROM stories
WHERE id = :story AND day IS NOT NULL;

-- name: reports
-- A story's reports with their newest analysis, oldest first.
SELECT articles.article, analyses.analysis, reports.why FROM reports
JOIN profiles USING (article)
JOIN articles ON articles.id = reports.article
JOIN analyses ON analyses.rowid = (SELECT max(rowid) FROM analyses AS a WHERE a.article = reports.article)
WHERE reports.story = :story AND profiles.newer IS NULL ORDER BY profiles.time, reports.article;

-- name: related
-- The stories a story is related to, in either direction.
SELECT other, score, why, relation, 0 AS back FROM related WHERE story = :story
UNION ALL SELECT story, score, why, relation, 1 FROM related WHERE other = :story;

-- name: article
-- One article.
SELECT article FROM articles WHERE id = :article;

-- name: analysis
-- An article's newest analysis.
SELECT analysis FROM analyses WHERE article = :article ORDER BY rowid DESC LIMIT 1;

-- name: story_of
-- The story that an article stands in, or the newer version that stands for it.
SELECT story FROM reports WHERE article IN (:article, (SELECT newer FROM profiles WHERE article = :article)) LIMIT 1;

-- name: newer
-- The version that stands for an article.
SELECT newer FROM profiles WHERE article = :article AND newer IS NOT NULL;

-- name: decision
-- Why an article stands in its story.
SELECT story, joined, why FROM reports WHERE article = :article;

-- name: document_of
-- The document that an article was first read from.
SELECT documents.* FROM documents JOIN articles ON articles.document = documents.id WHERE articles.id = :article;

-- name: rejected
-- What was rejected, the latest first.
SELECT origin, reason, detail FROM rejected ORDER BY rowid DESC LIMIT :limit;

-- name: counts
-- How much there is.
SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM stories WHERE day IS NOT NULL) AS stories, (SELECT count(*) FROM rejected) AS rejected,
    (SELECT count(*) FROM profiles WHERE story IS NULL AND newer IS NULL) AS pending,
    (SELECT count(*) FROM stories WHERE stale = 1) AS stale;
