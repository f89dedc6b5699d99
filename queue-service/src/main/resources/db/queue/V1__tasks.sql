-- Tasks: what they are, where they stand, and every step they took. Read by queue-service only.

-- What a task is: written once, never changed. Its state is elsewhere, so that a large payload is not copied with
-- every step. No foreign keys between these tables: they are written together by single statements, and a key would
-- lock the wide row at each of them.
CREATE TABLE queue.task (
    id              uuid PRIMARY KEY,
    type            text        NOT NULL CHECK (length(type) BETWEEN 1 AND 200),
    payload         json        NOT NULL,
    idempotency_key text        CHECK (length(idempotency_key) BETWEEN 1 AND 200),
    key_hash        uuid,
    content_hash    uuid,
    priority        smallint    NOT NULL CHECK (priority BETWEEN 0 AND 9),
    lesson          text        CHECK (length(lesson) BETWEEN 1 AND 200),
    limits          text[]      NOT NULL DEFAULT '{}',
    resolver        text,
    run_at          timestamptz NOT NULL,
    deadline        timestamptz,
    max_attempts    smallint    NOT NULL CHECK (max_attempts BETWEEN 1 AND 100),
    created_at      timestamptz NOT NULL,
    created_by      text        NOT NULL,
    CHECK ((idempotency_key IS NULL) = (key_hash IS NULL) AND (key_hash IS NULL) = (content_hash IS NULL))
);

-- 16 bytes an entry, whatever the length of the key.
CREATE UNIQUE INDEX task_idempotency ON queue.task (key_hash) WHERE key_hash IS NOT NULL;

-- Where an unfinished task stands; the row goes when the task is over. Hot and narrow; room in the pages for updates.
CREATE TABLE queue.task_state (
    id             uuid PRIMARY KEY,
    state          text        NOT NULL CHECK (state IN ('pending', 'claimed')),
    priority       smallint    NOT NULL CHECK (priority BETWEEN 0 AND 9),
    attempt        smallint    NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    max_attempts   smallint    NOT NULL CHECK (max_attempts BETWEEN 1 AND 100),
    version        integer     NOT NULL DEFAULT 1 CHECK (version >= 1),
    token          bigint      NOT NULL DEFAULT 0 CHECK (token >= 0),
    run_at         timestamptz NOT NULL,
    type           text        NOT NULL,
    lesson         text,
    limits         text[],
    session        text,
    incarnation    bigint,
    claim_seq      bigint,
    claim_deadline timestamptz,
    -- Claimed means: by somebody, with a token; pending means: by nobody.
    CHECK (CASE state
               WHEN 'claimed' THEN session IS NOT NULL AND incarnation IS NOT NULL AND claim_seq IS NOT NULL
                    AND claim_deadline IS NOT NULL AND token > 0
               ELSE session IS NULL AND incarnation IS NULL AND claim_seq IS NULL AND claim_deadline IS NULL
           END)
) WITH (
    fillfactor = 60,
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.1, autovacuum_analyze_threshold = 2000
);

-- The claim's scans: for each priority (and type, or lesson) what is due, oldest first.
CREATE INDEX task_state_due ON queue.task_state (priority, run_at, id) WHERE state = 'pending';
CREATE INDEX task_state_due_type ON queue.task_state (type, priority, run_at, id) WHERE state = 'pending';
CREATE INDEX task_state_due_lesson ON queue.task_state (lesson, priority, run_at, id)
    WHERE state = 'pending' AND lesson IS NOT NULL;
-- A token is a right to one task: no two tasks are ever claimed with the same one. The sweep pages by it.
CREATE UNIQUE INDEX task_state_token ON queue.task_state (token) WHERE state = 'claimed';
-- What a session holds; recognises the repeat of a claim.
CREATE INDEX task_state_session ON queue.task_state (session) WHERE state = 'claimed';

-- Every step of every task: the history and the outbox at once. Only ever appended to; partitions go by age.
CREATE SEQUENCE queue.transition_position CACHE 1;
CREATE TABLE queue.transition (
    task       uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    at         timestamptz NOT NULL,
    from_state text,
    to_state   text        NOT NULL
        CHECK (to_state IN ('pending', 'claimed', 'completed', 'skipped', 'failed', 'cancelled')),
    cause      text        NOT NULL,
    type       text        NOT NULL,
    lesson     text,
    session    text,
    token      bigint      NOT NULL DEFAULT 0,
    attempt    smallint    NOT NULL,
    run_at     timestamptz,
    reason     text,
    result     json,
    -- The relay's order: rows of transactions below the snapshot's xmin, by (xid, position).
    xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    position   bigint      NOT NULL DEFAULT nextval('queue.transition_position'),
    PRIMARY KEY (task, version, at),
    CHECK ((from_state IS NULL) = (version = 1))
) PARTITION BY RANGE (at);
CREATE INDEX transition_outbox ON queue.transition (xid, position);

-- How far the relay has published the transitions.
CREATE TABLE queue.outbox_cursor (
    name     text PRIMARY KEY,
    xid      xid8   NOT NULL,
    position bigint NOT NULL
);

-- How many tasks ended how. Appended to by each finishing statement (one row an outcome, not one a task), summed up by
-- maintenance, so that counting needs no scan and no row is fought over.
CREATE TABLE queue.tally (
    status text   NOT NULL CHECK (status IN ('completed', 'skipped', 'failed', 'cancelled')),
    tasks  bigint NOT NULL
);

-- A partition a day, named transition_YYYYMMDD (UTC), from yesterday to `days` ahead.
CREATE FUNCTION queue.create_partitions(days integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    day date;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('queue.create_partitions'));
    FOR day IN SELECT (now() AT TIME ZONE 'UTC')::date + n FROM generate_series(-1, days) AS n LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS queue.%I PARTITION OF queue.transition FOR VALUES FROM (%L) TO (%L)',
            'transition_' || to_char(day, 'YYYYMMDD'),
            day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
    END LOOP;
END $$;

-- Drops whole partitions that ended before `keep_from`, except those that hold something the relay has yet to publish.
CREATE FUNCTION queue.drop_partitions(keep_from timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    part record;
    waiting boolean;
    relayed xid8;
    dropped integer := 0;
BEGIN
    SELECT c.xid INTO relayed FROM queue.outbox_cursor c WHERE c.name = 'queue.transition';
    FOR part IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'queue.transition'::regclass AND c.relname ~ '^transition_\d{8}$'
          AND (to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamp AT TIME ZONE 'UTC' <= keep_from
    LOOP
        -- A transaction may have been published in part, so its own xid counts as waiting.
        EXECUTE format('SELECT EXISTS (SELECT FROM queue.%I WHERE xid >= $1)', part.relname)
            INTO waiting USING coalesce(relayed, '0');
        IF NOT waiting THEN
            EXECUTE format('DROP TABLE queue.%I', part.relname);
            dropped := dropped + 1;
        END IF;
    END LOOP;
    RETURN dropped;
END $$;

SELECT queue.create_partitions(7);
