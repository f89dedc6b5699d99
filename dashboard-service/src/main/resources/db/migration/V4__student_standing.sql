-- How students stand by all their open episodes together, as metrics-service told last, and when their level rises because the
-- episodes last: alerts follow it then without an event. Who has no level and will not rise has no row.
CREATE TABLE student_standing (
    classroom  text NOT NULL CHECK (length(classroom) BETWEEN 1 AND 512),
    student    text NOT NULL CHECK (length(student) BETWEEN 1 AND 512),
    level      text NOT NULL CHECK (level IN ('none', 'low', 'medium', 'high', 'critical')),
    rises      jsonb NOT NULL CHECK (jsonb_array_length(rises) <= 4),
    rises_at   timestamptz,
    told_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (classroom, student)
);
CREATE INDEX student_standing_rises ON student_standing (rises_at) WHERE rises_at IS NOT NULL;
CREATE INDEX student_standing_of_student ON student_standing (student);
CREATE INDEX student_standing_purge ON student_standing (told_at);

-- Episodes that no alert holds and that go on: one of them is worth an alert once the student's level has risen.
CREATE INDEX alert_episode_quiet ON alert_episode (classroom, student) WHERE alert IS NULL AND status = 'open';

-- As before, and how the student stands.
CREATE OR REPLACE FUNCTION delete_student_rows(of_classroom text, of_student text) RETURNS void LANGUAGE sql AS $$
    DELETE FROM dashboard.intervention WHERE classroom = of_classroom AND student = of_student;
    DELETE FROM dashboard.alert_episode WHERE classroom = of_classroom AND student = of_student;
    DELETE FROM dashboard.alert WHERE classroom = of_classroom AND student = of_student;
    DELETE FROM dashboard.student_standing WHERE classroom = of_classroom AND student = of_student;
    UPDATE dashboard.alert_change
    SET body = body || '{"student": "erased", "evidence": {"rule": "erased", "values": {}, "events": []}}', reason = NULL
    WHERE classroom = of_classroom AND body ->> 'student' = of_student;
    UPDATE dashboard.outbox
    SET data = jsonb_set(data - 'reason', '{alert}', data -> 'alert'
            || '{"student": "erased", "evidence": {"rule": "erased", "values": {}, "events": []}}')
    WHERE key = of_classroom AND data #>> '{alert,student}' = of_student;
$$;
