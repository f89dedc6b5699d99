-- The lane of a task is computed by the service, too, which must come to the same number: eight bytes of an MD5.
CREATE OR REPLACE FUNCTION queue.lane(type text, lesson text, limits text[]) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ('x' || left(md5(type || E'\x1f' || coalesce(lesson, E'\x1e') || E'\x1f'
        || coalesce(array_to_string(limits, E'\x1f'), '')), 16))::bit(64)::bigint;

UPDATE queue.task_state SET lane = queue.lane(type, lesson, limits);
