-- What readers follow and mute, and what they did with stories; what is learned of that is worked out, and kept nowhere.

CREATE TABLE choices (
    reader TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    kind   TEXT NOT NULL,               -- person, place, organization, topic, outlet, word
    key    TEXT NOT NULL,
    name   TEXT NOT NULL,               -- as it was called when it was chosen
    stance TEXT NOT NULL,               -- follow, mute
    at     TEXT NOT NULL,
    PRIMARY KEY (reader, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE lessons (
    reader TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    story  TEXT NOT NULL REFERENCES stories (id),
    act    TEXT NOT NULL,               -- opened, saved, more, less
    title  TEXT NOT NULL,               -- of the story, then
    at     TEXT NOT NULL,
    facets TEXT NOT NULL,               -- JSON: what the story was about
    PRIMARY KEY (reader, story, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX lessons_newest ON lessons (reader, at DESC, story, act);
