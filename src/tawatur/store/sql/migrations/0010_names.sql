-- What stands behind the pages of names. Tallies change by triggers, with the rows that they count and with nothing else.

CREATE TABLE names (
    number   INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,             -- person, place, organization, topic, outlet
    ident    TEXT,                      -- by what it is the same in all stories; NULL of a person, whom "evidence" tells
    key      TEXT NOT NULL,             -- in the address of its page; never changes
    name     TEXT NOT NULL,             -- as most stories spell it
    country  TEXT NOT NULL DEFAULT '',
    stories  INTEGER NOT NULL DEFAULT 0,
    doubtful INTEGER NOT NULL DEFAULT 0, -- how many of them tell it by nothing but the name
    evidence TEXT NOT NULL DEFAULT '[]', -- JSON: of a person, the appearances by which he or she is known again
    UNIQUE (kind, key)
) STRICT;
CREATE UNIQUE INDEX names_by_ident ON names (kind, ident) WHERE ident IS NOT NULL;
CREATE INDEX names_listed ON names (kind, key) WHERE stories > 0;

-- Every spelling of a name, with how many stories spell it so first.
CREATE TABLE name_forms (
    kind    TEXT NOT NULL,
    form    TEXT NOT NULL,              -- folded
    name    INTEGER NOT NULL REFERENCES names (number),
    shown   TEXT NOT NULL,
    stories INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, form, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_forms_by_name ON name_forms (name);

-- Under what people are looked for; "level" grows with the number of their stories, so that the best known come first.
CREATE TABLE name_looks (
    look  TEXT NOT NULL,
    name  INTEGER NOT NULL REFERENCES names (number),
    level INTEGER NOT NULL,
    PRIMARY KEY (name, look)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_looks_best ON name_looks (look, level DESC, name);

CREATE TABLE namings (
    name     INTEGER NOT NULL REFERENCES names (number),
    time     TEXT NOT NULL,             -- of the story's latest report
    story    TEXT NOT NULL REFERENCES stories (id),
    form     TEXT NOT NULL,             -- the spelling that the story shows
    reports  INTEGER NOT NULL,
    outlets  INTEGER NOT NULL,
    sources  INTEGER NOT NULL,          -- independent ones
    doubtful INTEGER NOT NULL,
    days     TEXT NOT NULL,             -- JSON: day → [reports, independent sources]
    PRIMARY KEY (name, time, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX namings_by_story ON namings (story, sources);

CREATE TABLE name_days (
    name    INTEGER NOT NULL REFERENCES names (number),
    day     TEXT NOT NULL,
    kind    TEXT NOT NULL,
    stories INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    PRIMARY KEY (name, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_days_top ON name_days (kind, day, sources DESC, reports DESC, name);

CREATE TRIGGER naming_added AFTER INSERT ON namings BEGIN
    UPDATE names SET stories = stories + 1, doubtful = doubtful + NEW.doubtful WHERE number = NEW.name;
    UPDATE name_forms SET stories = stories + 1
    WHERE name = NEW.name AND form = NEW.form AND kind = (SELECT kind FROM names WHERE number = NEW.name);
    INSERT INTO name_days (name, day, kind, stories, reports, sources)
    SELECT NEW.name, one.key, names.kind, 1, CAST(json_extract(one.value, '$[0]') AS bigint), CAST(json_extract(one.value, '$[1]') AS bigint)
    FROM json_each(NEW.days) AS one JOIN names ON names.number = NEW.name WHERE true
    ON CONFLICT (name, day) DO UPDATE SET
        stories = name_days.stories + 1, reports = name_days.reports + excluded.reports,
        sources = name_days.sources + excluded.sources;
END;

CREATE TRIGGER naming_dropped AFTER DELETE ON namings BEGIN
    UPDATE names SET stories = stories - 1, doubtful = doubtful - OLD.doubtful WHERE number = OLD.name;
    UPDATE name_forms SET stories = stories - 1
    WHERE name = OLD.name AND form = OLD.form AND kind = (SELECT kind FROM names WHERE number = OLD.name);
    UPDATE name_days SET
        stories = stories - 1,
        reports = reports - (SELECT CAST(json_extract(value, '$[0]') AS bigint) FROM json_each(OLD.days) WHERE key = day),
        sources = sources - (SELECT CAST(json_extract(value, '$[1]') AS bigint) FROM json_each(OLD.days) WHERE key = day)
    WHERE name = OLD.name AND day IN (SELECT key FROM json_each(OLD.days));
    DELETE FROM name_days WHERE name = OLD.name AND stories = 0 AND day IN (SELECT key FROM json_each(OLD.days));
END;

CREATE TABLE name_roles (
    name    INTEGER NOT NULL REFERENCES names (number),
    sense   TEXT NOT NULL,
    time    TEXT NOT NULL,              -- of the story's first report
    story   TEXT NOT NULL REFERENCES stories (id),
    text    TEXT NOT NULL,
    outlets TEXT NOT NULL,              -- JSON
    PRIMARY KEY (name, sense, time, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_roles_by_story ON name_roles (story);

CREATE TABLE name_role_tallies (
    name    INTEGER NOT NULL,
    sense   TEXT NOT NULL,
    stories INTEGER NOT NULL,
    PRIMARY KEY (name, sense)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_role_tallies_top ON name_role_tallies (name, stories DESC, sense);

CREATE TRIGGER role_added AFTER INSERT ON name_roles BEGIN
    INSERT INTO name_role_tallies (name, sense, stories) VALUES (NEW.name, NEW.sense, 1)
    ON CONFLICT (name, sense) DO UPDATE SET stories = name_role_tallies.stories + 1;
END;

CREATE TRIGGER role_dropped AFTER DELETE ON name_roles BEGIN
    UPDATE name_role_tallies SET stories = stories - 1 WHERE name = OLD.name AND sense = OLD.sense;
    DELETE FROM name_role_tallies WHERE name = OLD.name AND sense = OLD.sense AND stories = 0;
END;

CREATE TABLE name_said (
    name    INTEGER NOT NULL REFERENCES names (number),
    at      TEXT NOT NULL,              -- when the report appeared that has it
    article TEXT NOT NULL REFERENCES articles (id),
    start   INTEGER NOT NULL,           -- of the statement's span
    story   TEXT NOT NULL REFERENCES stories (id),
    outlets TEXT NOT NULL,              -- JSON: those that have the same words
    PRIMARY KEY (name, at, article, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_said_by_story ON name_said (story);

CREATE TABLE reportings (
    outlet   TEXT NOT NULL,
    story    TEXT NOT NULL REFERENCES stories (id),
    month    TEXT NOT NULL,             -- of the story's latest report
    reports  INTEGER NOT NULL,
    first    INTEGER NOT NULL,          -- 1: it was the first to publish
    doubtful INTEGER NOT NULL,          -- 1: others can have been
    alone    INTEGER NOT NULL,
    leaning  INTEGER NOT NULL,          -- how many of the reports lean on another medium
    PRIMARY KEY (story, outlet)
) STRICT, WITHOUT ROWID;

CREATE TABLE reporting_months (
    outlet  TEXT NOT NULL,
    month   TEXT NOT NULL,
    stories INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    first   INTEGER NOT NULL,
    perhaps INTEGER NOT NULL,
    alone   INTEGER NOT NULL,
    leaning INTEGER NOT NULL,
    PRIMARY KEY (outlet, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER reporting_added AFTER INSERT ON reportings BEGIN
    INSERT INTO reporting_months (outlet, month, stories, reports, first, perhaps, alone, leaning)
    VALUES (NEW.outlet, NEW.month, 1, NEW.reports, NEW.first * (1 - NEW.doubtful), NEW.first * NEW.doubtful,
        NEW.alone, NEW.leaning)
    ON CONFLICT (outlet, month) DO UPDATE SET stories = reporting_months.stories + 1,
        reports = reporting_months.reports + excluded.reports, first = reporting_months.first + excluded.first,
        perhaps = reporting_months.perhaps + excluded.perhaps, alone = reporting_months.alone + excluded.alone,
        leaning = reporting_months.leaning + excluded.leaning;
END;

CREATE TRIGGER reporting_dropped AFTER DELETE ON reportings BEGIN
    UPDATE reporting_months SET stories = stories - 1, reports = reports - OLD.reports,
        first = first - OLD.first * (1 - OLD.doubtful), perhaps = perhaps - OLD.first * OLD.doubtful,
        alone = alone - OLD.alone, leaning = leaning - OLD.leaning
    WHERE outlet = OLD.outlet AND month = OLD.month;
    DELETE FROM reporting_months WHERE outlet = OLD.outlet AND month = OLD.month AND stories = 0;
END;

CREATE TABLE leanings (
    story   TEXT NOT NULL REFERENCES stories (id),
    outlet  TEXT NOT NULL,
    medium  TEXT NOT NULL,              -- an outlet's key, or the spelling of a name that no outlet has
    lean    TEXT NOT NULL,              -- copies, names, credits
    shown   TEXT NOT NULL,
    month   TEXT NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (story, outlet, medium, lean)
) STRICT, WITHOUT ROWID;

CREATE TABLE leaning_months (
    outlet  TEXT NOT NULL,
    medium  TEXT NOT NULL,
    lean    TEXT NOT NULL,
    month   TEXT NOT NULL,
    shown   TEXT NOT NULL,
    stories INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (outlet, month, medium, lean)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaning_months_by_medium ON leaning_months (medium, month);
CREATE INDEX leaning_months_by_month ON leaning_months (month);

CREATE TRIGGER leaning_added AFTER INSERT ON leanings BEGIN
    INSERT INTO leaning_months (outlet, medium, lean, month, shown, stories, reports)
    VALUES (NEW.outlet, NEW.medium, NEW.lean, NEW.month, NEW.shown, 1, NEW.reports)
    ON CONFLICT (outlet, month, medium, lean) DO UPDATE SET
        stories = leaning_months.stories + 1, reports = leaning_months.reports + excluded.reports, shown = excluded.shown;
END;

CREATE TRIGGER leaning_dropped AFTER DELETE ON leanings BEGIN
    UPDATE leaning_months SET stories = stories - 1, reports = reports - OLD.reports
    WHERE outlet = OLD.outlet AND month = OLD.month AND medium = OLD.medium AND lean = OLD.lean;
    DELETE FROM leaning_months
    WHERE outlet = OLD.outlet AND month = OLD.month AND medium = OLD.medium AND lean = OLD.lean AND stories = 0;
END;
