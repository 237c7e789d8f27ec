-- What searching asks otherwise than of FTS5: see sql/queries/search.sql, and the functions of migration 24.

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
SELECT number, article, story, independent
FROM search_stories(CAST(:match AS tsquery), :first, :last, :sources, :read, :looks, :most);

-- name: search_posted
-- The numbers of the newest articles that have something, found or not, with commas between them.
SELECT array_to_string(search_newest(CAST(:match AS tsquery), :first, :last, :most), ',') AS numbers;

-- name: search_having
-- How many articles have something, at most so many, the newest first, and the oldest of these.
SELECT count(*) AS articles, min(number) AS oldest
FROM unnest(search_newest(CAST(:match AS tsquery), -(1::bigint << 62), 1::bigint << 62, :most)) AS newest (number);

-- name: search_suggest_two
-- Names and words that begin so, the most frequent first; by the first two letters. Of their index they come in this order, so that
-- few are looked at; "|| ''" keeps the server from collecting all that begin so.
SELECT kind, shown, articles FROM search_terms WHERE two = :two AND beginning || '' >= :beginning AND beginning || '' < :behind
ORDER BY articles DESC LIMIT :limit;

-- name: search_suggest_three
-- The same by the first three letters.
SELECT kind, shown, articles FROM search_terms WHERE three = :three AND beginning || '' >= :beginning AND beginning || '' < :behind
ORDER BY articles DESC LIMIT :limit;
