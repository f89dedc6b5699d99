package dev.homeroom.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An agent as a process of its own: registers, claims one task of a type, says which on standard output ({@code task
 * token}), and heartbeats until it is killed or its standard input ends. A line on its standard input makes it complete
 * the task with that line as the result, and say what the answer was ({@code status problem task-status}). Arguments:
 * origin, token, session id, task type, lease, ttl of the claim.
 */
final class AgentProcess {
    private AgentProcess() {}

    /** Starts one; its standard input and output are pipes. */
    static Process start(Whole whole, String session, String type, Duration lease, Duration ttl) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentProcess.class.getName(),
                        whole.origin().toString(),
                        whole.agentToken(),
                        session,
                        type,
                        lease.toString(),
                        ttl.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] args) throws IOException {
        Api agent = new Api(URI.create(args[0]), args[1]);
        String session = args[2];
        Api.Answer registered = Patiently.answered(() -> agent.post(
                "/api/sessions", Map.of("id", session, "instance", session, "name", session, "leaseTimeout", args[4])));
        long incarnation = registered.body().path("incarnation").asLong();
        try (var timer = Executors.newSingleThreadScheduledExecutor();
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var unused = timer.scheduleAtFixedRate(
                    () -> agent.post("/api/sessions/" + session + "/heartbeat", Map.of("incarnation", incarnation)),
                    0,
                    500,
                    TimeUnit.MILLISECONDS);
            JsonNode task = claim(agent, session, incarnation, args[3], args[5]);
            announce(task.path("id").asText() + " " + task.path("token").asLong());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Api.Answer answer = complete(agent, session, task, line);
                announce(answer.status() + " " + answer.problem() + " "
                        + answer.body().path("taskStatus").asText());
            }
            timer.shutdownNow();
        }
    }

    private static JsonNode claim(Api agent, String session, long incarnation, String type, String ttl) {
        Map<String, Object> body =
                Map.of("session", session, "incarnation", incarnation, "types", List.of(type), "ttl", ttl);
        return Patiently.until(
                        "a task",
                        () -> agent.post("/api/tasks/claim", body),
                        answer -> answer.body().path("tasks").size() == 1)
                .body()
                .path("tasks")
                .get(0);
    }

    private static Api.Answer complete(Api agent, String session, JsonNode task, String result) {
        return Patiently.answered(() -> agent.post(
                "/api/tasks/" + task.path("id").asText() + "/complete",
                Map.of("session", session, "token", task.path("token").asLong(), "result", result)));
    }

    private static void announce(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
