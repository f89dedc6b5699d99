-- "app-suspect": many students in trouble with one element of an app within a window are one episode for the app's owner.

-- "told" is the revision as published: the fold and the suspicions both publish an episode, each change under the next
-- number. "suspect" is the suspicion that explains the episode; dashboards raise no alert about it then.
ALTER TABLE episode ADD COLUMN told bigint NOT NULL DEFAULT 0, ADD COLUMN suspect uuid;
CREATE INDEX episode_of_element ON episode (app, target, started_at) WHERE target IS NOT NULL;

-- Who was at an element: what the number of students in trouble is compared with.
CREATE INDEX event_of_element ON event (app, target, at) WHERE target IS NOT NULL;

-- What is told of a suspicion, beside "last_at", event time of its latest sighting, and "fresh_until", when, by the edge's
-- clock, it is over without another one. It names no student.
CREATE TABLE app_suspect (
    id          uuid             PRIMARY KEY,
    revision    bigint           NOT NULL,
    status      text             NOT NULL CHECK (status IN ('open', 'closed', 'retracted')),
    app         text             NOT NULL,
    target      text             NOT NULL,
    level       text             NOT NULL,
    score       double precision NOT NULL,
    students    integer          NOT NULL,
    classrooms  integer          NOT NULL,
    started_at  timestamptz      NOT NULL,
    ended_at    timestamptz,
    evidence    jsonb            NOT NULL,
    last_at     timestamptz      NOT NULL,
    fresh_until timestamptz      NOT NULL,
    updated_at  timestamptz      NOT NULL DEFAULT now()
) WITH (fillfactor = 80);
CREATE INDEX app_suspect_of_element ON app_suspect (app, target, started_at);
CREATE INDEX app_suspect_open ON app_suspect (app, target) WHERE status = 'open';
CREATE INDEX app_suspect_latest ON app_suspect (started_at, id);
CREATE INDEX app_suspect_of_app ON app_suspect (app, started_at, id);

-- Removes suspicions that are older than "before", at most "most", and tells how many.
CREATE FUNCTION drop_suspects(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql
SET search_path = metrics AS $f$
DECLARE
    removed bigint;
BEGIN
    -- By when they last changed too: what an app sent late is new.
    DELETE FROM app_suspect WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM app_suspect WHERE started_at < before AND updated_at < before LIMIT most))
      AND updated_at < before;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$f$;
