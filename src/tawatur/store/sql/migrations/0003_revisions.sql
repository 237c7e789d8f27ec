-- The versions of pages that changed.

CREATE TABLE versions (
    article TEXT PRIMARY KEY REFERENCES articles (id),
    outlet  TEXT NOT NULL,
    address TEXT NOT NULL,              -- canonical
    chain   TEXT NOT NULL,              -- the version of the page that was read first
    at      TEXT NOT NULL,              -- when the page stood so
    change  TEXT                        -- JSON: what it changed of the version before it
) STRICT;
CREATE INDEX versions_by_address ON versions (outlet, address, at);
CREATE INDEX versions_by_chain ON versions (chain, at);

-- Which version stands for an article that is no longer grouped, nor shown in a story.
ALTER TABLE profiles ADD COLUMN newer TEXT REFERENCES articles (id);
