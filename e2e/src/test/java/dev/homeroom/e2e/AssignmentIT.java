package dev.homeroom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tasks are given to a session and taken from it, through the real processes. */
class AssignmentIT {
    private final Whole whole = Whole.running();
    private final Api agent = whole.agent();
    private final Api operator = new Api(whole.origin(), whole.token("operator"));
    private final String session = "smith-" + UUID.randomUUID();
    private final String skill = "forging-" + UUID.randomUUID();

    @Test
    @DisplayName("R-Q6, R-S6, R-Q3: the heartbeat tells what was assigned and what was called off")
    void theHeartbeatTellsWhatWasAssignedAndWhatWasCalledOff() {
        long incarnation = register();
        assigned(incarnation);
        calledOff(incarnation);
    }

    private long register() {
        Api.Answer registered = ok(
                "/api/sessions",
                Map.of(
                        "id",
                        session,
                        "instance",
                        session,
                        "host",
                        "smithy",
                        "capabilities",
                        List.of(skill),
                        "maxConcurrentTasks",
                        1));
        long incarnation = registered.body().path("incarnation").asLong();
        beat(incarnation, List.of());
        return incarnation;
    }

    /** To the only session that can do it, without naming it; the same request twice is one assignment. */
    private void assigned(long incarnation) {
        String task = enqueue();
        Map<String, Object> request = Map.of("requestId", "assign-" + task);
        Api.Answer assigned = Patiently.answered(() -> operator.post("/api/tasks/" + task + "/assign", request));
        assertThat(assigned.status()).as("%s", assigned).isEqualTo(200);
        assertThat(assigned.body().path("session").path("session").asText()).isEqualTo(session);
        assertThat(assigned.body().path("session").path("host").asText()).isEqualTo("smithy");
        assertThat(assigned.body().path("score").path("parts").size()).isPositive();
        long token = assigned.body().path("task").path("token").asLong();
        Api.Answer again = Patiently.answered(() -> operator.post("/api/tasks/" + task + "/assign", request));
        assertThat(again.body().path("task").path("token").asLong()).isEqualTo(token);

        JsonNode told = beat(incarnation, List.of()).path("assigned");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).path("task").asText()).isEqualTo(task);
        assertThat(told.get(0).path("token").asLong()).isEqualTo(token);
        assertThat(beat(incarnation, List.of(token)).path("assigned")).isEmpty();

        Api.Answer full = Patiently.answered(() -> operator.post("/api/tasks/" + enqueue() + "/assign", Map.of()));
        assertThat(full.problem()).isEqualTo("urn:homeroom:problem:none-available");

        Api.Answer claimed =
                ok("/api/tasks/" + task + "/claim", Map.of("session", session, "incarnation", incarnation));
        assertThat(claimed.body().path("token").asLong()).isEqualTo(token);
        ok("/api/tasks/" + task + "/complete", Map.of("session", session, "token", token));
    }

    private void calledOff(long incarnation) {
        Api.Answer claimed = Patiently.until(
                "the session to be free again",
                () -> ok(
                        "/api/tasks/claim",
                        Map.of("session", session, "incarnation", incarnation, "types", List.of(skill))),
                answer -> answer.body().path("tasks").size() == 1);
        String task = claimed.body().path("tasks").get(0).path("id").asText();
        long token = claimed.body().path("tasks").get(0).path("token").asLong();
        Api.Answer cancelled = Patiently.answered(
                () -> operator.post("/api/tasks/" + task + "/cancel", Map.of("reason", "wrong iron")));
        assertThat(cancelled.status()).as("%s", cancelled).isEqualTo(200);

        JsonNode revoked = Patiently.until(
                "the heartbeat to tell", () -> beat(incarnation, List.of()).path("revoked"), told -> !told.isEmpty());
        assertThat(revoked.get(0).path("resource").asText()).isEqualTo("claim:task/" + task);
        assertThat(revoked.get(0).path("token").asLong()).isEqualTo(token);
        assertThat(revoked.get(0).path("reason").asText()).isEqualTo("cancelled");
        assertThat(beat(incarnation, List.of(token)).path("revoked")).isEmpty();

        Api.Answer late = Patiently.answered(
                () -> agent.post("/api/tasks/" + task + "/complete", Map.of("session", session, "token", token)));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("urn:homeroom:problem:stale-token");
        assertThat(late.body().path("taskStatus").asText()).isEqualTo("cancelled");
    }

    private String enqueue() {
        return ok("/api/tasks", Map.of("type", skill, "capabilities", List.of(skill)))
                .body()
                .path("id")
                .asText();
    }

    private JsonNode beat(long incarnation, List<Long> seen) {
        return ok("/api/sessions/" + session + "/heartbeat", Map.of("incarnation", incarnation, "seen", seen))
                .body();
    }

    private Api.Answer ok(String path, Map<String, Object> body) {
        Api.Answer answer = Patiently.answered(() -> agent.post(path, body));
        assertThat(answer.ok()).as("%s", answer).isTrue();
        return answer;
    }
}
