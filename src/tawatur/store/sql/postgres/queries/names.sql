-- What pages of names ask otherwise than of SQLite: see sql/queries/names.sql.

-- name: beside
-- The names that the newest stories of a name have too, the first of each kind. All but those that are given are read off indexes alone.
SELECT number, names.kind, names.key, name, country, stories, doubtful, shared, told FROM (
    SELECT beside, shared, told, row_number() OVER (PARTITION BY kind ORDER BY shared DESC, told DESC, key) AS place
    FROM (
        SELECT other.name AS beside, count(*) AS shared, sum(other.sources) AS told
        FROM (SELECT story FROM namings WHERE name = :number ORDER BY time DESC, story DESC LIMIT :newest) AS own
        CROSS JOIN namings AS other
        WHERE other.story = own.story AND other.name <> :number GROUP BY other.name) AS near
    JOIN names ON names.number = beside) AS placed
CROSS JOIN LATERAL (SELECT * FROM names WHERE number = beside LIMIT 1) AS names
WHERE place <= :limit ORDER BY names.kind, place;
