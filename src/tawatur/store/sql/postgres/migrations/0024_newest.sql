-- verbatim
-- The newest articles first. An index of words gives all articles that have a word, or those that have another one too; which of two
-- words is the rarer decides what that costs. So each article has words that say when it appeared (m9, m12, m15 and m18: minutes,
-- shifted by so many bits), and what is sought for is sought in the newest thousand articles first, then in a time that is so many
-- times as long that the rest should be in it: what a search costs does not grow with the store. Words of headlines have their own letter (t), so that
-- no text need be looked into. Of an index that was made before, the words are made anew.

ALTER INDEX search_by_words SET (fastupdate = off);
TRUNCATE search;
UPDATE search_state SET version = 0 WHERE articles > 0;

-- The words one of which every article has that appeared between two numbers, and few others; NULL where these would be too many.
CREATE FUNCTION search_periods(low bigint, high bigint) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    wide integer;
BEGIN
    FOREACH wide IN ARRAY ARRAY[9, 12, 15, 18] LOOP
        IF (high >> wide + 16) - (low >> wide + 16) < 12 THEN
            RETURN (SELECT string_agg(format('''m%s:%s''', wide, period), ' | ')
                FROM generate_series(low >> wide + 16, high >> wide + 16) AS period)::tsquery;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- The number from which on there are a thousand articles before another one; NULL where there are fewer.
CREATE FUNCTION search_first_window(high bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT number FROM search_articles WHERE number < high ORDER BY number DESC OFFSET 1000 LIMIT 1
$$;

-- How long the next time is in which is sought, where so many of those wanted were found in the one before, and so many are left.
CREATE FUNCTION search_next_span(span bigint, found bigint, remaining bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT least(span, 1::bigint << 48) * greatest(8, least(2 * remaining / (found + 1), 1000))
$$;

-- The newest numbers between two of articles that answer. "number + 0" leaves no way but the index of words: walking down the numbers
-- reads the words of every article on the way.
CREATE FUNCTION search_between(sought tsquery, low bigint, high bigint, most bigint) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    periods tsquery := search_periods(low, high);
    wanted tsquery := CASE WHEN periods IS NULL THEN sought ELSE sought && periods END;
BEGIN
    RETURN ARRAY(SELECT number FROM search WHERE words @@ wanted AND number + 0 >= low AND number + 0 < high
        ORDER BY number + 0 DESC LIMIT most);
END
$$;

-- The numbers of the newest articles that answer.
CREATE FUNCTION search_newest(sought tsquery, first bigint, last bigint, most bigint) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    high bigint := least(last, (SELECT max(number) + 1 FROM search_articles));
    low bigint := search_first_window(high);
    span bigint := high - low;
    newer bigint[];
    numbers bigint[] := '{}';
BEGIN
    FOR turn IN REVERSE 3..0 LOOP
        low := CASE WHEN low > first AND turn > 0 THEN low ELSE first END;
        newer := search_between(sought, low, high, most - cardinality(numbers));
        numbers := numbers || newer;
        EXIT WHEN cardinality(numbers) >= most OR low = first;
        span := search_next_span(span, cardinality(newer), most - cardinality(numbers));
        high := low;
        low := high - span;
    END LOOP;
    RETURN numbers;
END
$$;

-- The newest articles that answer and whose stories are as they should; so many at most are looked at.
CREATE FUNCTION search_stories(
    sought tsquery, first bigint, last bigint, sources bigint, after text, looks bigint, most bigint
) RETURNS TABLE (number bigint, article text, story text, independent bigint) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    high bigint := least(last, (SELECT max(number) + 1 FROM search_articles));
    low bigint := search_first_window(high);
    span bigint := high - low;
    numbers bigint[];
    looked bigint := 0;
    found bigint := 0;
    more bigint;
BEGIN
    FOR turn IN REVERSE 3..0 LOOP
        low := CASE WHEN low > first AND turn > 0 THEN low ELSE first END;
        numbers := search_between(sought, low, high, looks - looked);
        RETURN QUERY SELECT a.number, a.article, a.story, a.independent
            FROM unnest(numbers) WITH ORDINALITY AS own (number, place) CROSS JOIN LATERAL (
                SELECT * FROM search_articles AS b WHERE b.number = own.number
                    AND b.story IS NOT NULL AND b.independent >= sources AND b.read > after LIMIT 1) AS a
            LIMIT most - found;
        GET DIAGNOSTICS more = ROW_COUNT;
        found := found + more;
        looked := looked + cardinality(numbers);
        EXIT WHEN found >= most OR looked >= looks OR low = first;
        span := search_next_span(span, more, most - found);
        high := low;
        low := high - span;
    END LOOP;
END
$$;

-- What stands beside a name is counted off these two alone, as SQLite counts it: there the key of a table stands in each index.
DROP INDEX namings_by_story;
CREATE INDEX namings_by_story ON namings (story, sources) INCLUDE (name);
CREATE INDEX names_ranked ON names (number) INCLUDE (kind, key);
