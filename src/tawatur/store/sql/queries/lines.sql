-- The lines that outlets repeat: see store/lines.py.

-- name: count_article
-- Count one more article of an outlet; gives its number.
INSERT INTO line_outlets (outlet, articles) VALUES (:outlet, 1)
ON CONFLICT (outlet) DO UPDATE SET articles = line_outlets.articles + 1 RETURNING articles;

-- name: count_line
-- Count a line of an article; a day between the first and the last that were seen is not known to be another one.
INSERT INTO lines (outlet, line, articles, days, first, last, number) VALUES (:outlet, :line, 1, 1, :day, :day, :number)
ON CONFLICT (outlet, line) DO UPDATE SET articles = lines.articles + 1,
    days = lines.days + iif(excluded.first < lines.first OR excluded.last > lines.last, 1, 0),
    first = min(lines.first, excluded.first), last = max(lines.last, excluded.last);

-- name: lines_seen
-- What was seen of some lines of an outlet.
SELECT line, lines.articles, days, line_outlets.articles - number + 1 AS of
FROM lines JOIN line_outlets USING (outlet)
WHERE outlet = :outlet AND line IN (SELECT CAST(value AS bigint) FROM json_each(:lines));

-- name: lines_kept
-- How many lines are kept for an outlet.
SELECT count(*) AS kept FROM lines WHERE outlet = :outlet;

-- name: forget_rare_lines
-- Forget the lines that came less often than once in so many articles since they were first seen.
DELETE FROM lines WHERE outlet = :outlet AND articles * :every <= :number - number;

-- name: forget_most_lines
-- Forget all but the most frequent lines, of equals the oldest first.
DELETE FROM lines WHERE outlet = :outlet AND line IN (
    SELECT line FROM lines WHERE outlet = :outlet ORDER BY articles DESC, last DESC, line DESC LIMIT -1 OFFSET :most);
