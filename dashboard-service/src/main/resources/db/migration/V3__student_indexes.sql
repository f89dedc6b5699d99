-- What there is about a student in all classrooms, for forgetting them, without reading whole tables.
CREATE INDEX alert_student ON alert (student);
CREATE INDEX alert_episode_of_student ON alert_episode (student);
CREATE INDEX intervention_student ON intervention (student);
CREATE INDEX alert_change_student ON alert_change ((body ->> 'student'));

-- The hash of a fixed word by the secret in use, in hexadecimal: with another secret the list of erased students would know
-- nobody.
ALTER TABLE erasure_key ADD COLUMN key_check text;
