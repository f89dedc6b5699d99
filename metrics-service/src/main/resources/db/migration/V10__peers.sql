-- How a class got on with each exercise up to the evening before: what time-on-task and behind-class compare with. Written once, by
-- the fold, at the first event of a day (UTC) that asks; never changed afterwards. Names no student.
CREATE TABLE peer_day (
    classroom text NOT NULL,
    app       text NOT NULL,
    day       date NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (classroom, app, day)
);
CREATE INDEX peer_day_age ON peer_day USING brin (made_at) WITH (pages_per_range = 32);
CREATE TABLE peer_figures (
    classroom text    NOT NULL,
    app       text    NOT NULL,
    day       date    NOT NULL,
    target    text    NOT NULL,
    started   integer NOT NULL,
    solved    integer NOT NULL,
    -- The time on task of which nine in ten of those who solved it needed at most as much; null when nobody has.
    slow_ms   bigint,
    PRIMARY KEY (classroom, app, day, target),
    FOREIGN KEY (classroom, app, day) REFERENCES peer_day ON DELETE CASCADE
);

-- The attempts that the figures are made of, among ever so many clicks.
CREATE INDEX event_attempt ON event (classroom, app, at)
    WHERE type IN ('attempt', 'submit') AND outcome IS NOT NULL AND target IS NOT NULL;

-- The figures by the attempts of the 14 days before the cut-off; the same as core/PeerBook in Java. Events whose clock ran more
-- than a day ahead are passed over: the bounds on occurred_at let the planner skip partitions. There are none where there are
-- more than "most" attempts: the fold waits for this.
CREATE FUNCTION peers_of_day(in_classroom text, in_app text, cutoff timestamptz, most integer)
RETURNS TABLE (target text, started integer, solved integer, slow_ms bigint) LANGUAGE sql STABLE AS $f$
    WITH taken AS MATERIALIZED (
        SELECT e.target, e.student, e.at, e.id, e.outcome
        FROM metrics.event e
        WHERE e.classroom = in_classroom AND e.app = in_app
          AND e.occurred_at >= cutoff - INTERVAL '336 hours' AND e.occurred_at < cutoff + INTERVAL '24 hours'
          AND e.at >= cutoff - INTERVAL '336 hours' AND e.at < cutoff
          AND e.type IN ('attempt', 'submit') AND e.outcome IS NOT NULL AND e.target IS NOT NULL
        LIMIT most + 1
    ), attempt AS (
        SELECT e.target, e.student, e.at, e.outcome = 'success' AS success,
               -- The default makes the pause before the first attempt none: LEAST would pass over a null.
               LEAST(600000, extract(epoch FROM e.at - lag(e.at, 1, e.at) OVER person) * 1000) AS pause,
               min(e.at) FILTER (WHERE e.outcome = 'success') OVER (PARTITION BY e.target, e.student) AS solved_at
        FROM taken e
        WHERE (SELECT count(*) FROM taken) <= most
        WINDOW person AS (PARTITION BY e.target, e.student ORDER BY e.at, e.id)
    ), work AS (
        SELECT a.target, a.student, min(a.solved_at) AS solved_at,
               coalesce(sum(a.pause) FILTER (WHERE a.at <= a.solved_at), 0)::bigint AS time_ms
        FROM attempt a
        GROUP BY a.target, a.student
    )
    SELECT w.target, count(*)::integer, count(w.solved_at)::integer,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY w.time_ms) FILTER (WHERE w.solved_at IS NOT NULL)
    FROM work w
    GROUP BY w.target
$f$;

-- Removes the days that were made before "before", at most "most", and tells how many.
CREATE FUNCTION drop_peers(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql
SET search_path = metrics AS $f$
DECLARE
    removed bigint;
BEGIN
    DELETE FROM peer_day WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM peer_day WHERE made_at < before LIMIT most));
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$f$;
