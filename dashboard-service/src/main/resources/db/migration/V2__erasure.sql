-- Students who are to be forgotten (student.erased). What is kept of them is a keyed hash, in hexadecimal.

-- The secret of the hashes where no setting (homeroom.erasure.key) names one that the database does not know.
CREATE TABLE erasure_key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    key bytea NOT NULL
);
INSERT INTO erasure_key (key)
VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

CREATE TABLE erased_student (
    hash     text        PRIMARY KEY CHECK (length(hash) = 64),
    asked_at timestamptz NOT NULL DEFAULT now()
);

-- Deletes what this classroom has about the student. The numbered changes stay, for nobody shall miss a number, and name
-- 'erased' instead, without evidence.
CREATE FUNCTION delete_student_rows(of_classroom text, of_student text) RETURNS void LANGUAGE sql AS $$
    DELETE FROM dashboard.intervention WHERE classroom = of_classroom AND student = of_student;
    DELETE FROM dashboard.alert_episode WHERE classroom = of_classroom AND student = of_student;
    DELETE FROM dashboard.alert WHERE classroom = of_classroom AND student = of_student;
    UPDATE dashboard.alert_change
    SET body = body || '{"student": "erased", "evidence": {"rule": "erased", "values": {}, "events": []}}', reason = NULL
    WHERE classroom = of_classroom AND body ->> 'student' = of_student;
    UPDATE dashboard.outbox
    SET data = jsonb_set(data - 'reason', '{alert}', data -> 'alert'
            || '{"student": "erased", "evidence": {"rule": "erased", "values": {}, "events": []}}')
    WHERE key = of_classroom AND data #>> '{alert,student}' = of_student;
$$;
