package dev.homeroom.bench.queue;

import dev.homeroom.platform.event.EventIds;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.IdempotencyKey;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Calls the queue's application interface. */
final class EngineClient implements TaskClient {
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Outcome DONE = new Outcome.Complete("{\"ok\":true}");
    private static final String TYPE = "build";

    private final TaskQueue queue;
    private final HomeroomSessions sessions;

    EngineClient(TaskQueue queue, HomeroomSessions sessions) {
        this.queue = queue;
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<?> enqueue(int count) {
        if (count == 1) {
            return queue.enqueue(task()).thenAccept(EngineClient::accepted);
        }
        return queue.enqueue(Stream.generate(EngineClient::task).limit(count).toList())
                .thenAccept(results -> results.forEach(result -> {
                    if (!(result instanceof Splitting.Result.Done<Enqueued>(var enqueued))) {
                        throw new IllegalStateException(String.valueOf(result));
                    }
                    accepted(enqueued);
                }));
    }

    private static void accepted(Enqueued enqueued) {
        if (!(enqueued instanceof Enqueued.Accepted)) {
            throw new IllegalStateException("a key that was there before: " + enqueued);
        }
    }

    @Override
    public CompletionStage<List<Work>> claim(int session, int count, Duration patience) {
        long seq = sessions.seq(session);
        return queue.claim(sessions.owner(session), new RequestId(seq, seq), ClaimFilter.ANY, count, TTL, patience)
                .thenApply(tasks -> tasks.stream()
                        .map(task -> new Work(task.id(), task.hold().token(), task.payload()))
                        .toList());
    }

    @Override
    public CompletionStage<?> complete(int session, List<Work> works) {
        String name = sessions.owner(session).session();
        if (works.size() == 1) {
            return queue.finish(hold(works.getFirst(), name), DONE);
        }
        return CompletableFuture.allOf(works.stream()
                .map(work -> queue.finish(hold(work, name), DONE).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static Hold hold(Work work, String session) {
        return new Hold(work.id(), session, work.token());
    }

    private static NewTask task() {
        IdempotencyKey key = new IdempotencyKey("key-" + random(), random(), random());
        return new NewTask(
                EventIds.fresh(),
                TYPE,
                Payloads.of(System.nanoTime()),
                key,
                5,
                null,
                Duration.ZERO,
                null,
                4,
                List.of(),
                List.of(),
                null,
                null,
                "bench");
    }

    /** As random as a digest. */
    private static UUID random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong());
    }
}
