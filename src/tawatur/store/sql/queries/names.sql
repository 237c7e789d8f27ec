-- Queries behind the pages of names.

-- name: bearers
-- The people known under a look, those in most stories first.
SELECT names.number, names.name, names.stories, names.evidence,
    EXISTS (SELECT 1 FROM namings WHERE namings.story = :story AND namings.name = names.number) AS here
FROM name_looks JOIN names ON names.number = name_looks.name
WHERE name_looks.look = :look ORDER BY name_looks.level DESC, name_looks.name LIMIT :limit;

-- name: drop_namings
-- Forget what a story added to the pages of names.
DELETE FROM namings WHERE story = :story;

-- name: drop_roles
-- Forget the roles that a story gave.
DELETE FROM name_roles WHERE story = :story;

-- name: drop_said
-- Forget what a story quoted.
DELETE FROM name_said WHERE story = :story;

-- name: drop_reportings
-- Forget what outlets did in a story.
DELETE FROM reportings WHERE story = :story;

-- name: drop_leanings
-- Forget who leaned on whom in a story.
DELETE FROM leanings WHERE story = :story;

-- name: names_by_ident
-- The numbers of some names that are no people, NULL of new ones. Each is looked up by itself, however few names there are.
SELECT value AS ident, (SELECT number FROM names WHERE kind = :kind AND ident = wanted.value) AS number,
    (SELECT country FROM names WHERE kind = :kind AND ident = wanted.value) AS country
FROM json_each(:idents) AS wanted;

-- name: keys_taken
-- Those of some keys that are taken.
SELECT value AS key FROM json_each(:keys) AS wanted
WHERE (SELECT number FROM names WHERE kind = :kind AND key = wanted.value) IS NOT NULL;

-- name: evidence_of
-- By what some people are known again, and in how many stories they stand.
SELECT number, evidence, stories FROM names WHERE number IN (SELECT CAST(value AS bigint) FROM json_each(:numbers));

-- name: add_name
-- Keep a new name.
INSERT INTO names (kind, ident, key, name, country) VALUES (:kind, :ident, :key, :name, :country) RETURNING number, kind, key;

-- name: put_evidence
-- Keep by what a person is known again.
UPDATE names SET evidence = :evidence WHERE number = :number;

-- name: put_country
-- Keep the country of a place.
UPDATE names SET country = :country WHERE number = :number AND country = '';

-- name: add_form
-- Keep a spelling of a name.
INSERT INTO name_forms (kind, form, name, shown) VALUES (:kind, :form, :number, :shown)
ON CONFLICT (kind, form, name) DO NOTHING;

-- name: add_look
-- Keep under what a person is looked for.
INSERT INTO name_looks (look, name, level) VALUES (:look, :number, :level) ON CONFLICT (name, look) DO NOTHING;

-- name: raise_looks
-- Keep how well some people are known.
UPDATE name_looks SET level = :level WHERE name IN (SELECT CAST(value AS bigint) FROM json_each(:numbers)) AND level <> :level;

-- name: add_naming
-- Keep that a story has a name.
INSERT INTO namings (name, time, story, form, reports, outlets, sources, doubtful, days)
VALUES (:number, :time, :story, :form, :reports, :outlets, :sources, :doubtful, :days);

-- name: show_best
-- Show some names as most stories spell them, in full where any does.
UPDATE names SET name = (
    SELECT shown FROM name_forms WHERE name_forms.name = names.number AND name_forms.stories > 0
    ORDER BY CASE WHEN form LIKE '%-%' THEN 0 ELSE 1 END, stories DESC, length(form), form LIMIT 1)
WHERE number IN (SELECT CAST(value AS bigint) FROM json_each(:numbers)) AND name <> (
    SELECT shown FROM name_forms WHERE name_forms.name = names.number AND name_forms.stories > 0
    ORDER BY CASE WHEN form LIKE '%-%' THEN 0 ELSE 1 END, stories DESC, length(form), form LIMIT 1);

-- name: add_role
-- Keep a role that a story gives a person.
INSERT INTO name_roles (name, sense, time, story, text, outlets)
VALUES (:number, :sense, :time, :story, :text, :outlets) ON CONFLICT DO NOTHING;

-- name: add_said
-- Keep where a statement stands.
INSERT INTO name_said (name, at, article, start, story, outlets)
VALUES (:number, :at, :article, :start, :story, :outlets) ON CONFLICT DO NOTHING;

-- name: add_reporting
-- Keep what an outlet did in a story.
INSERT INTO reportings (outlet, story, month, reports, first, doubtful, alone, leaning)
VALUES (:outlet, :story, :month, :reports, :first, :doubtful, :alone, :leaning);

-- name: add_leaning
-- Keep that an outlet leans on a medium in a story.
INSERT INTO leanings (story, outlet, medium, lean, shown, month, reports)
VALUES (:story, :outlet, :medium, :lean, :shown, :month, :reports);

-- name: times_of
-- When a story that lives begins and ends.
SELECT first, latest FROM stories WHERE id = :story AND day IS NOT NULL;

-- name: name_by_key
-- A name by the key of its address.
SELECT number, kind, key, name, country, stories, doubtful FROM names WHERE kind = :kind AND key = :key;

-- name: names_spelled
-- The names with a spelling.
SELECT number, names.kind, key, names.name, country, names.stories, doubtful FROM name_forms
JOIN names ON names.number = name_forms.name
WHERE name_forms.kind = :kind AND form = :form ORDER BY names.stories DESC, key LIMIT :limit;

-- name: names_beginning
-- The names with a spelling that begins so.
SELECT number, names.kind, key, names.name, country, names.stories, doubtful FROM name_forms
JOIN names ON names.number = name_forms.name
WHERE name_forms.kind = :kind AND form >= :form AND form < :end AND names.stories > 0 ORDER BY form, name_forms.name LIMIT :limit;

-- name: names_listed
-- The names that stories have, by key.
SELECT number, kind, key, name, country, stories, doubtful FROM names
WHERE kind = :kind AND stories > 0 AND key > :behind ORDER BY key LIMIT :limit;

-- name: names_in
-- The names of a story.
SELECT number, kind, key, names.name, country, names.stories, names.doubtful, form, reports FROM namings
JOIN names ON names.number = namings.name WHERE story = :story ORDER BY reports DESC, sources DESC, number;

-- name: stories_of
-- The latest stories that have a name.
SELECT id, title, lead, first, latest, stories.reports, stories.outlets, independent, invented,
    namings.reports AS naming, namings.sources FROM namings
JOIN stories ON stories.id = namings.story
WHERE namings.name = :number ORDER BY namings.time DESC, namings.story DESC LIMIT :limit;

-- name: stories_of_behind
-- Those behind a given one.
SELECT id, title, lead, first, latest, stories.reports, stories.outlets, independent, invented,
    namings.reports AS naming, namings.sources FROM namings
JOIN stories ON stories.id = namings.story
WHERE namings.name = :number AND (namings.time, namings.story) < (SELECT latest, id FROM stories WHERE id = :before)
ORDER BY namings.time DESC, namings.story DESC LIMIT :limit;

-- name: roles_of
-- The roles that most stories give a person, each with its ends.
SELECT sense, stories,
    (SELECT min(time) FROM name_roles AS r WHERE r.name = t.name AND r.sense = t.sense) AS first,
    (SELECT max(time) FROM name_roles AS r WHERE r.name = t.name AND r.sense = t.sense) AS latest
FROM name_role_tallies AS t WHERE name = :number ORDER BY stories DESC, sense LIMIT :limit;

-- name: role_told
-- The newest stories that give a role, with its words and outlets.
SELECT text, outlets FROM name_roles WHERE name = :number AND sense = :sense ORDER BY time DESC, story DESC LIMIT :limit;

-- name: said_by
-- Where statements stand, newest first.
SELECT at, article, start, story, outlets FROM name_said WHERE name = :number
ORDER BY at DESC, article DESC, start DESC LIMIT :limit OFFSET :behind;

-- name: beside
-- The names that the newest stories of a name have too, the first of each kind. Both halves are read off indexes alone.
SELECT number, kind, key, name, country, stories, doubtful, shared, told FROM (
    SELECT names.*, shared, told,
        row_number() OVER (PARTITION BY kind ORDER BY shared DESC, told DESC, key) AS place
    FROM (
        SELECT other.name AS beside, count(*) AS shared, sum(other.sources) AS told
        FROM (SELECT story FROM namings WHERE name = :number ORDER BY time DESC, story DESC LIMIT :newest) AS own
        CROSS JOIN namings AS other
        WHERE other.story = own.story AND other.name <> :number GROUP BY other.name) AS near
    JOIN names ON names.number = beside) AS placed
WHERE place <= :limit ORDER BY kind, place;

-- name: days_of
-- How much was told of a name on each day.
SELECT day, reports, sources FROM name_days WHERE name = :number AND day BETWEEN :since AND :until ORDER BY day;

-- name: newest_day
-- The latest day on which an outlet told anything.
SELECT max(day) AS day FROM name_days WHERE kind = 'outlet' AND day <= :until;

-- name: most_of_day
-- The names of which most was told on one day.
SELECT name FROM name_days WHERE kind = :kind AND day = :day ORDER BY sources DESC, reports DESC, name LIMIT :limit;

-- name: told_of
-- How much was told of some names in some days.
SELECT number, names.kind, key, names.name, country, names.stories, doubtful, sum(reports) AS reports, sum(sources) AS sources
FROM name_days JOIN names ON names.number = name_days.name
WHERE name_days.name IN (SELECT CAST(value AS bigint) FROM json_each(:numbers)) AND day BETWEEN :since AND :until GROUP BY names.number;

-- name: outlet_tally
-- What an outlet did in some months.
SELECT coalesce(sum(stories), 0) AS stories, coalesce(sum(reports), 0) AS reports, coalesce(sum(first), 0) AS first,
    coalesce(sum(perhaps), 0) AS perhaps, coalesce(sum(alone), 0) AS alone, coalesce(sum(leaning), 0) AS leaning
FROM reporting_months WHERE outlet = :outlet AND month >= :since;

-- name: leanings_of
-- On whom an outlet leans, and who on it.
SELECT outlet, medium, lean, max(shown) AS shown, sum(reports) AS reports FROM (
    SELECT outlet, medium, lean, shown, reports FROM leaning_months WHERE outlet = :outlet AND month >= :since
    UNION ALL SELECT outlet, medium, lean, shown, reports FROM leaning_months WHERE medium = :outlet AND month >= :since
) AS both_sides
GROUP BY outlet, medium, lean ORDER BY reports DESC, outlet, medium, lean;

-- name: leanings
-- Who leans on whom.
SELECT outlet, medium, lean, max(shown) AS shown, sum(reports) AS reports FROM leaning_months WHERE month >= :since
GROUP BY outlet, medium, lean ORDER BY reports DESC, outlet, medium, lean LIMIT :limit;

-- name: forms_of
-- The spellings of a name that stories show first.
SELECT shown FROM name_forms WHERE name = :number AND stories > 0
    AND stories * :rare >= (SELECT max(stories) FROM name_forms WHERE name = :number)
ORDER BY stories DESC, form LIMIT :limit;

-- name: reported
-- What outlets did in some stories.
SELECT story, outlet, reports, first, doubtful, leaning FROM reportings
WHERE story IN (SELECT value FROM json_each(:stories)) ORDER BY story, outlet;
