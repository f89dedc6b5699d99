-- What the order of the queue, the choice of a session and the statistics need to know of an unfinished task.

ALTER TABLE queue.task ADD COLUMN capabilities text[] NOT NULL DEFAULT '{}';

ALTER TABLE queue.task_state
    -- Tasks of one type, lesson and set of limits stand in one lane: they are taken, or passed over, together.
    ADD COLUMN lane         bigint NOT NULL DEFAULT 0,
    ADD COLUMN deadline     timestamptz,
    ADD COLUMN capabilities text[],
    -- Where it was worked on last.
    ADD COLUMN host         text,
    ADD COLUMN repo         text,
    -- Since when it is claimed.
    ADD COLUMN claimed_at   timestamptz;

CREATE FUNCTION queue.lane(type text, lesson text, limits text[]) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN hashtextextended(type || E'\x1f' || coalesce(lesson, E'\x1e') || E'\x1f'
        || coalesce(array_to_string(limits, E'\x1f'), ''), 0);

UPDATE queue.task_state SET lane = queue.lane(type, lesson, limits);
UPDATE queue.task_state s SET deadline = t.deadline FROM queue.task t WHERE t.id = s.id AND t.deadline IS NOT NULL;
ALTER TABLE queue.task_state ALTER COLUMN lane DROP DEFAULT;

-- One index serves every scan of a claim: for each lane and priority what is due, oldest first.
DROP INDEX queue.task_state_due;
DROP INDEX queue.task_state_due_type;
DROP INDEX queue.task_state_due_lesson;
CREATE INDEX task_state_due ON queue.task_state (lane, priority, run_at, id) WHERE state = 'pending';
-- Tasks that become useless at a time.
CREATE INDEX task_state_deadline ON queue.task_state (deadline) WHERE state = 'pending' AND deadline IS NOT NULL;
