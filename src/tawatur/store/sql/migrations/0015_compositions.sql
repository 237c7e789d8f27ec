-- By which rules and with which outlets each story was composed, so that stories of older ones are found and made anew.

ALTER TABLE stories ADD COLUMN composition TEXT NOT NULL DEFAULT '';
CREATE INDEX stories_by_composition ON stories (composition) WHERE day IS NOT NULL;
