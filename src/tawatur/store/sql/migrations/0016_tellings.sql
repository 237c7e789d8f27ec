-- What each story tells, so that opening one composes nothing.

CREATE TABLE tellings (
    story   TEXT PRIMARY KEY REFERENCES stories (id),
    telling BLOB NOT NULL               -- zlib of JSON
) STRICT;

CREATE TRIGGER telling_ended AFTER UPDATE OF day ON stories WHEN NEW.day IS NULL BEGIN
    DELETE FROM tellings WHERE story = NEW.id;
END;
