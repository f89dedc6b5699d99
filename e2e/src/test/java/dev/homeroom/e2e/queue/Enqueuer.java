package dev.homeroom.e2e.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.e2e.cluster.Door;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Enqueues tasks with idempotency keys, one or several, and repeats some when they are acknowledged. For one thread. */
final class Enqueuer {
    static final String LIMIT = "faults-limit";
    static final int KINDS = 3;
    private static final String KEY = "idempotencyKey";
    private static final int MOST_OF_A_BATCH = 6;

    private final String run;
    private final String agent;
    private final Caller caller;
    private final TaskLedger ledger;
    private final Random random;
    private int number;

    /**
     * @param run what the types of all tasks of this run begin with
     * @param agent part of the keys
     */
    Enqueuer(String run, String agent, Caller caller, TaskLedger ledger, Random random) {
        this.run = run;
        this.agent = agent;
        this.caller = caller;
        this.ledger = ledger;
        this.random = random;
    }

    static String type(String run, Random random) {
        return run + "-" + random.nextInt(KINDS);
    }

    void enqueue() {
        if (random.nextInt(4) == 0) {
            batch();
        } else {
            Map<String, Object> task = task();
            one(task);
            if (random.nextInt(10) == 0) {
                one(task);
            }
        }
    }

    private void one(Map<String, Object> task) {
        String key = key(task);
        caller.ask("/api/tasks", task, body -> body.path("id").asText()).ifPresent(reply -> {
            if (reply.ok()) {
                ledger.enqueued(key, reply.body().path("id").asText());
            } else {
                ledger.violated("enqueueing " + task + " was answered " + reply);
            }
        });
    }

    private void batch() {
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (int i = random.nextInt(MOST_OF_A_BATCH); i >= 0; i--) {
            tasks.add(task());
        }
        caller.ask("/api/tasks/batch", tasks, Caller.ANY).ifPresent(reply -> acknowledge(tasks, reply));
    }

    /** What was rejected because of the time is simply left: it may or may not be there. */
    private void acknowledge(List<Map<String, Object>> tasks, Door.Reply reply) {
        JsonNode rejected = reply.body().path("rejected");
        JsonNode ids = reply.body().path("ids");
        List<Integer> lines = new ArrayList<>();
        rejected.forEach(line -> lines.add(line.path("line").asInt()));
        if (!reply.ok() || ids.size() + lines.size() != tasks.size()) {
            ledger.violated("enqueueing " + tasks + " was answered " + reply);
            return;
        }
        int next = 0;
        for (int i = 0; i < tasks.size(); i++) {
            if (!lines.contains(i + 1)) {
                ledger.enqueued(key(tasks.get(i)), ids.get(next).asText());
                next++;
            }
        }
        for (JsonNode line : rejected) {
            String problem = new Door.Reply(0, line).problem();
            if (!problem.equals("timeout") && !problem.equals("unavailable") && !problem.equals("overloaded")) {
                ledger.violated("a task of a batch was rejected: " + line);
            }
        }
    }

    private static String key(Map<String, Object> task) {
        return String.valueOf(task.get(KEY));
    }

    private Map<String, Object> task() {
        String key = agent + "/" + ++number;
        ledger.tries(run + "/" + key);
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", type(run, random));
        task.put("payload", Map.of("n", number, "by", agent));
        task.put(KEY, run + "/" + key);
        task.put("priority", random.nextInt(10));
        task.put("maxAttempts", 1 + random.nextInt(4));
        if (random.nextInt(4) == 0) {
            task.put("delay", "PT0." + (1 + random.nextInt(9)) + "S");
        }
        if (random.nextInt(5) == 0) {
            task.put("limits", List.of(LIMIT));
        }
        return task;
    }
}
