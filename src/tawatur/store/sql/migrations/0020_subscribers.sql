-- The people of public newsletters: who has subscribed without an account, who asked to, and who has left.

CREATE TABLE subscribers (
    id         TEXT PRIMARY KEY,
    newsletter TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,               -- as it is written to
    email_key  TEXT NOT NULL,               -- the same for all spellings of an address
    language   TEXT NOT NULL,
    consent    TEXT NOT NULL,               -- JSON
    UNIQUE (newsletter, email_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscribers_in_order ON subscribers (newsletter, id);
CREATE INDEX subscribers_by_email ON subscribers (email_key);

CREATE TABLE askings (
    hash       TEXT PRIMARY KEY,            -- of the token in the link
    newsletter TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    email_key  TEXT NOT NULL,
    language   TEXT NOT NULL,
    network    TEXT NOT NULL,
    expires    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX askings_by_email ON askings (newsletter, email_key);
CREATE INDEX askings_expire ON askings (expires);

CREATE TABLE departures (
    newsletter TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
    mark       TEXT NOT NULL,               -- a keyed hash of the address: it names none
    at         TEXT NOT NULL,
    PRIMARY KEY (newsletter, mark)
) STRICT, WITHOUT ROWID;
