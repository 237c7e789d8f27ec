-- Readers, their sessions, what lets them in, and letters that are to be sent. Of secrets only hashes are kept.

CREATE TABLE readers (
    id          TEXT PRIMARY KEY,
    email       TEXT NOT NULL,              -- as it is written to; '' of the reader of single-user mode
    email_key   TEXT NOT NULL UNIQUE,       -- the same for all spellings of an address
    name        TEXT NOT NULL,
    language    TEXT NOT NULL,
    role        TEXT NOT NULL,
    made        TEXT NOT NULL,
    preferences TEXT NOT NULL,              -- JSON
    password    TEXT NOT NULL DEFAULT '',   -- argon2id, in its own encoding; '' where there is none
    totp        TEXT NOT NULL DEFAULT '',   -- base32
    totp_step   INTEGER NOT NULL DEFAULT 0  -- the latest time step of which a code was used
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    reader TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    hash   TEXT NOT NULL,
    PRIMARY KEY (reader, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE identities (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    reader  TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_by_reader ON identities (reader);

CREATE TABLE sessions (
    hash    TEXT PRIMARY KEY,
    reader  TEXT NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    made    TEXT NOT NULL,
    seen    TEXT NOT NULL,
    expires TEXT NOT NULL,
    agent   TEXT NOT NULL,
    network TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_reader ON sessions (reader);
CREATE INDEX sessions_expire ON sessions (expires);

CREATE TABLE tokens (
    hash      TEXT PRIMARY KEY,
    purpose   TEXT NOT NULL,
    email     TEXT NOT NULL,
    email_key TEXT NOT NULL,
    expires   TEXT NOT NULL,
    reader    TEXT REFERENCES readers (id) ON DELETE CASCADE,
    fields    TEXT NOT NULL                 -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_email ON tokens (email_key, purpose);
CREATE INDEX tokens_by_reader ON tokens (reader);
CREATE INDEX tokens_expire ON tokens (expires);

CREATE TABLE failures (
    key   TEXT PRIMARY KEY,                 -- a keyed hash: it names no address
    count INTEGER NOT NULL,
    last  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX failures_by_time ON failures (last);

CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,
    email     TEXT NOT NULL,
    email_key TEXT NOT NULL,
    language  TEXT NOT NULL,
    reader    TEXT REFERENCES readers (id) ON DELETE CASCADE,
    fields    TEXT NOT NULL,                -- JSON
    once      TEXT UNIQUE,                  -- what is to be sent only once
    made      TEXT NOT NULL,
    due       TEXT,                         -- NULL: sent or given up
    tries     INTEGER NOT NULL DEFAULT 0,
    error     TEXT NOT NULL DEFAULT '',
    ended     TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (due) WHERE due IS NOT NULL;
CREATE INDEX outbox_by_email ON outbox (email_key) WHERE due IS NOT NULL;
CREATE INDEX outbox_by_reader ON outbox (reader);
CREATE INDEX outbox_ended ON outbox (ended) WHERE ended IS NOT NULL;
