-- What searching asks otherwise than of FTS5: see sql/queries/search.sql. Sorting by "number + 0" leaves no way but the index of words:
-- walking down the numbers reads the words of every article on the way, which costs twenty times what a posting does.

-- name: search_enter
-- Enter the words of an article.
INSERT INTO search (number, words) VALUES (:number, CAST(:words AS tsvector));

-- name: search_leave_words
-- Forget the keys of an article, and its words.
WITH gone AS (DELETE FROM search WHERE number = :number) DELETE FROM search_words WHERE number = :number;

-- name: search_forget_all
-- Begin the index anew: its words.
TRUNCATE search;

-- name: search_find
-- The newest articles that answer.
SELECT a.number, a.article, a.story, a.independent FROM search JOIN search_articles AS a ON a.number = search.number
WHERE search.words @@ CAST(:match AS tsquery) AND search.number >= :first AND search.number < :last
    AND a.story IS NOT NULL AND a.independent >= :sources AND a.read > :read
ORDER BY search.number + 0 DESC LIMIT :most;

-- name: search_posted
-- The numbers of the newest articles that have something, found or not.
SELECT number FROM search WHERE words @@ CAST(:match AS tsquery) AND number >= :first AND number < :last
ORDER BY number + 0 DESC LIMIT :most;

-- name: search_having
-- How many articles have something, at most so many, the newest first, and the oldest of these.
SELECT count(*) AS articles, min(number) AS oldest FROM (
    SELECT number FROM search WHERE words @@ CAST(:match AS tsquery) ORDER BY number + 0 DESC LIMIT :most) AS newest;

-- name: search_suggest_three
-- Names and words that begin so, the most frequent first; by the first three letters.
SELECT kind, shown, articles FROM search_terms
WHERE three = :three AND beginning >= :beginning AND beginning < :behind ORDER BY articles DESC LIMIT :limit;
