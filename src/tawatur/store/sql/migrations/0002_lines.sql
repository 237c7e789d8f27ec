-- What was seen of each outlet's lines, from which extraction learns what is residue.

-- How many articles of an outlet were counted.
CREATE TABLE line_outlets (
    outlet   TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lines (
    outlet   TEXT NOT NULL,
    line     INTEGER NOT NULL,          -- fingerprint
    articles INTEGER NOT NULL,          -- in how many articles
    days     INTEGER NOT NULL,          -- on how many days, at least
    first    TEXT NOT NULL,             -- the first and the last day on which it was seen
    last     TEXT NOT NULL,
    number   INTEGER NOT NULL,          -- which of the outlet's articles had it first
    PRIMARY KEY (outlet, line)
) STRICT, WITHOUT ROWID;
