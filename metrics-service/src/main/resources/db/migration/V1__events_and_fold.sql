-- What the fold writes in its one transaction: events, fold state, episodes, minute rows, offsets.
-- Raw events and minute rows are hypertables where TimescaleDB is offered; elsewhere raw events are partitioned by week
-- and minute rows are an ordinary table. No query knows which.

-- One row per partition of the usability topic. "next" is the offset that the fold has not seen yet; whoever moves it
-- from the value it expects owns the partition, everybody else is fenced off.
CREATE TABLE partition_offset (
    topic     text   NOT NULL,
    partition integer NOT NULL,
    next      bigint NOT NULL,
    topic_id  text   NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- Records that the topic no longer held when the fold came for them: lost input, never skipped silently.
CREATE TABLE topic_gap (
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    from_offset bigint      NOT NULL,
    to_offset   bigint      NOT NULL,
    reason      text        NOT NULL,
    found_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition, from_offset, found_at)
);

-- The bounded memory of a student's recent past, as versioned JSON in UTF-8 (read it with convert_from(state, 'UTF8')).
-- "tick_at" is when the student's silence becomes worth announcing; null while there is nothing to announce.
CREATE TABLE student_state (
    classroom  text        NOT NULL,
    student    text        NOT NULL,
    partition  integer     NOT NULL,
    version    integer     NOT NULL,
    state      bytea       NOT NULL,
    tick_at    timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (classroom, student)
) WITH (fillfactor = 60);
CREATE INDEX student_state_tick ON student_state (partition, tick_at) WHERE tick_at IS NOT NULL;

CREATE TABLE episode (
    id         uuid             PRIMARY KEY,
    revision   bigint           NOT NULL,
    status     text             NOT NULL CHECK (status IN ('open', 'closed', 'retracted')),
    classroom  text             NOT NULL,
    student    text             NOT NULL,
    app        text             NOT NULL,
    detector   text             NOT NULL,
    level      text             NOT NULL,
    score      double precision NOT NULL,
    target     text,
    skill      text,
    started_at timestamptz      NOT NULL,
    ended_at   timestamptz,
    evidence   jsonb            NOT NULL,
    caused_at  timestamptz      NOT NULL,
    updated_at timestamptz      NOT NULL DEFAULT now()
) WITH (fillfactor = 80);
CREATE INDEX episode_of_classroom ON episode (classroom, started_at);
CREATE INDEX episode_of_student ON episode (student, started_at);
CREATE INDEX episode_open ON episode (classroom, student) WHERE status = 'open';

-- Changes of episodes on their way to Kafka, and how far the relay has come with them.
CREATE TABLE outbox (
    position   bigint GENERATED ALWAYS AS IDENTITY,
    xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    topic      text        NOT NULL,
    key        text        NOT NULL,
    event_id   text        NOT NULL,
    event_type text        NOT NULL,
    event_time timestamptz NOT NULL,
    subject    text        NOT NULL,
    data       jsonb       NOT NULL,
    PRIMARY KEY (xid, position)
);
CREATE TABLE outbox_cursor (
    name     text   PRIMARY KEY,
    xid      xid8   NOT NULL,
    position bigint NOT NULL
);

-- Which students were active in a minute, with their own figures: the only rollup that names students; rows of a student
-- can be deleted. The number of students of a minute is the number of its rows.
CREATE TABLE student_minute (
    classroom text        NOT NULL,
    minute    timestamptz NOT NULL,
    student   text        NOT NULL,
    events    bigint      NOT NULL,
    errors    bigint      NOT NULL,
    attempts  bigint      NOT NULL,
    successes bigint      NOT NULL,
    PRIMARY KEY (classroom, minute, student)
) WITH (fillfactor = 80);

-- Additive figures of a minute of event time, without students; '' stands for "no skill". A student who is erased stays
-- counted here, as a number.
CREATE TABLE minute_rollup (
    classroom text        NOT NULL,
    minute    timestamptz NOT NULL,
    app       text        NOT NULL,
    skill     text        NOT NULL,
    events    bigint      NOT NULL,
    errors    bigint      NOT NULL,
    attempts  bigint      NOT NULL,
    successes bigint      NOT NULL,
    hints     bigint      NOT NULL,
    PRIMARY KEY (classroom, minute, app, skill)
) WITH (fillfactor = 80);

DO $do$
DECLARE
    timescale boolean := EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb');
    -- "occurred_at" is the app's clock as sent, part of the identity of an event; "at" is the time it counts for, which
    -- differs where the app's clock runs ahead.
    columns text := $columns$
        classroom   text             NOT NULL,
        app         text             NOT NULL,
        id          uuid             NOT NULL,
        occurred_at timestamptz      NOT NULL,
        at          timestamptz      NOT NULL,
        received_at timestamptz      NOT NULL,
        student     text             NOT NULL,
        type        text             NOT NULL,
        target      text,
        skill       text,
        outcome     text,
        value       double precision,
        unit        text,
        context     jsonb,
        PRIMARY KEY (classroom, app, id, occurred_at)
    $columns$;
BEGIN
    IF timescale AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN
        BEGIN
            CREATE EXTENSION timescaledb SCHEMA public;
        EXCEPTION WHEN insufficient_privilege OR object_not_in_prerequisite_state OR undefined_file THEN
            RAISE NOTICE 'TimescaleDB is offered but cannot be created here (%); plain partitions are used', SQLERRM;
            timescale := false;
        END;
    END IF;

    IF timescale THEN
        EXECUTE 'CREATE TABLE event (' || columns || ')';
        EXECUTE $q$SELECT public.create_hypertable('metrics.event', public.by_range('occurred_at', INTERVAL '7 days'))$q$;
        EXECUTE $q$SELECT public.create_hypertable('metrics.minute_rollup', public.by_range('minute', INTERVAL '30 days'))$q$;
        EXECUTE $q$CREATE FUNCTION ensure_event_partition(occurred timestamptz) RETURNS void LANGUAGE sql AS ''$q$;
    ELSE
        EXECUTE 'CREATE TABLE event (' || columns || ') PARTITION BY RANGE (occurred_at)';
        EXECUTE 'CREATE TABLE event_default PARTITION OF event DEFAULT';
        -- Creates the partition of the week that holds "occurred", moving there what the default partition took before.
        EXECUTE $q$
            CREATE FUNCTION ensure_event_partition(occurred timestamptz) RETURNS void LANGUAGE plpgsql
            SET search_path = metrics AS $f$
            DECLARE
                week  timestamp := date_trunc('week', occurred AT TIME ZONE 'UTC');
                since timestamptz := week AT TIME ZONE 'UTC';
                until timestamptz := (week + INTERVAL '7 days') AT TIME ZONE 'UTC';
                name  text := 'event_' || to_char(week, 'YYYY_MM_DD');
            BEGIN
                IF to_regclass(name) IS NOT NULL THEN
                    RETURN;
                END IF;
                PERFORM pg_advisory_xact_lock(hashtext('homeroom.metrics.event'), 0);
                IF to_regclass(name) IS NOT NULL THEN
                    RETURN;
                END IF;
                LOCK TABLE event IN SHARE ROW EXCLUSIVE MODE;
                EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING ALL)', name);
                EXECUTE format(
                    'WITH moved AS (DELETE FROM event_default WHERE occurred_at >= %L AND occurred_at < %L RETURNING *)
                     INSERT INTO %I SELECT * FROM moved', since, until, name);
                EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                    name, since, until);
            END
            $f$
        $q$;
    END IF;
END
$do$;

CREATE INDEX event_of_student ON event (classroom, student, at);
