-- Students who are to be forgotten. What is kept of them is a keyed hash: the fold takes no event of theirs any more.

-- The secret of the hashes where no setting (homeroom.erasure.key) names one that the database does not know. "key_check" is
-- the hash of a fixed word by the secret in use: with another secret the list would know nobody.
CREATE TABLE erasure_key (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    key       bytea NOT NULL,
    key_check bytea
);
INSERT INTO erasure_key (key)
VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- "student" is there only until the rows about them are deleted. "number" grows with every erasure, by which the fold
-- notices that what it has in memory is to be forgotten.
CREATE TABLE erased_student (
    hash     bytea       PRIMARY KEY,
    number   bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    student  text,
    asked_at timestamptz NOT NULL DEFAULT now(),
    done_at  timestamptz
);
CREATE INDEX erased_student_number ON erased_student (number);
CREATE INDEX erased_student_waiting ON erased_student (asked_at) WHERE student IS NOT NULL;

-- The tables with rows about students, in the order in which a student's rows are to go: what tells their classrooms goes
-- last, so that another try still knows them.
CREATE FUNCTION student_tables() RETURNS SETOF text LANGUAGE sql STABLE SET search_path = metrics AS $f$
    SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'metrics'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attname = 'student' AND NOT a.attisdropped AND c.relname <> 'erased_student'
    ORDER BY c.relname IN ('event', 'student_hour', 'episode', 'student_state'), c.relname
$f$;

-- The classrooms in which there is anything about the student. Events are asked themselves, for what else names a student may
-- be gone before them.
CREATE FUNCTION student_classrooms(of_student text) RETURNS text[] LANGUAGE plpgsql STABLE SET search_path = metrics AS $f$
DECLARE
    rooms text[];
BEGIN
    IF storage_kind() = 'plain' THEN
        -- From one classroom to the next by the index: the work grows with the classrooms, not with the events.
        WITH RECURSIVE room AS (
            (SELECT classroom FROM event ORDER BY classroom LIMIT 1)
            UNION ALL
            SELECT (SELECT e.classroom FROM event e WHERE e.classroom > r.classroom ORDER BY e.classroom LIMIT 1)
            FROM room r WHERE r.classroom IS NOT NULL
        )
        SELECT array_agg(r.classroom) INTO rooms FROM room r
        WHERE EXISTS (SELECT FROM event e WHERE e.classroom = r.classroom AND e.student = of_student);
    ELSE
        -- Compressed events are no longer in an index.
        SELECT array_agg(DISTINCT classroom) INTO rooms FROM event WHERE student = of_student;
    END IF;
    RETURN ARRAY(SELECT unnest(rooms)
                 UNION SELECT classroom FROM student_hour WHERE student = of_student
                 UNION SELECT classroom FROM episode WHERE student = of_student
                 UNION SELECT classroom FROM student_state WHERE student = of_student);
END
$f$;

-- Deletes the rows of one of those tables that name the student, and tells how many.
CREATE FUNCTION delete_student_rows(of_student text, of_table text, rooms text[]) RETURNS bigint LANGUAGE plpgsql
SET search_path = metrics AS $f$
DECLARE
    removed bigint;
BEGIN
    IF storage_kind() <> 'plain' THEN
        -- Compressed events of the student's classrooms are unpacked as far as needed, however many.
        PERFORM set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true);
    END IF;
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = of_table::regclass AND attname = 'classroom') THEN
        EXECUTE format('DELETE FROM %I WHERE classroom = ANY ($1) AND student = $2', of_table) USING rooms, of_student;
    ELSE
        EXECUTE format('DELETE FROM %I WHERE student = $1', of_table) USING of_student;
    END IF;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$f$;

-- Deletes what is still to be told of the student's episodes, and tells how many rows.
CREATE FUNCTION delete_student_outbox(of_student text) RETURNS bigint LANGUAGE plpgsql SET search_path = metrics AS $f$
DECLARE
    removed bigint;
BEGIN
    DELETE FROM outbox WHERE topic = 'homeroom.frustration.v1' AND data ->> 'student' = of_student;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$f$;
