-- Rules that are tuned for classrooms and apps, and rules on trial in the shadow. '*' stands for every classroom or app.
CREATE TABLE tuning (
    classroom  text        NOT NULL,
    app        text        NOT NULL,
    mode       text        NOT NULL CHECK (mode IN ('live', 'shadow')),
    version    bigint      NOT NULL,
    tuning     jsonb       NOT NULL,
    changed_by text        NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (classroom, app, mode)
);

-- Counts the changes of tunings. Each transaction of the fold reads it: where it moved, the rules are read anew. The version
-- of a row of "tuning" that is in the shadow is the number of its trial.
CREATE TABLE tuning_version (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint  NOT NULL
);
INSERT INTO tuning_version (version) VALUES (0);

-- What rules on trial would have told: written by the fold in its transaction, told to nobody.
CREATE TABLE shadow_episode (
    trial      bigint           NOT NULL,
    id         uuid             NOT NULL,
    revision   bigint           NOT NULL,
    status     text             NOT NULL CHECK (status IN ('open', 'closed', 'retracted')),
    classroom  text             NOT NULL,
    student    text             NOT NULL,
    app        text             NOT NULL,
    detector   text             NOT NULL,
    level      text             NOT NULL,
    score      double precision NOT NULL,
    target     text,
    skill      text,
    started_at timestamptz      NOT NULL,
    ended_at   timestamptz,
    evidence   jsonb            NOT NULL,
    updated_at timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (trial, id)
) WITH (fillfactor = 80);
CREATE INDEX shadow_episode_of_classroom ON shadow_episode (classroom, started_at, id);
CREATE INDEX shadow_episode_of_student ON shadow_episode (student);

-- Removes what was tried before "before", at most "most" rows, and tells how many.
CREATE FUNCTION drop_shadow_rows(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql
SET search_path = metrics AS $f$
DECLARE
    removed bigint;
BEGIN
    DELETE FROM shadow_episode WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM shadow_episode WHERE updated_at < before LIMIT most)) AND updated_at < before;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$f$;
