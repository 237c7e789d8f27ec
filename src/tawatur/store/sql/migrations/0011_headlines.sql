-- The lists of the front page and of sections, and the number that says whether pages of news are still the same.

CREATE TABLE headlines (
    story   TEXT PRIMARY KEY REFERENCES stories (id),
    section TEXT NOT NULL,              -- a topic's key, '' where none is clear
    weight  REAL NOT NULL,
    latest  TEXT NOT NULL,              -- of the head; lent where no report tells when it appeared
    lone    INTEGER NOT NULL,           -- 1: a single outlet tells it
    glance  TEXT NOT NULL               -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX headlines_by_weight ON headlines (weight DESC, story);
CREATE INDEX headlines_of_section ON headlines (section, weight DESC, story);
CREATE INDEX headlines_newest ON headlines (latest DESC, story);
CREATE INDEX headlines_lone ON headlines (latest DESC, story) WHERE lone = 1;

-- Stories of an older release have no section and no glance until they are made anew.
INSERT INTO headlines (story, section, weight, latest, lone, glance)
SELECT id, '', story_weight(latest, independent, json_array_length(outlets)), latest, iif(json_array_length(outlets) = 1, 1, 0), '{}'
FROM stories WHERE day IS NOT NULL;

CREATE TABLE editions (
    number INTEGER NOT NULL
) STRICT;
INSERT INTO editions (number) VALUES (1);

CREATE TRIGGER story_ended AFTER UPDATE OF day ON stories WHEN NEW.day IS NULL BEGIN
    DELETE FROM headlines WHERE story = NEW.id;
END;

CREATE TRIGGER edition_of_head AFTER UPDATE OF title, lead, latest, day, reports, outlets, independent ON stories BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_glance AFTER UPDATE OF section, glance ON headlines BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_rewriting AFTER INSERT ON rewritings BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_rewriting_again AFTER UPDATE ON rewritings BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_rewriting_gone AFTER DELETE ON rewritings BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_correction AFTER INSERT ON corrections BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_undoing AFTER UPDATE ON corrections BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_repair AFTER INSERT ON repairs BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_version AFTER INSERT ON versions BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_version_again AFTER UPDATE ON versions BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_report AFTER INSERT ON reports BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_outlet AFTER INSERT ON outlets BEGIN
    UPDATE editions SET number = number + 1;
END;
CREATE TRIGGER edition_of_outlet_again AFTER UPDATE ON outlets BEGIN
    UPDATE editions SET number = number + 1;
END;
