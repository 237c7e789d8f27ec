-- verbatim
-- What the shared queries call, in the words of SQLite, so that they are written once. Every one of them is given back as SQLite
-- does, as far as the queries use it.

CREATE FUNCTION iif(boolean, anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT CASE WHEN $1 THEN $2 ELSE $3 END';

CREATE FUNCTION iif(bigint, anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT CASE WHEN $1 <> 0 THEN $2 ELSE $3 END';

CREATE FUNCTION max(anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT CASE WHEN $1 >= $2 THEN $1 WHEN $1 < $2 THEN $2 END';

CREATE FUNCTION min(anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT CASE WHEN $1 <= $2 THEN $1 WHEN $1 > $2 THEN $2 END';

CREATE FUNCTION instr(text, text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT strpos($1, $2)::bigint';

-- The members of a list or an object, in their order; their values as text.
CREATE FUNCTION json_each(one text) RETURNS TABLE (key text, value text) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 20
AS $$
BEGIN
    IF json_typeof(one::json) = 'object' THEN
        RETURN QUERY SELECT own.key, own.value FROM json_each_text(one::json) AS own;
    ELSE
        RETURN QUERY SELECT (own.place - 1)::text, own.value
            FROM json_array_elements_text(one::json) WITH ORDINALITY AS own (value, place);
    END IF;
END
$$;

-- A member by its path: '$.name', '$[2]', '$.name[2]'.
CREATE FUNCTION json_extract(one text, path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT one::json #>> string_to_array(trim(both '.' from replace(replace(substr(path, 2), '[', '.'), ']', '')), '.') $$;

CREATE FUNCTION json_set(one text, path text, value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT jsonb_set(one::jsonb, string_to_array(substr(path, 3), '.'), value::jsonb)::text $$;

CREATE FUNCTION json_array_length(text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT json_array_length($1::json)::bigint';

CREATE FUNCTION json_of_texts(text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT array_to_json($1)::text';

CREATE AGGREGATE json_group_array(text) (SFUNC = array_append, STYPE = text[], INITCOND = '{}', FINALFUNC = json_of_texts);

-- As stories/weight.py has it.
CREATE FUNCTION story_weight(latest text, independent bigint, outlets bigint) RETURNS double precision
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT extract(epoch FROM latest::timestamptz)::double precision / 3600
        + 9 * ln(greatest(independent, 1)::double precision) / ln(2::double precision)
        + 3 * ln(greatest(outlets, 1)::double precision) / ln(2::double precision)
$$;
