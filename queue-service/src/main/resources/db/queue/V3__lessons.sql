-- Lessons: what tasks are grouped by, how they share the queue, and how far they are.

CREATE TABLE queue.lesson (
    name        text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 200),
    title       text CHECK (length(title) BETWEEN 1 AND 200),
    -- Empty: none. The tasks of lessons with the same one are grouped.
    objective   text             NOT NULL DEFAULT '' CHECK (length(objective) <= 200),
    description text CHECK (length(description) BETWEEN 1 AND 4000),
    weight      double precision NOT NULL DEFAULT 1 CHECK (weight BETWEEN 0.1 AND 100),
    created_at  timestamptz      NOT NULL DEFAULT now(),
    updated_at  timestamptz      NOT NULL DEFAULT now(),
    version     integer          NOT NULL DEFAULT 1 CHECK (version >= 1)
);
CREATE INDEX lesson_objective ON queue.lesson (objective, name);
-- Each replica reads these every few seconds; most lessons have the weight 1.
CREATE INDEX lesson_weight ON queue.lesson (name) INCLUDE (weight) WHERE weight <> 1;

-- The tally counts by lesson too ('' : the task has none), and what was enqueued for a lesson. Whatever finishes a task
-- appends its row in the same statement; whatever takes a finished task back to pending appends -1 for its old status.
ALTER TABLE queue.tally ADD COLUMN lesson text NOT NULL DEFAULT '';
ALTER TABLE queue.tally DROP CONSTRAINT tally_status_check;
ALTER TABLE queue.tally ADD CONSTRAINT tally_status_check
    CHECK (status IN ('enqueued', 'completed', 'skipped', 'failed', 'cancelled'));
-- Its rows live for seconds. Giving pages back would need a lock that appending statements wait for.
ALTER TABLE queue.tally SET (vacuum_truncate = off, autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- The tally summed up. '' is all tasks, with a lesson or without; of each lesson, also how many were enqueued.
CREATE TABLE queue.total (
    lesson text   NOT NULL,
    status text   NOT NULL CHECK (status IN ('enqueued', 'completed', 'skipped', 'failed', 'cancelled')),
    tasks  bigint NOT NULL,
    PRIMARY KEY (lesson, status)
) WITH (fillfactor = 70);

-- What is there already. A task that is over has one transition into a final state.
INSERT INTO queue.total (lesson, status, tasks)
SELECT lesson, to_state, count(*) FROM queue.transition
WHERE lesson IS NOT NULL AND to_state NOT IN ('pending', 'claimed') GROUP BY lesson, to_state;
INSERT INTO queue.total (lesson, status, tasks)
SELECT lesson, 'enqueued', sum(tasks) FROM (
    SELECT lesson, tasks FROM queue.total
    UNION ALL SELECT lesson, count(*) FROM queue.task_state WHERE lesson IS NOT NULL GROUP BY lesson
) AS known GROUP BY lesson;
INSERT INTO queue.lesson (name) SELECT lesson FROM queue.total WHERE status = 'enqueued';

-- Sums up at most `most` rows of the tally; answers how many. One caller at a time: another gets 0 at once. A lesson that
-- was deleted while a task of it came in (a replica may know it for a little longer) is there again.
CREATE FUNCTION queue.sum_up(most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    summed bigint;
    grown text[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('queue.sum_up')) THEN
        RETURN 0;
    END IF;
    WITH old AS (
        DELETE FROM queue.tally WHERE ctid = ANY(ARRAY(SELECT ctid FROM queue.tally LIMIT most))
        RETURNING status, lesson, tasks
    ), added AS (
        INSERT INTO queue.total AS t (lesson, status, tasks)
        SELECT g.lesson, o.status, sum(o.tasks) FROM old o CROSS JOIN LATERAL unnest(CASE
            WHEN o.lesson = '' THEN ARRAY['']
            WHEN o.status = 'enqueued' THEN ARRAY[o.lesson]
            ELSE ARRAY['', o.lesson] END) AS g(lesson)
        GROUP BY g.lesson, o.status
        ON CONFLICT (lesson, status) DO UPDATE SET tasks = t.tasks + excluded.tasks
    )
    SELECT count(*), array_agg(DISTINCT lesson) FILTER (WHERE status = 'enqueued') FROM old INTO summed, grown;
    SELECT array_agg(g.name) FROM unnest(grown) AS g(name)
    WHERE NOT EXISTS (SELECT FROM queue.lesson l WHERE l.name = g.name) INTO grown;
    IF grown IS NOT NULL THEN
        INSERT INTO queue.lesson (name)
        SELECT t.lesson FROM (
            SELECT lesson, status, tasks FROM queue.total WHERE lesson = ANY(grown)
            UNION ALL SELECT lesson, status, tasks FROM queue.tally WHERE lesson = ANY(grown)) AS t
        GROUP BY t.lesson HAVING sum(CASE t.status WHEN 'enqueued' THEN t.tasks ELSE -t.tasks END) > 0
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN summed;
END $$;

-- The list of a lesson's tasks. Completing a task does not write to it.
CREATE INDEX task_lesson ON queue.task (lesson, id) WHERE lesson IS NOT NULL;
