-- Alerts: see store/alerts.py.

-- name: put_rise
-- Keep how a story came up, in the place of what was kept of it.
INSERT INTO rises (story, rise) VALUES (:story, :rise) ON CONFLICT (story) DO UPDATE SET rise = excluded.rise;

-- name: risen
-- Stories that are to be looked at.
SELECT number, story, rise FROM rises ORDER BY number LIMIT :limit;

-- name: take_rise
-- Note that a story was looked at, as it was then.
DELETE FROM rises WHERE number = :number AND rise = :rise;

-- name: put_watch
-- Keep that a newsletter watches.
INSERT INTO watches (newsletter, kind, sources, seconds) VALUES (:newsletter, :kind, :sources, :seconds);

-- name: drop_watch
-- Forget that a newsletter watches.
DELETE FROM watches WHERE newsletter = :newsletter;

-- name: thresholds
-- The thresholds for which anybody watches.
SELECT DISTINCT sources, seconds FROM watches WHERE kind = 'breaking' ORDER BY sources, seconds;

-- name: watching
-- Who watches for a threshold.
SELECT newsletters.newsletter FROM watches JOIN newsletters ON newsletters.id = watches.newsletter
WHERE kind = 'breaking' AND sources = :sources AND seconds = :seconds ORDER BY watches.number;

-- name: watching_searches
-- Who watches for what answers a query.
SELECT newsletters.newsletter FROM watches JOIN newsletters ON newsletters.id = watches.newsletter
WHERE kind = 'search' ORDER BY watches.number;

-- name: searches_edition
-- How many watch for what answers a query, and which began last.
SELECT count(*) AS watches, coalesce(max(number), 0) AS last FROM watches WHERE kind = 'search';

-- name: watching_affair
-- Who watches the affair that a story is of.
SELECT newsletters.newsletter FROM watched_affairs
JOIN watches ON watches.newsletter = watched_affairs.newsletter
JOIN newsletters ON newsletters.id = watched_affairs.newsletter
WHERE story = :story AND kind = 'affair' ORDER BY watches.number;

-- name: put_in_affair
-- Note that a story is of the affair that a newsletter watches.
INSERT INTO watched_affairs (story, newsletter) SELECT :story, id FROM newsletters WHERE id = :newsletter
ON CONFLICT (story, newsletter) DO NOTHING;

-- name: put_passing
-- Note that a story passed a threshold, unless it did before.
INSERT INTO passings (story, sources, seconds, passed, at) VALUES (:story, :sources, :seconds, :passed, :at)
ON CONFLICT (story, sources, seconds) DO NOTHING;

-- name: passing
-- When a story passed a threshold.
SELECT passed FROM passings WHERE story = :story AND sources = :sources AND seconds = :seconds;

-- name: put_passing_report
-- Note that a threshold was passed by a report, unless it was before.
INSERT INTO passing_reports (article, sources, seconds, at) VALUES (:article, :sources, :seconds, :at)
ON CONFLICT (article, sources, seconds) DO NOTHING;

-- name: put_alert
-- Keep that a newsletter is to tell a story, unless it is or was.
INSERT INTO alerts (newsletter, story, made, due) SELECT id, :story, :made, :due FROM newsletters WHERE id = :newsletter
ON CONFLICT (newsletter, story) DO NOTHING;

-- name: alerting
-- The newsletters of which alerts are due, the longest due first.
SELECT newsletter, min(due) AS since FROM alerts WHERE due <= :now GROUP BY newsletter ORDER BY since, newsletter LIMIT :limit;

-- name: alerts_of
-- The alerts of a newsletter that are due.
SELECT number, newsletter, story, made, due FROM alerts WHERE newsletter = :newsletter AND due <= :now ORDER BY number;

-- name: hold_alert
-- Let an alert wait.
UPDATE alerts SET due = :until WHERE number = :number AND due IS NOT NULL;

-- name: waiting_alert
-- An alert that was not told yet.
SELECT number FROM alerts WHERE number = :number AND due IS NOT NULL;

-- name: tell_alert
-- Note that an alert is told.
UPDATE alerts SET due = NULL, issue = :issue, ended = :at WHERE number = :number AND due IS NOT NULL;

-- name: put_alert_time
-- Note when alerts were told to the owner of a newsletter.
INSERT INTO alert_times (reader, at, issue)
SELECT owner, :at, :issue FROM newsletters WHERE id = :newsletter AND owner IS NOT NULL
ON CONFLICT (reader, at, issue) DO NOTHING;

-- name: alert_newsletter
-- Of which newsletter an alert is.
SELECT newsletter FROM alerts WHERE number = :number;

-- name: told_since
-- When alerts were told to a reader since a time.
SELECT at FROM alert_times WHERE reader = :reader AND at >= :since ORDER BY at;

-- name: ceiling
-- How many alerts an hour a reader wants.
SELECT ceiling FROM alert_ceilings WHERE reader = :reader;

-- name: put_ceiling
-- Keep how many alerts an hour a reader wants.
INSERT INTO alert_ceilings (reader, ceiling) VALUES (:reader, :ceiling)
ON CONFLICT (reader) DO UPDATE SET ceiling = excluded.ceiling;

-- name: tidy_passings
-- Forget thresholds that were passed before a time.
DELETE FROM passings WHERE at < :before;

-- name: tidy_passing_reports
-- Forget by which reports thresholds were passed before a time.
DELETE FROM passing_reports WHERE at < :before;

-- name: tidy_alerts
-- Forget alerts that were told before a time.
DELETE FROM alerts WHERE ended < :before;

-- name: tidy_alert_times
-- Forget when alerts were told before a time.
DELETE FROM alert_times WHERE at < :before;
