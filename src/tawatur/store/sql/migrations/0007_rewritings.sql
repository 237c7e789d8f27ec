-- What models made of the accounts of stories, one a story.

CREATE TABLE rewritings (
    story     TEXT PRIMARY KEY REFERENCES stories (id),
    rewriting TEXT NOT NULL             -- JSON: with the fingerprint of the account that it was made of
) STRICT, WITHOUT ROWID;
