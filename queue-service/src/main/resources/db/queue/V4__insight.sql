-- What happened to tasks in each minute, for statistics. Each replica adds rows of its own every few seconds; the rows of a
-- minute add up. Waits, runs and attempts are histograms: the sum, then (bucket, count) as numbers of seven bits a byte.
CREATE TABLE queue.minute (
    minute   timestamptz NOT NULL,
    replica  uuid        NOT NULL,
    flush    bigint      NOT NULL CHECK (flush >= 1),
    type     text        NOT NULL,
    -- Empty: of none.
    lesson   text        NOT NULL,
    -- enqueued, claimed, completed, skipped, failed, retried, released, snoozed, cancelled, lost
    counts   bigint[]    NOT NULL,
    waits    bytea       NOT NULL,
    runs     bytea       NOT NULL,
    attempts bytea       NOT NULL,
    PRIMARY KEY (minute, replica, flush, type, lesson)
);
