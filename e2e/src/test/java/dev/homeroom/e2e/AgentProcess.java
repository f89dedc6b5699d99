package dev.homeroom.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An agent as a process of its own: registers with a short lease, claims one task of a type, says which on standard output
 * ({@code task token}), and heartbeats until it is killed. Arguments: origin, token, session id, task type, lease.
 */
final class AgentProcess {
    private AgentProcess() {}

    public static void main(String[] args) throws InterruptedException {
        Api agent = new Api(URI.create(args[0]), args[1]);
        String session = args[2];
        String type = args[3];
        Api.Answer registered = Patiently.answered(() -> agent.post(
                "/api/sessions", Map.of("id", session, "instance", session, "name", session, "leaseTimeout", args[4])));
        long incarnation = registered.body().path("incarnation").asLong();
        try (var timer = Executors.newSingleThreadScheduledExecutor()) {
            var unused = timer.scheduleAtFixedRate(
                    () -> agent.post("/api/sessions/" + session + "/heartbeat", Map.of("incarnation", incarnation)),
                    0,
                    500,
                    TimeUnit.MILLISECONDS);
            JsonNode task = Patiently.until(
                            "a task",
                            () -> agent.post(
                                    "/api/tasks/claim",
                                    Map.of(
                                            "session",
                                            session,
                                            "incarnation",
                                            incarnation,
                                            "count",
                                            1,
                                            "types",
                                            java.util.List.of(type))),
                            answer -> answer.body().path("tasks").size() == 1)
                    .body()
                    .path("tasks")
                    .get(0);
            announce(task.path("id").asText() + " " + task.path("token").asLong());
            new CountDownLatch(1).await(5, TimeUnit.MINUTES);
        }
    }

    private static void announce(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
