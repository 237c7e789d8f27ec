-- The versions of pages: see store/revisions.py. Equal times stand in the order in which the articles were added.

-- name: put_version
-- Keep the place of an article in its chain, or what it changed of another version than was known.
INSERT INTO versions (article, outlet, address, chain, at, change) VALUES (:article, :outlet, :address, :chain, :at, :change)
ON CONFLICT (article) DO UPDATE SET change = excluded.change;

-- name: versions_at
-- The latest versions at an address, chain by chain.
SELECT article, outlet, address, chain, at, change FROM (
    SELECT rowid AS number, * FROM versions WHERE outlet = :outlet AND address = :address
    ORDER BY at DESC, number DESC LIMIT :limit) AS latest
ORDER BY chain, at, number;

-- name: versions_of
-- All versions of an article, oldest first.
SELECT article, outlet, address, chain, at, change FROM versions
WHERE chain = (SELECT chain FROM versions WHERE article = :article) ORDER BY at, rowid;

-- name: retire_pending
-- Let the newest version of a chain stand for those that wait with it.
UPDATE profiles SET newer = (SELECT article FROM versions WHERE chain = :chain ORDER BY at DESC, rowid DESC LIMIT 1)
WHERE coalesce(story, '') = '' AND article IN (SELECT article FROM versions WHERE chain = :chain)
    AND article <> (SELECT article FROM versions WHERE chain = :chain ORDER BY at DESC, rowid DESC LIMIT 1);

-- name: retire_placed
-- Let a placed article stand for the other versions of its chain.
UPDATE profiles SET newer = :article WHERE article <> :article AND article IN (
    SELECT article FROM versions WHERE chain = (SELECT chain FROM versions WHERE article = :article));

-- name: forerunner
-- The version that stands in a story in the place of a pending one.
SELECT profiles.article, profiles.story FROM versions AS mine
JOIN versions AS others ON others.chain = mine.chain AND others.article <> mine.article
JOIN profiles ON profiles.article = others.article
WHERE mine.article = :article AND profiles.story IS NOT NULL AND profiles.newer IS NULL;
