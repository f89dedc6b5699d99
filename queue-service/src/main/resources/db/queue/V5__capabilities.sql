-- Tasks that need the same capabilities stand in one lane, so that a session without them passes them over together. Of
-- tasks that need none it is the lane that type, lesson and limits give.
CREATE FUNCTION queue.lane(type text, lesson text, limits text[], capabilities text[]) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ('x' || left(md5(type || E'\x1f' || coalesce(lesson, E'\x1e') || E'\x1f'
        || coalesce(array_to_string(limits, E'\x1f'), '')
        || CASE WHEN cardinality(capabilities) > 0 THEN E'\x1f\x1d' || array_to_string(capabilities, E'\x1f') ELSE '' END),
        16))::bit(64)::bigint;
