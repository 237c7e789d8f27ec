-- Queries of the front page and of sections.

-- name: put_headline
-- Keep a story's section and glance, with the weight of its head.
INSERT INTO headlines (story, section, weight, latest, lone, glance)
SELECT id, :section, story_weight(coalesce(:lent, latest), independent, json_array_length(outlets)), coalesce(:lent, latest),
    iif(json_array_length(outlets) = 1, 1, 0), :glance
FROM stories WHERE id = :story AND day IS NOT NULL
ON CONFLICT (story) DO UPDATE SET section = excluded.section, weight = excluded.weight, latest = excluded.latest,
    lone = excluded.lone, glance = excluded.glance;

-- name: headlines
-- The heaviest stories; read off the index headlines_by_weight.
SELECT id, title, lead, first, stories.latest, reports, outlets, independent, invented, glance
FROM headlines JOIN stories ON stories.id = headlines.story ORDER BY weight DESC, story LIMIT :limit;

-- name: headlines_behind
-- Those behind a given one that lives.
SELECT id, title, lead, first, stories.latest, reports, outlets, independent, invented, glance
FROM headlines JOIN stories ON stories.id = headlines.story
WHERE weight <= (SELECT weight FROM headlines WHERE story = :behind)
    AND (weight < (SELECT weight FROM headlines WHERE story = :behind) OR story > :behind)
ORDER BY weight DESC, story LIMIT :limit;

-- name: headlines_of_section
-- The heaviest stories of a section; read off the index headlines_of_section.
SELECT id, title, lead, first, stories.latest, reports, outlets, independent, invented, glance
FROM headlines JOIN stories ON stories.id = headlines.story
WHERE section = :section ORDER BY weight DESC, story LIMIT :limit;

-- name: headlines_of_section_behind
-- Those behind a given one that lives.
SELECT id, title, lead, first, stories.latest, reports, outlets, independent, invented, glance
FROM headlines JOIN stories ON stories.id = headlines.story
WHERE section = :section AND weight <= (SELECT weight FROM headlines WHERE story = :behind)
    AND (weight < (SELECT weight FROM headlines WHERE story = :behind) OR story > :behind)
ORDER BY weight DESC, story LIMIT :limit;

-- name: headlines_newest
-- The stories with the latest reports; read off the index headlines_newest.
SELECT id, title, lead, first, stories.latest, reports, outlets, independent, invented, glance
FROM headlines JOIN stories ON stories.id = headlines.story ORDER BY headlines.latest DESC, story LIMIT :limit;

-- name: headlines_lone
-- The latest stories that one outlet tells; read off the index headlines_lone.
SELECT id, title, lead, first, stories.latest, reports, outlets, independent, invented, glance
FROM headlines JOIN stories ON stories.id = headlines.story
WHERE lone = 1 ORDER BY headlines.latest DESC, story LIMIT :limit;

-- name: glances
-- The glances of some stories.
SELECT story, glance FROM headlines WHERE story IN (SELECT value FROM json_each(:stories));

-- name: latest_days
-- The latest days with news, each found behind the one before it.
WITH RECURSIVE days (day, number) AS (
    SELECT (SELECT max(day) FROM stories WHERE day IS NOT NULL), 1
    UNION ALL SELECT (SELECT max(day) FROM stories WHERE day IS NOT NULL AND stories.day < days.day), number + 1
    FROM days WHERE days.day IS NOT NULL AND number < :limit)
SELECT day FROM days WHERE day IS NOT NULL AND number <= :limit;

-- name: widest_of_day
-- The most independently told stories of a day; read off the index stories_front.
SELECT id, title, lead, first, stories.latest, reports, outlets, independent, invented, glance
FROM stories JOIN headlines ON headlines.story = stories.id
WHERE day = :day ORDER BY independent DESC, stories.latest DESC, id LIMIT :limit;

-- name: sections
-- The sections that have stories, each found behind the one before it.
WITH RECURSIVE found (section) AS (
    SELECT min(section) FROM headlines WHERE section > ''
    UNION ALL SELECT (SELECT min(section) FROM headlines WHERE section > found.section) FROM found WHERE found.section IS NOT NULL)
SELECT section FROM found WHERE section IS NOT NULL;

-- name: edition
-- The number that changes with the news.
SELECT number FROM editions;
