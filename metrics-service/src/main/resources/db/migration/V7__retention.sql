-- How long things are kept, and in what form. The service calls these functions from time to time, with the ages that its
-- settings name; all of them may be called by several replicas at once, and again.

-- For removing old rows where no partition can go as a whole: tiny indexes over rows that lie in order of time anyway.
CREATE INDEX student_minute_age ON student_minute USING brin (minute) WITH (pages_per_range = 32);
CREATE INDEX student_hour_age ON student_hour USING brin (hour) WITH (pages_per_range = 32);
CREATE INDEX episode_age ON episode USING brin (started_at) WITH (pages_per_range = 32);

-- Removes students' rows that are older than "before", at most "most" of each table, and tells how many.
CREATE FUNCTION drop_student_rows(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql
SET search_path = metrics AS $f$
DECLARE
    removed bigint := 0;
    part    bigint;
BEGIN
    DELETE FROM student_minute WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM student_minute WHERE minute < before LIMIT most));
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    DELETE FROM student_hour WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM student_hour WHERE hour < before LIMIT most));
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    -- By when they last changed too: an old homework that was sent today is new.
    DELETE FROM episode WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM episode WHERE started_at < before AND updated_at < before LIMIT most));
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    DELETE FROM student_state WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM student_state WHERE updated_at < before LIMIT most)) AND updated_at < before;
    GET DIAGNOSTICS part = ROW_COUNT;
    RETURN removed + part;
END
$f$;

DO $do$
BEGIN
    IF storage_kind() = 'plain' THEN
        CREATE INDEX minute_rollup_age ON minute_rollup USING brin (minute) WITH (pages_per_range = 32);
        CREATE INDEX hour_rollup_age ON hour_rollup USING brin (hour) WITH (pages_per_range = 32);
        CREATE INDEX event_default_age ON event_default USING brin (received_at) WITH (pages_per_range = 32);

        -- Drops the weeks in which nothing was received since "before", and tells how many. A week that is in use just
        -- now is left for the next time: nobody is held up for longer than half a second.
        EXECUTE $q$
            CREATE FUNCTION drop_events(before timestamptz) RETURNS integer LANGUAGE plpgsql
            SET search_path = metrics SET lock_timeout = '500ms' AS $f$
            DECLARE
                week    regclass;
                late    boolean;
                dropped integer := 0;
            BEGIN
                DELETE FROM event_default WHERE received_at < before;
                FOR week IN
                    SELECT inhrelid FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                    WHERE inhparent = 'event'::regclass AND relname ~ '^event_\d{4}_\d\d_\d\d$'
                      AND to_date(substr(relname, 7), 'YYYY_MM_DD') + 7 <= (before AT TIME ZONE 'UTC')::date
                    ORDER BY relname
                LOOP
                    BEGIN
                        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE received_at >= %L)', week, before) INTO late;
                        IF NOT late THEN
                            EXECUTE format('DROP TABLE %s', week);
                            dropped := dropped + 1;
                        END IF;
                    EXCEPTION WHEN lock_not_available OR undefined_table THEN
                        RAISE NOTICE 'the events of % stay for now', week;
                    END;
                END LOOP;
                RETURN dropped;
            END
            $f$
        $q$;
        EXECUTE $q$
            CREATE FUNCTION drop_rollups(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql
            SET search_path = metrics AS $f$
            DECLARE
                removed bigint;
                hours   bigint;
            BEGIN
                DELETE FROM minute_rollup WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM minute_rollup WHERE minute < before LIMIT most));
                GET DIAGNOSTICS removed = ROW_COUNT;
                DELETE FROM hour_rollup WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM hour_rollup WHERE hour < before LIMIT most));
                GET DIAGNOSTICS hours = ROW_COUNT;
                RETURN removed + hours;
            END
            $f$
        $q$;
    ELSE
        -- The same for hypertables: chunks go as a whole.
        EXECUTE $q$
            CREATE FUNCTION drop_events(before timestamptz) RETURNS integer LANGUAGE plpgsql
            SET search_path = metrics AS $f$
            DECLARE
                chunk   record;
                late    boolean;
                dropped integer := 0;
            BEGIN
                FOR chunk IN
                    SELECT format('%I.%I', chunk_schema, chunk_name) AS name, range_start, range_end
                    FROM timescaledb_information.chunks
                    WHERE hypertable_schema = 'metrics' AND hypertable_name = 'event'
                      AND (range_end <= before OR range_start > now() + INTERVAL '14 days')
                    ORDER BY range_start
                LOOP
                    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE received_at >= %L)', chunk.name, before) INTO late;
                    IF NOT late THEN
                        PERFORM public.drop_chunks('metrics.event',
                            older_than => chunk.range_end, newer_than => chunk.range_start);
                        dropped := dropped + 1;
                    END IF;
                END LOOP;
                RETURN dropped;
            END
            $f$
        $q$;
        EXECUTE $q$
            CREATE FUNCTION drop_rollups(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql
            SET search_path = metrics AS $f$
            DECLARE
                removed bigint;
            BEGIN
                SELECT count(*) INTO removed FROM public.drop_chunks('metrics.minute_rollup', older_than => before);
                IF storage_kind() = 'continuous' THEN
                    PERFORM public.drop_chunks('metrics.hour_rollup', older_than => before);
                    PERFORM public.drop_chunks('metrics.day_rollup', older_than => before);
                END IF;
                RETURN removed;
            END
            $f$
        $q$;
        IF storage_kind() = 'continuous' THEN
            -- Questions about raw events name a classroom; duplicates are looked for by classroom, app and time.
            ALTER TABLE event SET (timescaledb.compress, timescaledb.compress_segmentby = 'classroom, app',
                                   timescaledb.compress_orderby = 'occurred_at, id');
            PERFORM public.add_compression_policy('metrics.event', INTERVAL '14 days');
        END IF;
    END IF;
END
$do$;
