package dev.homeroom.bench.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a load asks of a queue, whatever it is and however it is reached. Never waits; safe for concurrent use. */
public interface TaskClient {
    /** Enqueues so many tasks in one request, each with a fresh idempotency key. */
    CompletionStage<?> enqueue(int count);

    /**
     * Claims in the name of a session.
     *
     * @param session 0 to the most sessions of the load - 1
     * @param count at most so many
     * @param patience how long the answer may take when nothing is due
     */
    CompletionStage<List<Work>> claim(int session, int count, Duration patience);

    /** Completes what the session claimed, in as few requests as there are. */
    CompletionStage<?> complete(int session, List<Work> works);
}
