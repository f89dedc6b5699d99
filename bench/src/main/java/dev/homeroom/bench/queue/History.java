package dev.homeroom.bench.queue;

import dev.homeroom.bench.server.PostgresServer;

/** Tasks that ended long ago, with the transitions they had. */
public final class History {
    private static final int AT_ONCE = 100_000;

    private static final String TRANSITIONS = """
            INSERT INTO queue.transition (task, version, at, from_state, to_state, cause, type, session, token, attempt,
                run_at)
            SELECT t.id, v, now(), (ARRAY[NULL, 'pending', 'claimed'])[v], (ARRAY['pending', 'claimed', 'completed'])[v],
                (ARRAY['enqueued', 'claimed', 'completed'])[v], t.type, CASE WHEN v > 1 THEN 'engine-1' END,
                CASE WHEN v > 1 THEN 1 ELSE 0 END, CASE WHEN v > 1 THEN 1 ELSE 0 END, t.run_at
            FROM queue.task t CROSS JOIN generate_series(1, 3) AS v
            WHERE NOT EXISTS (SELECT FROM queue.transition x WHERE x.task = t.id)
            """;

    private History() {}

    /** Adds finished tasks to an empty queue. */
    public static void fill(PostgresServer postgres, int tasks) {
        for (int left = tasks; left > 0; left -= AT_ONCE) {
            postgres.run(tasks(Math.min(AT_ONCE, left)), TRANSITIONS);
        }
        postgres.administer("VACUUM (ANALYZE) queue.task, queue.transition");
    }

    /** Ids like those of six hours ago, in the order of time. */
    private static String tasks(int count) {
        return """
                INSERT INTO queue.task (id, type, payload, idempotency_key, key_hash, content_hash, priority, run_at,
                    max_attempts, created_at, created_by)
                SELECT id, 'build', '%s', 'key-' || id, gen_random_uuid(), gen_random_uuid(), 5, now(), 4, now(), 'bench'
                FROM (SELECT uuidv7(interval '-6 hours') AS id FROM generate_series(1, %d)) AS i
                """.formatted(Payloads.ANY, count);
    }
}
