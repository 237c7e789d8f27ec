-- instead
-- As in SQLite, but for the index itself: the words of an article are one tsvector, each with a letter before it for its field.

CREATE TABLE search (
    number INTEGER PRIMARY KEY,         -- of a row of search_articles
    words  tsvector NOT NULL            -- k: keys (A headline, B lead, C body), x: as written, p, l, g: names, o: outlet, s: section
);
CREATE INDEX search_by_words ON search USING gin (words);

CREATE TABLE search_articles (
    number      INTEGER PRIMARY KEY,
    article     TEXT NOT NULL UNIQUE REFERENCES articles (id),
    story       TEXT,
    independent INTEGER NOT NULL,
    read        TEXT NOT NULL
);
CREATE INDEX search_by_story ON search_articles (story) WHERE story IS NOT NULL;

CREATE TABLE search_words (
    number INTEGER PRIMARY KEY REFERENCES search_articles (number),
    title  TEXT NOT NULL,
    lead   TEXT NOT NULL,
    body   TEXT NOT NULL
);

CREATE TABLE search_terms (
    beginning TEXT NOT NULL,
    kind      TEXT NOT NULL,
    shown     TEXT NOT NULL,
    articles  INTEGER NOT NULL,
    two       TEXT NOT NULL,
    three     TEXT NOT NULL,
    PRIMARY KEY (beginning, kind, shown)
) WITHOUT ROWID;
CREATE INDEX search_terms_two ON search_terms (two, articles DESC);
CREATE INDEX search_terms_three ON search_terms (three, articles DESC);

CREATE TABLE search_state (
    version    INTEGER NOT NULL,
    articles   INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    entered    INTEGER
);
INSERT INTO search_state SELECT 1, 0, 0, max(rowid) + 1 FROM articles;

CREATE TRIGGER search_moves AFTER UPDATE OF story, newer ON profiles BEGIN
    UPDATE search_articles SET story = iif(new.newer IS NULL, new.story, NULL),
        independent = coalesce((SELECT independent FROM stories WHERE id = new.story AND day IS NOT NULL), 0)
    WHERE article = new.article;
END;
CREATE TRIGGER search_sources AFTER UPDATE OF independent ON stories WHEN new.independent IS DISTINCT FROM old.independent BEGIN
    UPDATE search_articles SET independent = coalesce(new.independent, 0) WHERE story = new.id;
END;
