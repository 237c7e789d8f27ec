-- What articles are searched by. The words are made by ``searching/words.py``, with blanks between them; SQLite only keeps them.

-- No text is kept in it, and no row is taken out: what ``search_articles`` lacks is not found.
CREATE VIRTUAL TABLE search USING fts5 (
    title, lead, body,                  -- keys of words
    exact,                              -- words as written, folded, for phrases
    people, places, organizations,      -- words of names, "|" between two names
    outlet, section,                    -- one word
    content = '', columnsize = 0, tokenize = "ascii tokenchars '.,:/_|'"
);

CREATE TABLE search_articles (
    number      INTEGER PRIMARY KEY,    -- of a row of ``search``: the minute of publication * 65536 and more, so that order is time order
    article     TEXT NOT NULL UNIQUE REFERENCES articles (id),
    story       TEXT,                   -- where it stands; NULL: it waits, or a newer version of its page does instead
    independent INTEGER NOT NULL,       -- sources of that story; 0: it has no head yet
    read        TEXT NOT NULL           -- when the article was read
) STRICT;
CREATE INDEX search_by_story ON search_articles (story) WHERE story IS NOT NULL;

-- The keys by which found articles are ranked, and the places of words found in their texts.
CREATE TABLE search_words (
    number INTEGER PRIMARY KEY REFERENCES search_articles (number),
    title  TEXT NOT NULL,
    lead   TEXT NOT NULL,
    body   TEXT NOT NULL
) STRICT;

-- Names and words of headlines, for suggestions and for what nobody wrote so. "articles" is counted by sample from 32 on.
CREATE TABLE search_terms (
    beginning TEXT NOT NULL,            -- folded, from the beginning of one of its words
    kind      TEXT NOT NULL,
    shown     TEXT NOT NULL,
    articles  INTEGER NOT NULL,
    two       TEXT NOT NULL,            -- the first two letters of "beginning", and the first three
    three     TEXT NOT NULL,
    PRIMARY KEY (beginning, kind, shown)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_terms_two ON search_terms (two, articles DESC);
CREATE INDEX search_terms_three ON search_terms (three, articles DESC);

-- One row: the version of the words, how many articles and characters there are, and the row of ``articles`` down to which those
-- were entered that are older than the index; NULL: all.
CREATE TABLE search_state (
    version    INTEGER NOT NULL,
    articles   INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    entered    INTEGER
) STRICT;
INSERT INTO search_state SELECT 1, 0, 0, max(rowid) + 1 FROM articles;

-- Where an article stands, and how many sources its story has, follows what grouping does, by whatever way.
CREATE TRIGGER search_moves AFTER UPDATE OF story, newer ON profiles BEGIN
    UPDATE search_articles SET story = iif(new.newer IS NULL, new.story, NULL),
        independent = coalesce((SELECT independent FROM stories WHERE id = new.story AND day IS NOT NULL), 0)
    WHERE article = new.article;
END;
CREATE TRIGGER search_sources AFTER UPDATE OF independent ON stories
WHEN new.independent IS NOT old.independent BEGIN
    UPDATE search_articles SET independent = coalesce(new.independent, 0) WHERE story = new.id;
END;
