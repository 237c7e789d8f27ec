-- verbatim
-- What names and roles count is counted once a statement, for all of its rows, as a story's names come in one; row by row it took
-- half of what keeping a composed story took. The rows are those that the triggers of migration 10 make. Joins by hashes are off,
-- as each name is looked up by its number, however few names there were when the plan was made.

-- The number of a name's stories changes with each of them. As no index asks for it, the row stays where it is on its page, and no index
-- is written; lists of names go by (kind, key) and pass over the few without stories.
DROP INDEX names_listed;
ALTER TABLE names SET (fillfactor = 85);
ALTER TABLE name_forms SET (fillfactor = 85);

DROP TRIGGER naming_added ON namings;
CREATE OR REPLACE FUNCTION naming_added() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
BEGIN
    UPDATE names SET stories = names.stories + own.stories, doubtful = names.doubtful + own.doubtful
    FROM (SELECT name, count(*) AS stories, sum(doubtful)::bigint AS doubtful FROM added GROUP BY name) AS own
    WHERE names.number = own.name;
    UPDATE name_forms SET stories = name_forms.stories + own.stories
    FROM (SELECT names.kind, added.form, added.name, count(*) AS stories FROM added JOIN names ON names.number = added.name
        GROUP BY names.kind, added.form, added.name) AS own
    WHERE name_forms.kind = own.kind AND name_forms.form = own.form AND name_forms.name = own.name;
    INSERT INTO name_days (name, day, kind, stories, reports, sources)
    SELECT added.name, one.key, names.kind, count(*), sum((one.value ->> 0)::bigint)::bigint, sum((one.value ->> 1)::bigint)::bigint
    FROM added JOIN names ON names.number = added.name CROSS JOIN LATERAL json_each(added.days::json) AS one
    GROUP BY added.name, one.key, names.kind
    ON CONFLICT (name, day) DO UPDATE SET stories = name_days.stories + excluded.stories,
        reports = name_days.reports + excluded.reports, sources = name_days.sources + excluded.sources;
    RETURN NULL;
END
$$;
CREATE TRIGGER naming_added AFTER INSERT ON namings REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION naming_added();

DROP TRIGGER naming_dropped ON namings;
CREATE OR REPLACE FUNCTION naming_dropped() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT 1 FROM dropped) THEN
        RETURN NULL;
    END IF;
    UPDATE names SET stories = names.stories - own.stories, doubtful = names.doubtful - own.doubtful
    FROM (SELECT name, count(*) AS stories, sum(doubtful)::bigint AS doubtful FROM dropped GROUP BY name) AS own
    WHERE names.number = own.name;
    UPDATE name_forms SET stories = name_forms.stories - own.stories
    FROM (SELECT names.kind, dropped.form, dropped.name, count(*) AS stories FROM dropped JOIN names ON names.number = dropped.name
        GROUP BY names.kind, dropped.form, dropped.name) AS own
    WHERE name_forms.kind = own.kind AND name_forms.form = own.form AND name_forms.name = own.name;
    UPDATE name_days SET stories = name_days.stories - own.stories, reports = name_days.reports - own.reports,
        sources = name_days.sources - own.sources
    FROM (SELECT dropped.name, one.key AS day, count(*) AS stories, sum((one.value ->> 0)::bigint)::bigint AS reports,
            sum((one.value ->> 1)::bigint)::bigint AS sources
        FROM dropped CROSS JOIN LATERAL json_each(dropped.days::json) AS one GROUP BY dropped.name, one.key) AS own
    WHERE name_days.name = own.name AND name_days.day = own.day;
    DELETE FROM name_days USING dropped WHERE name_days.name = dropped.name AND name_days.stories = 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER naming_dropped AFTER DELETE ON namings REFERENCING OLD TABLE AS dropped
FOR EACH STATEMENT EXECUTE FUNCTION naming_dropped();

DROP TRIGGER role_added ON name_roles;
CREATE OR REPLACE FUNCTION role_added() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO name_role_tallies (name, sense, stories) SELECT name, sense, count(*) FROM added GROUP BY name, sense
    ON CONFLICT (name, sense) DO UPDATE SET stories = name_role_tallies.stories + excluded.stories;
    RETURN NULL;
END
$$;
CREATE TRIGGER role_added AFTER INSERT ON name_roles REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION role_added();

DROP TRIGGER role_dropped ON name_roles;
CREATE OR REPLACE FUNCTION role_dropped() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
BEGIN
    UPDATE name_role_tallies SET stories = name_role_tallies.stories - own.stories
    FROM (SELECT name, sense, count(*) AS stories FROM dropped GROUP BY name, sense) AS own
    WHERE name_role_tallies.name = own.name AND name_role_tallies.sense = own.sense;
    DELETE FROM name_role_tallies USING dropped
    WHERE name_role_tallies.name = dropped.name AND name_role_tallies.sense = dropped.sense AND name_role_tallies.stories = 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER role_dropped AFTER DELETE ON name_roles REFERENCING OLD TABLE AS dropped
FOR EACH STATEMENT EXECUTE FUNCTION role_dropped();
