-- Searching: see store/search.py. Numbers of articles are in the order of their times.

-- name: search_state
-- The state of the index.
SELECT version, articles, characters, entered FROM search_state;

-- name: search_enter
-- Enter the words of an article.
INSERT INTO search (rowid, title, lead, body, exact, people, places, organizations, outlet, section)
VALUES (:number, :title, :lead, :body, :exact, :people, :places, :organizations, :outlet, :section);

-- name: search_enter_article
-- Enter an article, with where it stands.
INSERT INTO search_articles (number, article, story, independent, read)
SELECT :number, profiles.article, iif(newer IS NULL, story, NULL),
    coalesce((SELECT independent FROM stories WHERE id = profiles.story AND day IS NOT NULL), 0), :read
FROM profiles WHERE profiles.article = :article;

-- name: search_enter_words
-- Keep the keys of an article.
INSERT INTO search_words (number, title, lead, body) VALUES (:number, :title, :lead, :body);

-- name: search_number
-- The next free number of a minute.
SELECT coalesce(max(number) + 1, :minute << 16) AS number FROM search_articles
WHERE number >= :minute << 16 AND number < (:minute + 1) << 16;

-- name: search_count
-- Count an article; the first one is of the version that the words have now.
UPDATE search_state SET version = iif(articles = 0 AND entered IS NULL, :version, version),
    articles = articles + :articles, characters = characters + :characters;

-- name: search_moved
-- The number of an article that was entered under another minute.
SELECT number FROM search_articles WHERE article = :article AND number >> 16 <> :minute;

-- name: search_leave_words
-- Forget the keys of an article.
DELETE FROM search_words WHERE number = :number;

-- name: search_leave
-- Forget an article.
DELETE FROM search_articles WHERE number = :number;

-- name: search_term
-- Count a name or a word of a headline; of frequent ones the sample alone is counted, for the rest of it.
INSERT INTO search_terms (beginning, kind, shown, articles, two, three) VALUES (:beginning, :kind, :shown, 1, :two, :three)
ON CONFLICT (beginning, kind, shown) DO UPDATE SET articles = search_terms.articles + iif(search_terms.articles < :often, 1, :step)
WHERE search_terms.articles < :often OR :sampled = 1;

-- name: search_to_enter
-- The next articles that are older than the index, the last read first.
SELECT articles.rowid AS row, articles.article, analyses.analysis, profiles.profile, profiles.time FROM articles
JOIN profiles ON profiles.article = articles.id
JOIN analyses ON analyses.rowid = (SELECT max(rowid) FROM analyses AS a WHERE a.article = articles.id)
WHERE articles.rowid < :entered ORDER BY articles.rowid DESC LIMIT :limit;

-- name: search_kept
-- What the words of one article are made of.
SELECT articles.article, analyses.analysis, profiles.profile FROM articles
JOIN profiles ON profiles.article = articles.id
JOIN analyses ON analyses.rowid = (SELECT max(rowid) FROM analyses AS a WHERE a.article = articles.id)
WHERE articles.id = :article;

-- name: search_entered
-- Note down to which row articles were entered.
UPDATE search_state SET entered = :entered;

-- name: search_forget_state
-- Begin the index anew: what it counted, and from where it is entered.
UPDATE search_state SET version = :version, articles = 0, characters = 0, entered = (SELECT max(rowid) + 1 FROM articles);

-- name: search_forget_all
-- Begin the index anew: its words.
INSERT INTO search (search) VALUES ('delete-all');

-- name: search_forget_words
-- Begin the index anew: the keys.
DELETE FROM search_words;

-- name: search_forget_articles
-- Begin the index anew: the articles.
DELETE FROM search_articles;

-- name: search_forget_terms
-- Begin the index anew: names and words of headlines.
DELETE FROM search_terms;

-- name: search_find
-- The newest articles that answer. The inner limit bounds what is looked at.
SELECT a.number, a.article, a.story, a.independent FROM (
    SELECT rowid AS number FROM search WHERE search MATCH :match AND rowid >= :first AND rowid < :last
    ORDER BY rowid DESC LIMIT :looks) AS found
CROSS JOIN search_articles AS a
WHERE a.number = found.number AND a.story IS NOT NULL AND a.independent >= :sources AND a.read > :read LIMIT :most;

-- name: search_list
-- The newest articles, whatever words they have.
SELECT number, article, story, independent FROM search_articles
WHERE number >= :first AND number < :last AND story IS NOT NULL AND independent >= :sources AND read > :read
ORDER BY number DESC LIMIT :most;

-- name: search_posted
-- The numbers of the newest articles that have something, found or not, with commas between them.
SELECT coalesce(group_concat(number), '') AS numbers FROM (
    SELECT rowid AS number FROM search WHERE search MATCH :match AND rowid >= :first AND rowid < :last
    ORDER BY rowid DESC LIMIT :most) AS newest;

-- name: search_having
-- How many articles have something, at most so many, the newest first, and the oldest of these.
SELECT count(*) AS articles, min(number) AS oldest FROM (
    SELECT rowid AS number FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT :most) AS newest;

-- name: search_those
-- Of some articles those that are found.
SELECT number, article, story, independent FROM json_each(:numbers) AS wanted CROSS JOIN search_articles
WHERE number = CAST(wanted.value AS bigint) AND story IS NOT NULL AND independent >= :sources AND read > :read;

-- name: search_keys
-- The keys of some articles.
SELECT number, title, lead, body FROM json_each(:numbers) AS wanted CROSS JOIN search_words
WHERE number = CAST(wanted.value AS bigint);

-- name: search_span
-- The first and the last number.
SELECT (SELECT min(number) FROM search_articles) AS first, (SELECT max(number) FROM search_articles) AS last;

-- name: search_suggest_two
-- Names and words that begin so, the most frequent first; by the first two letters.
SELECT kind, shown, articles FROM search_terms WHERE two = :two AND beginning >= :beginning AND beginning < :behind
ORDER BY articles DESC LIMIT :limit;

-- name: search_suggest_three
-- The same by the first three letters.
SELECT kind, shown, articles FROM search_terms INDEXED BY search_terms_three
WHERE three = :three AND beginning >= :beginning AND beginning < :behind ORDER BY articles DESC LIMIT :limit;

-- name: search_alike
-- The most frequent names and words that begin with two letters.
SELECT beginning, shown, articles FROM search_terms WHERE two = :two ORDER BY articles DESC LIMIT :limit;

-- name: search_heads
-- The heads of some stories.
SELECT stories.id, title, lead, first, latest, reports, outlets, independent, invented
FROM json_each(:stories) AS wanted CROSS JOIN stories WHERE stories.id = wanted.value AND day IS NOT NULL;

-- name: search_texts
-- Some articles.
SELECT article FROM json_each(:articles) AS wanted CROSS JOIN articles WHERE articles.id = wanted.value;

-- name: search_outlets
-- The outlets of some articles.
SELECT articles.id, outlet FROM json_each(:articles) AS wanted CROSS JOIN articles WHERE articles.id = wanted.value;
