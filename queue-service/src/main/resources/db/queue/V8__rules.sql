-- Rare ends, in the order of age: what a list by status and the retry of failed tasks look for among millions that went well.
CREATE INDEX transition_rare ON queue.transition (to_state, task, version)
    WHERE to_state IN ('failed', 'skipped', 'cancelled');

-- The subject that asked for a step which no holder made: a retry, or a cancellation from outside.
ALTER TABLE queue.transition ADD COLUMN asked_by text CHECK (length(asked_by) BETWEEN 1 AND 200);

-- Puts tasks back that are over, in one of these states: with all their attempts, the last token, and the next version.
-- A function, because it needs two snapshots: the lock makes retries of one task take turns, and only a look taken after
-- it sees what the one before did. (Between its end and this look the task may have been claimed and finished, so that
-- neither the absence of its row nor a conflict with it would tell.)
CREATE FUNCTION queue.retry(ids uuid[], states text[], delay_ms bigint, new_deadline timestamptz, subject text, words text)
    RETURNS SETOF queue.transition LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM queue.task t WHERE t.id = ANY(ids) ORDER BY t.id FOR NO KEY UPDATE;
    RETURN QUERY
    WITH over AS (
        SELECT t.*, x.to_state, x.version, x.token, greatest(x.xid, pg_current_xact_id()) AS moved, coalesce(new_deadline, t.deadline) AS until,
            now() + delay_ms * interval '1 ms' AS due
        FROM queue.task t CROSS JOIN LATERAL (
            SELECT x.to_state, x.version, x.token, x.xid FROM queue.transition x WHERE x.task = t.id
            ORDER BY x.version DESC LIMIT 1
        ) x
        WHERE t.id = ANY(ids) AND x.to_state = ANY(states)
            AND NOT EXISTS (SELECT FROM queue.task_state s WHERE s.id = t.id)
    ), back AS (
        INSERT INTO queue.task_state (id, state, priority, max_attempts, version, token, run_at, deadline, type, lesson,
            limits, capabilities, lane, moved_by)
        SELECT id, 'pending', priority, max_attempts, version + 1, token, due, until, type, lesson,
            nullif(limits, '{}'), nullif(capabilities, '{}'), queue.lane(type, lesson, limits, capabilities), moved
        FROM over WHERE until IS NULL OR until > due
        RETURNING id, version, token, run_at, moved_by
    ), deadlines AS (
        UPDATE queue.task t SET deadline = new_deadline FROM back
        WHERE t.id = back.id AND new_deadline IS NOT NULL
    ), tally AS (
        INSERT INTO queue.tally (status, lesson, tasks)
        SELECT over.to_state, coalesce(over.lesson, ''), -count(*) FROM over JOIN back ON back.id = over.id
        GROUP BY over.to_state, over.lesson
    )
    INSERT INTO queue.transition (task, version, at, from_state, to_state, cause, type, lesson, token, attempt, run_at,
        reason, asked_by, xid)
    SELECT back.id, back.version, now(), over.to_state, 'pending', 'retried', over.type, over.lesson, back.token, 0,
        back.run_at, words, subject, back.moved_by
    FROM back JOIN over ON over.id = back.id
    RETURNING *;
END $$;

-- As before, but attached instead of created in place: that does not wait for, nor hold up, statements that append.
CREATE OR REPLACE FUNCTION queue.create_partitions(days integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    day date;
    part text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('queue.create_partitions'));
    FOR day IN SELECT (now() AT TIME ZONE 'UTC')::date + n FROM generate_series(-1, days) AS n LOOP
        part := 'transition_' || to_char(day, 'YYYYMMDD');
        IF to_regclass('queue.' || part) IS NULL THEN
            EXECUTE format('CREATE TABLE queue.%I (LIKE queue.transition INCLUDING ALL)', part);
            EXECUTE format('ALTER TABLE queue.transition ATTACH PARTITION queue.%I FOR VALUES FROM (%L) TO (%L)',
                part, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
        END IF;
    END LOOP;
END $$;

-- A drop takes the whole table for a moment. When it cannot have it soon it gives up, and the next round tries again:
-- whoever waits for such a lock holds up everybody behind it.
ALTER FUNCTION queue.drop_partitions(timestamptz) SET lock_timeout = '300ms';
