package dev.homeroom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.e2e.queue.Histories;
import dev.homeroom.e2e.queue.Histories.Step;
import dev.homeroom.e2e.queue.Legal;
import dev.homeroom.local.process.Children;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The classic accident: a worker stands still for longer than its claim lives, somebody else does its task, and then it
 * wakes up and goes on where it stood.
 */
class PausedWorkerIT {
    private static final String TYPE = "accident";
    /** The session lives on through all of it: it is the claim alone that ends. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration TTL = Duration.ofSeconds(1);

    private final Whole whole = Whole.running();
    private final Api agent = whole.agent();

    @Test
    @DisplayName("R-Q3: a worker that was stopped past its claim and wakes up cannot overwrite what another one did")
    void theResultIsTheSecondOnes() throws IOException {
        String task = enqueued();
        Process sleeper = AgentProcess.start(whole, "sleeper", TYPE, LEASE, TTL);
        try (BufferedReader said = sleeper.inputReader();
                Writer told = sleeper.outputWriter()) {
            assertThat(said.readLine()).startsWith(task + " ");
            assertThat(Children.signal(sleeper.pid(), "STOP")).isTrue();

            finishedBySomebodyElse(task);

            // It lies in the pipe already when the worker wakes up: completing is the next thing that it does.
            told.write("from the first\n");
            told.flush();
            assertThat(Children.signal(sleeper.pid(), "CONT")).isTrue();
            assertThat(said.readLine()).isEqualTo("409 urn:homeroom:problem:stale-token completed");
        } finally {
            sleeper.destroyForcibly();
        }
        theStoredResultIs(task, "from the second");
    }

    private String enqueued() {
        return Patiently.answered(() -> agent.post(
                        "/api/tasks", Map.of("type", TYPE, "idempotencyKey", "accident", "payload", Map.of())))
                .body()
                .path("id")
                .asText();
    }

    private void finishedBySomebodyElse(String task) {
        Api.Answer registered = Patiently.answered(
                () -> agent.post("/api/sessions", Map.of("id", "awake", "instance", "awake", "leaseTimeout", "PT10M")));
        Map<String, Object> claim = Map.of(
                "session",
                "awake",
                "incarnation",
                registered.body().path("incarnation").asLong(),
                "types",
                List.of(TYPE),
                "wait",
                "PT10S");
        JsonNode claimed = Patiently.until(
                        "the task to be claimed by another",
                        () -> agent.post("/api/tasks/claim", claim),
                        answer -> answer.body().path("tasks").size() == 1)
                .body()
                .path("tasks")
                .get(0);
        assertThat(claimed.path("id").asText()).isEqualTo(task);
        Api.Answer completed = Patiently.answered(() -> agent.post(
                "/api/tasks/" + task + "/complete",
                Map.of("session", "awake", "token", claimed.path("token").asLong(), "result", "from the second")));
        assertThat(completed.status()).as("%s", completed).isEqualTo(200);
    }

    private void theStoredResultIs(String task, String result) {
        JsonNode stored = agent.get("/api/tasks/" + task).body();
        assertThat(stored.path("status").asText()).isEqualTo("completed");
        assertThat(stored.path("result").asText()).isEqualTo(result);
        var history =
                Objects.requireNonNull(new Histories(whole.jdbcUrl()).of(TYPE).get(task));
        assertThat(Legal.objections(history)).isEmpty();
        assertThat(history.steps().stream().filter(step -> step.to().equals("completed")))
                .extracting(Step::session)
                .containsExactly("awake");
    }
}
