-- Letters on their way: who has one in hand and since when it is being handed over, what came back, and how fast a host takes them.

ALTER TABLE outbox ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0;      -- 1: one of many, which every other letter goes before
ALTER TABLE outbox ADD COLUMN holder TEXT NOT NULL DEFAULT '';      -- who has it lent
ALTER TABLE outbox ADD COLUMN handing TEXT;                         -- since when it is being handed over to the relay
ALTER TABLE outbox ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;    -- hand-overs of which nobody knows how they ended
ALTER TABLE outbox ADD COLUMN paced INTEGER NOT NULL DEFAULT 0;     -- 1: it is due at a place in its host's pace
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (bulk, due) WHERE due IS NOT NULL;
CREATE INDEX outbox_doubts ON outbox (number) WHERE doubts > 0;

CREATE TABLE bounces (
    email_key TEXT NOT NULL,
    letter    INTEGER NOT NULL,             -- its number in the outbox
    email     TEXT NOT NULL,
    at        TEXT NOT NULL,
    hard      INTEGER NOT NULL,             -- 1: there is no such mailbox
    code      TEXT NOT NULL,                -- RFC 3463, as 5.1.1
    detail    TEXT NOT NULL,                -- in the words of whoever refused
    reader    TEXT REFERENCES readers (id) ON DELETE CASCADE,
    PRIMARY KEY (email_key, letter)
) STRICT, WITHOUT ROWID;
CREATE INDEX bounces_by_reader ON bounces (reader);
CREATE INDEX bounces_by_time ON bounces (at);

CREATE TABLE suspended (
    email_key TEXT PRIMARY KEY,
    email     TEXT NOT NULL,
    since     TEXT NOT NULL,
    hard      INTEGER NOT NULL,
    code      TEXT NOT NULL,
    detail    TEXT NOT NULL,
    reader    TEXT REFERENCES readers (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX suspended_by_reader ON suspended (reader);

CREATE TABLE mail_hosts (
    host TEXT PRIMARY KEY,
    next INTEGER NOT NULL                   -- when it takes the next letter at its even pace, in microseconds since 1970
) STRICT, WITHOUT ROWID;
