-- Students who are to be forgotten. What is kept of them is a keyed hash: the fold takes no event of theirs any more.

-- The secret of the hashes where no setting (homeroom.erasure.key) names one that the database does not know.
CREATE TABLE erasure_key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    key bytea NOT NULL
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

-- Deletes every row that names the student, in whatever table of this schema has a column "student", and tells how many.
CREATE FUNCTION delete_student_rows(of_student text) RETURNS bigint LANGUAGE plpgsql SET search_path = metrics AS $f$
DECLARE
    rooms   text[];
    holder  text;
    removed bigint := 0;
    part    bigint;
BEGIN
    IF storage_kind() <> 'plain' THEN
        -- Compressed events of the student's classrooms are unpacked as far as needed, however many.
        PERFORM set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true);
    END IF;
    SELECT array_agg(DISTINCT classroom) INTO rooms
    FROM (SELECT classroom FROM student_hour WHERE student = of_student
          UNION SELECT classroom FROM episode WHERE student = of_student
          UNION SELECT classroom FROM student_state WHERE student = of_student) known;
    FOR holder IN
        SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'metrics'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND a.attname = 'student' AND NOT a.attisdropped AND c.relname <> 'erased_student'
        -- What the classrooms are known by goes last, so that another try still knows them.
        ORDER BY c.relname IN ('student_hour', 'episode', 'student_state'), c.relname
    LOOP
        IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = holder::regclass AND attname = 'classroom') THEN
            EXECUTE format('DELETE FROM %s WHERE classroom = ANY ($1) AND student = $2', holder) USING rooms, of_student;
        ELSE
            EXECUTE format('DELETE FROM %s WHERE student = $1', holder) USING of_student;
        END IF;
        GET DIAGNOSTICS part = ROW_COUNT;
        removed := removed + part;
    END LOOP;
    DELETE FROM outbox WHERE topic = 'homeroom.frustration.v1' AND data ->> 'student' = of_student;
    GET DIAGNOSTICS part = ROW_COUNT;
    RETURN removed + part;
END
$f$;
