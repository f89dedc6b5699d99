package dev.homeroom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An agent's process dies with SIGKILL in the middle of a task. */
class KilledAgentIT {
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final Whole whole = Whole.running();

    @Test
    void itsTaskGoesBackToPendingAndItsLateCompleteIsRefused_R_S4_R_Q3() throws IOException {
        Api agent = whole.agent();
        Api.Answer enqueued = Patiently.answered(
                () -> agent.post("/api/tasks", Map.of("type", "fragile", "payload", Map.of(), "priority", 9)));
        String task = enqueued.body().path("id").asText();

        Process process = AgentProcess.start(whole, "doomed-1", "fragile", LEASE, Duration.ofMinutes(10));
        Instant killed;
        String[] held;
        try (BufferedReader out = process.inputReader()) {
            held = out.readLine().split(" ");
            assertThat(held[0]).isEqualTo(task);
            killed = Instant.now();
        } finally {
            process.destroyForcibly();
        }

        Patiently.until(
                "the task to be pending again",
                () -> agent.get("/api/tasks/" + task).body().path("status").asText(),
                "pending"::equals);
        System.out.printf(
                "task pending %d ms after its agent (lease %s) was killed%n",
                Duration.between(killed, Instant.now()).toMillis(), LEASE);

        Api.Answer late = Patiently.answered(() -> agent.post(
                "/api/tasks/" + task + "/complete",
                Map.of("session", "doomed-1", "token", Long.parseLong(held[1]), "result", Map.of())));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("urn:homeroom:problem:stale-token");
    }
}
