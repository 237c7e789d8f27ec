-- The pictures of reports: which there are, what became of each, and which report names which.

CREATE TABLE pictures (
    id       TEXT PRIMARY KEY,
    address  TEXT NOT NULL,
    outlet   TEXT NOT NULL,             -- of the first report that names it
    found    TEXT NOT NULL,
    state    TEXT NOT NULL,             -- "waiting", "kept", "failed", "refused" or "gone"
    next_at  TEXT,                      -- when it is fetched, or falls due again while it is lent; NULL: never
    tries    INTEGER NOT NULL,
    reason   TEXT NOT NULL,             -- a message key, '' where it is kept or waits
    detail   TEXT NOT NULL,
    width    INTEGER NOT NULL,          -- of the original, in pixels; 0 where it is not kept
    height   INTEGER NOT NULL,
    likeness TEXT NOT NULL              -- hexadecimal
) STRICT, WITHOUT ROWID;
CREATE INDEX pictures_due ON pictures (outlet, next_at) WHERE next_at IS NOT NULL;

CREATE TABLE article_pictures (
    article TEXT PRIMARY KEY REFERENCES articles (id),
    picture TEXT NOT NULL REFERENCES pictures (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_pictures_of ON article_pictures (picture, article);

CREATE TRIGGER edition_of_picture AFTER UPDATE OF state ON pictures
WHEN NEW.state <> OLD.state AND (NEW.state = 'kept' OR OLD.state = 'kept') BEGIN
    UPDATE editions SET number = number + 1;
END;
