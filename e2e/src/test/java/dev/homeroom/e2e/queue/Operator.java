package dev.homeroom.e2e.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.e2e.cluster.Door;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Somebody who calls tasks off now and then, whoever holds them. */
final class Operator implements Runnable {
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final TaskLedger ledger;
    private final Random random;
    private final Caller caller;
    private final Supplier<TaskAgent.Mood> mood;

    Operator(List<Door> queue, TaskLedger ledger, Random random, Supplier<TaskAgent.Mood> mood) {
        this.ledger = ledger;
        this.random = random;
        this.caller = new Caller(queue, ledger, random);
        this.mood = mood;
    }

    @Override
    public void run() {
        while (mood.get() == TaskAgent.Mood.HEALTHY || mood.get() == TaskAgent.Mood.WILD) {
            List<String> tasks = ledger.newest();
            if (!tasks.isEmpty()) {
                cancel(tasks.get(random.nextInt(tasks.size())));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void cancel(String task) {
        Map<String, Object> body = Map.of("reason", "called off");
        caller.ask("/api/tasks/" + task + "/cancel", body, Operator::step).ifPresent(reply -> {
            if (reply.ok()) {
                ledger.cancelled(task);
            } else if (!reply.problem().equals("conflict")) {
                ledger.violated("cancelling " + task + " was answered " + reply);
            }
        });
    }

    private static Object step(JsonNode body) {
        return List.of(body.path("version"), body.path("status"));
    }
}
