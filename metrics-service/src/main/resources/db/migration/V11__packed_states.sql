-- Fold states are packed since version 4 (postgres/PackWriter), some kilobytes that compress no further: they stay in their
-- row, so that an update writes one row and no pieces beside it. States of before are read, and packed when next written.
ALTER TABLE student_state SET (toast_tuple_target = 8160);
ALTER TABLE student_state ALTER COLUMN state SET STORAGE EXTERNAL;
