-- How far each story reaches: stories are made anew in this order, so that the days around them move on and hardly ever back.

ALTER TABLE stories ADD COLUMN reached TEXT NOT NULL DEFAULT '';  -- the time of the latest report that was put into it
UPDATE stories SET reached = coalesce(latest, began);
DROP INDEX stories_stale;
CREATE INDEX stories_stale ON stories (reached, id) WHERE stale = 1;
