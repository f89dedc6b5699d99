package dev.homeroom.e2e.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.e2e.cluster.Door;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** Sessions that wait for a task of their own type, each with a claim that it sends again under the same seq. */
final class LongPolls {
    static final int COUNT = 5;
    /** As long as a claim may wait: it is answered sooner, or the test waits that long. */
    private static final String WAIT = "PT1M";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long AGAIN_NANOS = 100_000_000;

    private final String type;
    private final List<Long> incarnations = new ArrayList<>();
    private final List<Door.Reply> replies = new ArrayList<>();

    LongPolls(Door coordinator, String type) {
        this.type = type;
        for (int i = 0; i < COUNT; i++) {
            Map<String, Object> body = Map.of("id", session(i), "instance", session(i), "leaseTimeout", "PT30M");
            Door.Reply registered = coordinator.post("/api/sessions", body, PATIENCE);
            assertThat(registered.status()).as("%s", registered).isEqualTo(201);
            incarnations.add(registered.body().path("incarnation").asLong());
        }
    }

    private String session(int i) {
        return type + "-" + i;
    }

    /** All wait there, with the same seq as always. */
    List<Future<Door.Reply>> at(Door queue) {
        List<Future<Door.Reply>> answers = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Map<String, Object> body = Map.of(
                    "session",
                    session(i),
                    "incarnation",
                    incarnations.get(i),
                    "types",
                    List.of(type),
                    "wait",
                    WAIT,
                    "seq",
                    1,
                    "unanswered",
                    1);
            answers.add(started(() -> answer(queue, body)));
        }
        return answers;
    }

    /** On a starved machine a leader may change meanwhile: "not now" is asked again, as every client does. */
    private static Door.Reply answer(Door queue, Map<String, Object> body) {
        Door.Reply reply = queue.post("/api/tasks/claim", body, PATIENCE);
        while (reply.status() > 500) {
            LockSupport.parkNanos(AGAIN_NANOS);
            reply = queue.post("/api/tasks/claim", body, PATIENCE);
        }
        return reply;
    }

    private static <T> Future<T> started(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().start(task);
        return task;
    }

    /** A task for each. */
    void enqueue(Door queue) {
        for (int i = 0; i < COUNT; i++) {
            Door.Reply reply = queue.post("/api/tasks", Map.of("type", type, "payload", Map.of()), PATIENCE);
            assertThat(reply.status()).as("%s", reply).isEqualTo(201);
            replies.add(reply);
        }
    }

    /** Called off: nothing of this is left for others to find. */
    void finish(Door queue) {
        for (Door.Reply reply : replies) {
            String task = reply.body().path("id").asText();
            assertThat(queue.post("/api/tasks/" + task + "/cancel", Map.of(), PATIENCE)
                            .ok())
                    .isTrue();
        }
    }
}
