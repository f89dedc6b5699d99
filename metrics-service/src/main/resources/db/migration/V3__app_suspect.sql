-- "app-suspect": many students in trouble with one element of an app within a window are one episode for the app's owner.

-- "told" is the revision as published: the fold and the suspicions both publish an episode, each change under the next
-- number. "suspect" is the suspicion that explains the episode; dashboards raise no alert about it then.
ALTER TABLE episode ADD COLUMN told bigint NOT NULL DEFAULT 0, ADD COLUMN suspect uuid;
CREATE INDEX episode_of_element ON episode (app, target, started_at) WHERE target IS NOT NULL;

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
