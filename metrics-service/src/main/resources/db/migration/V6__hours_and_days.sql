-- Figures of hours and days under the same names everywhere. With TimescaleDB they are continuous aggregates on the minute
-- rows, real-time: what is not materialised yet is added while reading. On plain PostgreSQL a trigger adds to the hour what
-- the fold adds to the minute, in its transaction, and days are a view on hours. Hours and days are those of UTC.

-- A student's figures of an hour, by app and skill ('' for none): what questions about students are answered from.
-- Written by the fold; rows of a student can be deleted.
CREATE TABLE student_hour (
    classroom text        NOT NULL,
    hour      timestamptz NOT NULL,
    student   text        NOT NULL,
    app       text        NOT NULL,
    skill     text        NOT NULL,
    events    bigint      NOT NULL,
    errors    bigint      NOT NULL,
    attempts  bigint      NOT NULL,
    successes bigint      NOT NULL,
    hints     bigint      NOT NULL,
    PRIMARY KEY (classroom, hour, student, app, skill)
) WITH (fillfactor = 80);
CREATE INDEX student_hour_of_student ON student_hour (student, hour);

-- Episodes that touch a stretch of time: the closed ones by their end, the open ones by episode_open.
CREATE INDEX episode_ended ON episode (classroom, ended_at) WHERE status = 'closed';

-- How the figures are stored here: 'continuous' (TimescaleDB), 'views' (TimescaleDB without its community edition), 'plain'.
CREATE FUNCTION storage_kind() RETURNS text LANGUAGE plpgsql STABLE SET search_path = metrics AS $f$
DECLARE
    hypertable boolean := false;
BEGIN
    IF to_regclass('timescaledb_information.hypertables') IS NOT NULL THEN
        EXECUTE $q$SELECT EXISTS (SELECT FROM timescaledb_information.hypertables
                                  WHERE hypertable_schema = 'metrics' AND hypertable_name = 'minute_rollup')$q$
            INTO hypertable;
    END IF;
    RETURN CASE WHEN NOT hypertable THEN 'plain'
                WHEN current_setting('timescaledb.license', true) = 'timescale' THEN 'continuous'
                ELSE 'views' END;
END
$f$;

DO $do$
DECLARE
    kind text := storage_kind();
    figures text := $q$sum(events)::bigint AS events, sum(errors)::bigint AS errors, sum(attempts)::bigint AS attempts,
                       sum(successes)::bigint AS successes, sum(hints)::bigint AS hints$q$;
BEGIN
    IF kind <> 'plain' THEN
        -- The identity of an event begins with its classroom: the index by time alone serves nobody.
        DROP INDEX IF EXISTS event_occurred_at_idx;
    END IF;
    IF kind = 'continuous' THEN
        EXECUTE format($q$
            CREATE MATERIALIZED VIEW hour_rollup
            WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
            SELECT classroom, public.time_bucket('1 hour', minute) AS hour, app, skill, %s
            FROM minute_rollup GROUP BY 1, 2, 3, 4 WITH NO DATA$q$, figures);
        EXECUTE format($q$
            CREATE MATERIALIZED VIEW day_rollup
            WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
            SELECT classroom, public.time_bucket('1 day', hour) AS day, app, skill, %s
            FROM hour_rollup GROUP BY 1, 2, 3, 4 WITH NO DATA$q$, figures);
        -- What late events change behind the materialised end is seen with the next refresh, a minute later at most.
        PERFORM public.add_continuous_aggregate_policy('metrics.hour_rollup',
            start_offset => NULL, end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '1 minute');
        PERFORM public.add_continuous_aggregate_policy('metrics.day_rollup',
            start_offset => NULL, end_offset => INTERVAL '1 day', schedule_interval => INTERVAL '1 minute');
    ELSIF kind = 'views' THEN
        EXECUTE format($q$
            CREATE VIEW hour_rollup AS
            SELECT classroom, public.time_bucket('1 hour', minute) AS hour, app, skill, %s
            FROM minute_rollup GROUP BY 1, 2, 3, 4$q$, figures);
        EXECUTE format($q$
            CREATE VIEW day_rollup AS
            SELECT classroom, public.time_bucket('1 day', minute) AS day, app, skill, %s
            FROM minute_rollup GROUP BY 1, 2, 3, 4$q$, figures);
    ELSE
        CREATE TABLE hour_rollup (
            classroom text        NOT NULL,
            hour      timestamptz NOT NULL,
            app       text        NOT NULL,
            skill     text        NOT NULL,
            events    bigint      NOT NULL,
            errors    bigint      NOT NULL,
            attempts  bigint      NOT NULL,
            successes bigint      NOT NULL,
            hints     bigint      NOT NULL,
            PRIMARY KEY (classroom, hour, app, skill)
        ) WITH (fillfactor = 80);
        -- Lets questions about days find their rows.
        CREATE INDEX hour_rollup_day ON hour_rollup
            (classroom, date_bin(INTERVAL '1 day', hour, TIMESTAMPTZ '2000-01-01 00:00:00Z'));
        EXECUTE format($q$
            CREATE VIEW day_rollup AS
            SELECT classroom, date_bin(INTERVAL '1 day', hour, TIMESTAMPTZ '2000-01-01 00:00:00Z') AS day, app, skill, %s
            FROM hour_rollup GROUP BY 1, 2, 3, 4$q$, figures);

        EXECUTE $q$
            CREATE FUNCTION add_to_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = metrics AS $f$
            BEGIN
                INSERT INTO hour_rollup AS h
                SELECT classroom, date_bin(INTERVAL '1 hour', minute, TIMESTAMPTZ '2000-01-01 00:00:00Z'), app, skill,
                       sum(events), sum(errors), sum(attempts), sum(successes), sum(hints)
                FROM added GROUP BY 1, 2, 3, 4
                ON CONFLICT (classroom, hour, app, skill) DO UPDATE
                SET events = h.events + excluded.events, errors = h.errors + excluded.errors,
                    attempts = h.attempts + excluded.attempts, successes = h.successes + excluded.successes,
                    hints = h.hints + excluded.hints;
                RETURN NULL;
            END
            $f$
        $q$;
        EXECUTE $q$
            CREATE FUNCTION change_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = metrics AS $f$
            BEGIN
                INSERT INTO hour_rollup AS h
                SELECT classroom, date_bin(INTERVAL '1 hour', minute, TIMESTAMPTZ '2000-01-01 00:00:00Z'), app, skill,
                       sum(sign * events), sum(sign * errors), sum(sign * attempts), sum(sign * successes),
                       sum(sign * hints)
                FROM (SELECT 1 AS sign, * FROM added UNION ALL SELECT -1, * FROM removed) changed GROUP BY 1, 2, 3, 4
                ON CONFLICT (classroom, hour, app, skill) DO UPDATE
                SET events = h.events + excluded.events, errors = h.errors + excluded.errors,
                    attempts = h.attempts + excluded.attempts, successes = h.successes + excluded.successes,
                    hints = h.hints + excluded.hints;
                RETURN NULL;
            END
            $f$
        $q$;
        CREATE TRIGGER added_to_hours AFTER INSERT ON minute_rollup
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION add_to_hours();
        CREATE TRIGGER changed_in_hours AFTER UPDATE ON minute_rollup
            REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION change_hours();
    END IF;
END
$do$;
