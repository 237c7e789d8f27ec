-- The queries of reading for days.

-- name: add_source
-- Keep a source that is not known.
INSERT INTO sources (url, outlet, next_at, slow, state) VALUES (:url, :outlet, :next_at, :slow, :state)
ON CONFLICT (url) DO NOTHING;

-- name: put_source
-- Keep a source's new state.
INSERT INTO sources (url, outlet, next_at, slow, state) VALUES (:url, :outlet, :next_at, :slow, :state)
ON CONFLICT (url) DO UPDATE SET outlet = excluded.outlet, next_at = excluded.next_at, slow = excluded.slow,
    state = excluded.state;

-- name: drop_source
-- Forget a source.
DELETE FROM sources WHERE url = :url;

-- name: sources
-- All sources.
SELECT state, next_at FROM sources ORDER BY outlet, url;

-- name: claim_sources
-- Lend the sources that are due.
UPDATE sources SET next_at = :until WHERE url IN (
    SELECT url FROM sources WHERE slow = :slow AND next_at <= :now
        AND (:only = '[]' OR outlet IN (SELECT value FROM json_each(:only))) ORDER BY next_at, url LIMIT :limit)
RETURNING state;

-- name: free_sources
-- End the loans of sources: they are due when they were.
UPDATE sources SET next_at = json_extract(state, '$.next_at') WHERE next_at <> json_extract(state, '$.next_at');

-- name: free_pages
-- End the loans of pages whose process died: they are due now, and it was no try.
UPDATE pages SET next_at = :now, lent = 0, tries = tries - 1, deaths = deaths + 1 WHERE lent = 1;

-- name: outlet_states
-- How each outlet publishes.
SELECT state FROM outlet_states ORDER BY outlet;

-- name: outlet_state
-- How one outlet publishes.
SELECT state FROM outlet_states WHERE outlet = :outlet;

-- name: put_outlet_state
-- Keep how an outlet publishes.
INSERT INTO outlet_states (outlet, state) VALUES (:outlet, :state)
ON CONFLICT (outlet) DO UPDATE SET state = excluded.state;

-- name: count_waiting
-- How many pages of an outlet wait.
SELECT count(*) AS pages FROM pages WHERE status = 'waiting' AND outlet = :outlet;

-- name: add_page
-- Keep a page.
INSERT INTO pages (key, url, outlet, found, next_at, lent, day, status, whole, tries, deaths, visits, etag, modified, digest, reason)
VALUES (:key, :url, :outlet, :found, :next_at, 0, :day, :status, :whole, :tries, :deaths, :visits, :etag, :modified, :digest, :reason);

-- name: put_page
-- Keep a page's new state.
UPDATE pages SET url = :url, next_at = :next_at, lent = 0, day = :day, status = :status, whole = :whole, tries = :tries, deaths = :deaths, visits = :visits,
    etag = :etag, modified = :modified, digest = :digest, reason = :reason
WHERE key = :key;

-- name: page_named
-- The page that has a name.
SELECT pages.* FROM page_names JOIN pages ON pages.key = page_names.page WHERE page_names.name = :name;

-- name: name_page
-- Give a page a name, unless another one has it.
INSERT INTO page_names (name, page) VALUES (:name, :page) ON CONFLICT (name) DO NOTHING;

-- name: claim_pages
-- Lend the latest page that is due of each outlet; the outlets come off the index one by one, whatever their queues hold.
WITH RECURSIVE queues (outlet) AS (
    SELECT min(outlet) FROM pages WHERE next_at IS NOT NULL
    UNION ALL
    SELECT (SELECT min(outlet) FROM pages WHERE next_at IS NOT NULL AND outlet > queues.outlet) FROM queues
    WHERE queues.outlet IS NOT NULL
)
UPDATE pages SET next_at = :until, lent = 1, tries = tries + 1 WHERE key IN (
    SELECT due FROM (
        SELECT (SELECT key FROM pages WHERE pages.outlet = queues.outlet AND next_at <= :now ORDER BY next_at DESC LIMIT 1) AS due
        FROM queues WHERE queues.outlet IS NOT NULL AND queues.outlet NOT IN (SELECT value FROM json_each(:without))
            AND (:only = '[]' OR queues.outlet IN (SELECT value FROM json_each(:only)))) AS pages_due
    WHERE due IS NOT NULL LIMIT :limit)
RETURNING *;

-- name: next_due
-- When the next source or page falls due.
SELECT min(due) AS due FROM (
    SELECT min(next_at) AS due FROM sources
    UNION ALL SELECT min(next_at) FROM pages WHERE next_at IS NOT NULL) AS dues;

-- name: waiting
-- How many pages of each outlet wait, and since when.
SELECT outlet, count(*) AS pages, min(found) AS since FROM pages WHERE status = 'waiting' GROUP BY outlet ORDER BY outlet;

-- name: add_tally
-- Add to what was done.
INSERT INTO tallies (span, start, outlet, asked, unchanged, pages, articles, failed, bytes, seconds)
VALUES (:span, :start, :outlet, :asked, :unchanged, :pages, :articles, :failed, :bytes, :seconds)
ON CONFLICT (span, start, outlet) DO UPDATE SET asked = tallies.asked + excluded.asked,
    unchanged = tallies.unchanged + excluded.unchanged, pages = tallies.pages + excluded.pages,
    articles = tallies.articles + excluded.articles, failed = tallies.failed + excluded.failed,
    bytes = tallies.bytes + excluded.bytes, seconds = tallies.seconds + excluded.seconds;

-- name: tallies
-- What was done since a time.
SELECT outlet, start, asked, unchanged, pages, articles, failed, bytes, seconds FROM tallies
WHERE span = :span AND start >= :since ORDER BY outlet, start;

-- name: add_trouble
-- Note a failure.
INSERT INTO troubles (day, outlet, reason, count, detail, last) VALUES (:day, :outlet, :reason, 1, :detail, :last)
ON CONFLICT (day, outlet, reason) DO UPDATE SET count = troubles.count + 1, detail = excluded.detail, last = excluded.last;

-- name: troubles
-- The failures since a day.
SELECT outlet, day, reason, count, detail, last FROM troubles WHERE day >= :since ORDER BY last DESC, outlet, reason;

-- name: forget_tallies
-- Let old sums go.
DELETE FROM tallies WHERE span = :span AND start < :before;

-- name: forget_troubles
-- Let old failures go.
DELETE FROM troubles WHERE day < :before;
