-- Views and functions for people and dashboards; made anew whenever this file changes.

-- How strong a student's open signals are together, 0 to 1: the function of StudentLevel.strength in Java, to the last bit.
-- "scores" and "weights" are 0 to 1, "lasting" is since when each signal holds. Null when an argument is.
CREATE OR REPLACE FUNCTION frustration_strength(scores double precision[], weights double precision[], lasting interval[])
RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $f$
DECLARE
    said     double precision[];
    strength double precision := 0;
BEGIN
    said := ARRAY(
        SELECT weight * (score + (1.0::float8 - score) * (0.1::float8 * (
                   (held >= INTERVAL '25 seconds')::int + (held >= INTERVAL '45 seconds')::int
                   + (held >= INTERVAL '1 minute')::int + (held >= INTERVAL '2 minutes')::int
                   + (held >= INTERVAL '5 minutes')::int + (held >= INTERVAL '10 minutes')::int)))
        FROM unnest(scores, weights, lasting) AS open (score, weight, held)
        ORDER BY 1 DESC);
    FOR i IN 1 .. cardinality(said) LOOP
        strength := CASE i WHEN 1 THEN said[1]
                           ELSE strength + (1.0::float8 - strength) * (said[i] / 2.0::float8) END;
    END LOOP;
    RETURN strength;
END
$f$;

-- The level of that strength for a student whose level was "before": reached at its bound, left 0.1 below it. As
-- StudentLevel.level in Java.
CREATE OR REPLACE FUNCTION frustration_level(strength double precision, before text DEFAULT 'none')
RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $f$
    SELECT bound.level
    FROM (VALUES ('none', 0.0::float8, 0), ('low', 0.3::float8, 1), ('medium', 0.5::float8, 2),
                 ('high', 0.75::float8, 3), ('critical', 0.9::float8, 4)) AS bound (level, at, place)
    WHERE strength >= bound.at
       OR strength >= bound.at - 0.1::float8
          AND bound.place <= array_position(ARRAY['none', 'low', 'medium', 'high', 'critical'], before) - 1
    ORDER BY bound.place DESC LIMIT 1
$f$;

-- The level by these signals for a student whose level was "before". As StudentLevel.of in Java.
CREATE OR REPLACE FUNCTION frustration_level(
    scores double precision[], weights double precision[], lasting interval[], before text DEFAULT 'none')
RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = metrics AS $f$
    SELECT frustration_level(frustration_strength(scores, weights, lasting), before)
$f$;

-- The most that a detector's signal can say alone: as SignalWeights.of in Java, which tells why.
CREATE OR REPLACE FUNCTION signal_weight(detector text)
RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $f$
    SELECT CASE WHEN detector = 'repeated-errors' THEN 0.6::float8
                WHEN detector IN ('struggle', 'wheel-spinning', 'knowledge-tracing', 'time-on-task') THEN 0.4::float8
                ELSE 1.0::float8 END
$f$;

-- Students with open episodes, and how they stand now, by these alone: a level before is not known here, so there is no
-- hysteresis. Episodes that a suspected app explains do not count, here and below.
CREATE OR REPLACE VIEW student_level AS
SELECT classroom, student, strength, frustration_level(strength) AS level, episodes, since
FROM (SELECT classroom, student, count(*) AS episodes, min(started_at) AS since,
             frustration_strength(array_agg(score), array_agg(signal_weight(detector)),
                                  array_agg(greatest(now() - started_at, INTERVAL '0'))) AS strength
      FROM episode WHERE status = 'open' AND suspect IS NULL GROUP BY classroom, student) AS open;

-- One row for each classroom with life in the last quarter of an hour or an open episode: how it stands now.
CREATE OR REPLACE VIEW classroom_snapshot AS
WITH recent AS (
    SELECT classroom, sum(events)::bigint AS events, sum(errors)::bigint AS errors, sum(attempts)::bigint AS attempts,
           sum(successes)::bigint AS successes, sum(hints)::bigint AS hints
    FROM minute_rollup WHERE minute >= now() - INTERVAL '15 minutes' GROUP BY classroom
), present AS (
    SELECT classroom, count(DISTINCT student) AS students
    FROM student_minute WHERE minute >= now() - INTERVAL '15 minutes' GROUP BY classroom
), levels AS (
    SELECT classroom, count(*) AS struggling, sum(episodes)::bigint AS open_episodes,
           count(*) FILTER (WHERE level = 'low') AS low, count(*) FILTER (WHERE level = 'medium') AS medium,
           count(*) FILTER (WHERE level = 'high') AS high, count(*) FILTER (WHERE level = 'critical') AS critical
    FROM student_level GROUP BY classroom
)
SELECT classroom, now() AS at, coalesce(students, 0) AS students, coalesce(events, 0) AS events,
       coalesce(errors, 0) AS errors, coalesce(attempts, 0) AS attempts, coalesce(successes, 0) AS successes,
       coalesce(hints, 0) AS hints, successes::float8 / nullif(attempts, 0) AS success_rate,
       coalesce(struggling, 0) AS struggling, coalesce(open_episodes, 0) AS open_episodes,
       coalesce(low, 0) AS low, coalesce(medium, 0) AS medium, coalesce(high, 0) AS high, coalesce(critical, 0) AS critical
FROM recent FULL JOIN present USING (classroom) FULL JOIN levels USING (classroom);

-- Where the students of a classroom struggle between two times (taken to the hour): by app and skill ('' for none).
-- "struggling" are those with an episode that began then, "severe" the episodes that reached high or critical.
CREATE OR REPLACE FUNCTION struggle(of_classroom text, since timestamptz, until timestamptz)
RETURNS TABLE (app text, skill text, students bigint, struggling bigint, episodes bigint, severe bigint,
               events bigint, errors bigint, attempts bigint, successes bigint, hints bigint, success_rate double precision)
LANGUAGE sql STABLE SET search_path = metrics AS $f$
    WITH figures AS (
        SELECT h.app, h.skill, sum(h.events)::bigint AS events, sum(h.errors)::bigint AS errors,
               sum(h.attempts)::bigint AS attempts, sum(h.successes)::bigint AS successes, sum(h.hints)::bigint AS hints
        FROM hour_rollup h
        WHERE h.classroom = of_classroom AND h.hour >= date_trunc('hour', since) AND h.hour < until GROUP BY 1, 2
    ), active AS (
        SELECT s.app, s.skill, count(DISTINCT s.student) AS students
        FROM student_hour s
        WHERE s.classroom = of_classroom AND s.hour >= date_trunc('hour', since) AND s.hour < until GROUP BY 1, 2
    ), seen AS (
        SELECT e.app, coalesce(e.skill, '') AS skill, count(DISTINCT e.student) AS struggling, count(*) AS episodes,
               count(*) FILTER (WHERE e.level IN ('high', 'critical')) AS severe
        FROM episode e
        WHERE e.classroom = of_classroom AND e.status <> 'retracted' AND e.suspect IS NULL
          AND e.started_at >= date_trunc('hour', since) AND e.started_at < until GROUP BY 1, 2
    )
    SELECT app, skill, coalesce(students, 0), coalesce(struggling, 0), coalesce(episodes, 0), coalesce(severe, 0),
           coalesce(events, 0), coalesce(errors, 0), coalesce(attempts, 0), coalesce(successes, 0), coalesce(hints, 0),
           successes::float8 / nullif(attempts, 0)
    FROM figures FULL JOIN active USING (app, skill) FULL JOIN seen USING (app, skill)
$f$;

-- The same by days of UTC, for ad-hoc questions over all classrooms.
CREATE OR REPLACE VIEW struggle_analysis AS
WITH active AS (
    SELECT classroom, date_bin(INTERVAL '1 day', hour, TIMESTAMPTZ '2000-01-01 00:00:00Z') AS day, app, skill,
           count(DISTINCT student) AS students
    FROM student_hour GROUP BY 1, 2, 3, 4
), seen AS (
    SELECT classroom, date_bin(INTERVAL '1 day', started_at, TIMESTAMPTZ '2000-01-01 00:00:00Z') AS day, app,
           coalesce(skill, '') AS skill, count(DISTINCT student) AS struggling, count(*) AS episodes,
           count(*) FILTER (WHERE level IN ('high', 'critical')) AS severe
    FROM episode WHERE status <> 'retracted' AND suspect IS NULL GROUP BY 1, 2, 3, 4
)
SELECT classroom, day, app, skill, coalesce(students, 0) AS students, coalesce(struggling, 0) AS struggling,
       coalesce(episodes, 0) AS episodes, coalesce(severe, 0) AS severe, coalesce(events, 0) AS events,
       coalesce(errors, 0) AS errors, coalesce(attempts, 0) AS attempts, coalesce(successes, 0) AS successes,
       coalesce(hints, 0) AS hints, successes::float8 / nullif(attempts, 0) AS success_rate
FROM day_rollup FULL JOIN active USING (classroom, day, app, skill) FULL JOIN seen USING (classroom, day, app, skill);
