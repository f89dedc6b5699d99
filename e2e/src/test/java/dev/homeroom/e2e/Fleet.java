package dev.homeroom.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Twenty sessions that work tasks off until none is left. Each request carries a {@code seq}, a request without an answer
 * is sent again with the same one, and a finish that was answered is remembered, so that a task finished twice shows.
 */
final class Fleet {
    private final Api agent;
    private final int tasks;
    private final AtomicLong done = new AtomicLong();
    private final ConcurrentMap<String, String> finishedBy = new ConcurrentHashMap<>();
    private final List<String> violations = new ArrayList<>();

    Fleet(Api agent, int tasks) {
        this.agent = agent;
        this.tasks = tasks;
    }

    long done() {
        return done.get();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    List<Callable<Void>> sessions(int count) {
        List<Callable<Void>> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "fleet-" + i;
            sessions.add(() -> {
                new Worker(id).run();
                return null;
            });
        }
        return sessions;
    }

    private synchronized void violated(String what) {
        violations.add(what);
    }

    private final class Worker {
        private final String id;
        private long incarnation;
        private int generation;
        private long seq;

        Worker(String id) {
            this.id = id;
        }

        void run() {
            register();
            while (done.get() < tasks) {
                Api.Answer claimed = claim();
                if (claimed.ok()) {
                    claimed.body().path("tasks").forEach(this::work);
                } else {
                    // The session ended while a server was away: a worker registers anew and goes on.
                    register();
                }
            }
        }

        private void register() {
            generation++;
            seq = 0;
            Map<String, Object> body = Map.of(
                    "id",
                    id,
                    "name",
                    id,
                    "host",
                    "e2e",
                    "maxConcurrentTasks",
                    5,
                    "leaseTimeout",
                    "PT60S",
                    "instance",
                    id + "-" + generation);
            Api.Answer answer = Patiently.answered(() -> agent.post("/api/sessions", body));
            if (!answer.ok()) {
                throw new AssertionError("cannot register: " + answer);
            }
            incarnation = answer.body().path("incarnation").asLong();
        }

        private Api.Answer claim() {
            seq++;
            Map<String, Object> body = new HashMap<>();
            body.put("session", id);
            body.put("incarnation", incarnation);
            body.put("count", 5);
            body.put("wait", "PT1S");
            body.put("seq", seq);
            body.put("unanswered", seq);
            return Patiently.answered(() -> agent.post("/api/tasks/claim", body));
        }

        private void work(JsonNode task) {
            String taskId = task.path("id").asText();
            long token = task.path("token").asLong();
            Map<String, Object> body =
                    Map.of("session", id, "token", token, "result", Map.of("by", id, "token", token));
            Api.Answer answer = Patiently.answered(() -> agent.post("/api/tasks/" + taskId + "/complete", body));
            if (answer.ok()) {
                String before = finishedBy.putIfAbsent(taskId, id + "/" + token);
                if (before != null && !before.equals(id + "/" + token)) {
                    violated(taskId + " was completed by " + before + " and by " + id + "/" + token);
                } else if (before == null) {
                    done.incrementAndGet();
                }
            } else if (!"urn:homeroom:problem:stale-token".equals(answer.problem())) {
                violated("complete of " + taskId + " answered " + answer);
            }
        }
    }
}
