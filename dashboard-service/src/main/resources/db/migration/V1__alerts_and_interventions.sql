-- Alerts, their numbered changes, and interventions. Every text has a bound; every status is one of the known words.

CREATE TABLE alert (
    id             uuid PRIMARY KEY,
    classroom      text NOT NULL CHECK (length(classroom) BETWEEN 1 AND 512),
    student        text NOT NULL CHECK (length(student) BETWEEN 1 AND 512),
    seq            bigint NOT NULL CHECK (seq > 0),
    status         text NOT NULL CHECK (status IN ('open', 'acknowledged', 'snoozed', 'resolved', 'dismissed')),
    app            text NOT NULL CHECK (length(app) <= 512),
    detector       text NOT NULL CHECK (length(detector) <= 100),
    target         text CHECK (length(target) <= 512),
    level          text NOT NULL CHECK (level IN ('low', 'medium', 'high', 'critical')),
    seen_level     text NOT NULL CHECK (seen_level IN ('none', 'low', 'medium', 'high', 'critical')),
    evidence       jsonb NOT NULL CHECK (length(evidence::text) <= 20000),
    episodes       integer NOT NULL CHECK (episodes > 0),
    raised_at      timestamptz NOT NULL,
    snoozed_until  timestamptz,
    closed_at      timestamptz,
    reason         text CHECK (reason IN ('recovered', 'retracted')),
    CHECK ((snoozed_until IS NOT NULL) = (status = 'snoozed')),
    CHECK ((closed_at IS NOT NULL) = (status IN ('resolved', 'dismissed')))
);

-- A student has one active alert at most; episodes merge into it.
CREATE UNIQUE INDEX alert_active ON alert (classroom, student) WHERE closed_at IS NULL;
CREATE INDEX alert_closed ON alert (classroom, student, closed_at DESC) WHERE closed_at IS NOT NULL;
CREATE INDEX alert_listed ON alert (classroom, id DESC);
CREATE INDEX alert_wake ON alert (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX alert_purge ON alert (closed_at) WHERE closed_at IS NOT NULL;

-- The highest revision of every episode seen; without an alert it stayed quiet.
CREATE TABLE alert_episode (
    classroom   text NOT NULL CHECK (length(classroom) BETWEEN 1 AND 512),
    id          text NOT NULL CHECK (length(id) BETWEEN 1 AND 128),
    alert       uuid REFERENCES alert ON DELETE CASCADE,
    revision    bigint NOT NULL CHECK (revision > 0),
    status      text NOT NULL CHECK (status IN ('open', 'closed', 'retracted')),
    student     text NOT NULL CHECK (length(student) BETWEEN 1 AND 512),
    app         text NOT NULL CHECK (length(app) <= 512),
    detector    text NOT NULL CHECK (length(detector) <= 100),
    target      text CHECK (length(target) <= 512),
    level       text NOT NULL CHECK (level IN ('none', 'low', 'medium', 'high', 'critical')),
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    evidence    jsonb NOT NULL CHECK (length(evidence::text) <= 20000),
    caused_at   timestamptz NOT NULL,
    PRIMARY KEY (classroom, id)
);
CREATE INDEX alert_episode_alert ON alert_episode (alert) WHERE alert IS NOT NULL;
CREATE INDEX alert_episode_student ON alert_episode (classroom, student, started_at);
CREATE INDEX alert_episode_purge ON alert_episode (caused_at);

-- The epoch that new classrooms start with; one row.
CREATE TABLE sequence_epoch (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch  uuid NOT NULL
);
INSERT INTO sequence_epoch (epoch) VALUES (gen_random_uuid());

-- The number of the latest change of each classroom, and the epoch of its numbers.
CREATE TABLE classroom_seq (
    classroom  text PRIMARY KEY CHECK (length(classroom) BETWEEN 1 AND 512),
    epoch      uuid NOT NULL,
    seq        bigint NOT NULL CHECK (seq >= 0)
);

-- To be called once after the database was restored from a backup, before the service starts: numbers that clients have
-- received may be given again, so they must not be mistaken for the old ones.
CREATE FUNCTION begin_new_epoch() RETURNS uuid LANGUAGE sql AS $$
    WITH fresh AS (UPDATE dashboard.sequence_epoch SET epoch = gen_random_uuid() RETURNING epoch),
         moved AS (UPDATE dashboard.classroom_seq SET epoch = fresh.epoch FROM fresh)
    SELECT epoch FROM fresh
$$;

-- What happened, in order; kept for a set time. The alert is stored as it was published.
CREATE TABLE alert_change (
    classroom    text NOT NULL,
    seq          bigint NOT NULL CHECK (seq > 0),
    alert        uuid NOT NULL,
    change       text NOT NULL CHECK (change IN
                     ('raised', 'merged', 'acknowledged', 'snoozed', 'resolved', 'dismissed', 'reopened')),
    by_subject   text CHECK (length(by_subject) <= 512),
    request_id   uuid,
    reason       text CHECK (length(reason) <= 1000),
    body         jsonb NOT NULL,
    caused_at    timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (classroom, seq)
);
CREATE UNIQUE INDEX alert_change_request ON alert_change (alert, request_id) WHERE request_id IS NOT NULL;
CREATE INDEX alert_change_age ON alert_change (recorded_at);

CREATE TABLE intervention (
    id          uuid PRIMARY KEY,
    classroom   text NOT NULL CHECK (length(classroom) BETWEEN 1 AND 512),
    student     text NOT NULL CHECK (length(student) BETWEEN 1 AND 512),
    alert       uuid,
    kind        text NOT NULL CHECK (kind IN
                    ('hint', 'explanation', 'encouragement', 'pairing', 'task-change', 'other')),
    note        text CHECK (length(note) <= 1000),
    by_subject  text NOT NULL CHECK (length(by_subject) <= 512),
    request_id  uuid NOT NULL,
    at          timestamptz NOT NULL,
    UNIQUE (by_subject, request_id)
);
CREATE INDEX intervention_listed ON intervention (classroom, id DESC);

-- What goes to Kafka, in the order (xid, position); see the platform's outbox.
CREATE TABLE outbox (
    position    bigint GENERATED ALWAYS AS IDENTITY,
    xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
    topic       text NOT NULL,
    key         text NOT NULL,
    event_id    text NOT NULL,
    event_type  text NOT NULL,
    event_time  timestamptz NOT NULL,
    subject     text NOT NULL,
    data        jsonb NOT NULL,
    PRIMARY KEY (xid, position)
);
CREATE TABLE outbox_cursor (name text PRIMARY KEY, xid xid8 NOT NULL, position bigint NOT NULL);
