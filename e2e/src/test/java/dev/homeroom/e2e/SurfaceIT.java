package dev.homeroom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every service shows to whom, and what it says to rubbish, seen through the one address. */
class SurfaceIT {
    private static final List<String> READS = List.of(
            "/api/sessions", "/api/claims", "/api/tasks", "/api/classroom/c1/metrics", "/api/classroom/c1/alerts");

    private final Whole whole = Whole.running();

    @ParameterizedTest
    @ValueSource(strings = {"coordinator", "queue", "metrics", "dashboard"})
    void healthIsOpenAndMetricsAndOpenApiAreForOperators_R_O5(String service) {
        Api anonymous = Api.anonymous(whole.address(service));
        Api operator = new Api(whole.address(service), whole.token("operator"));
        Api agent = new Api(whole.address(service), whole.agentToken());
        assertThat(anonymous.get("/q/health").status()).isEqualTo(200);
        for (String path : List.of("/q/metrics", "/q/openapi")) {
            assertThat(anonymous.get(path).status()).as(path).isEqualTo(401);
            assertThat(agent.get(path).status()).as(path).isEqualTo(403);
            assertThat(operator.get(path).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void nothingIsReadWithoutATokenOrWithTheWrongRole_R_O4() {
        Api anonymous = Api.anonymous(whole.origin());
        Api app = whole.app("quiz", "c1");
        for (String path : READS) {
            assertProblem(anonymous.get(path), 401, "unauthenticated");
            assertProblem(app.get(path), 403, "forbidden");
        }
        assertProblem(new Api(whole.origin(), "not.a.token").get("/api/tasks"), 401, "unauthenticated");
        assertProblem(app.post("/api/sessions", Map.of("instance", "x")), 403, "forbidden");
        assertProblem(whole.agent().post("/api/metrics", List.of()), 403, "forbidden");
    }

    @Test
    void aTeacherSeesNoOtherClassroom_R_T5() {
        Api teacher = new Api(whole.origin(), whole.teacherToken("c1"));
        assertThat(teacher.get("/api/classroom/c1/alerts").status()).isEqualTo(200);
        assertThat(teacher.get("/api/classroom/c1/metrics").status()).isEqualTo(200);
        assertProblem(teacher.get("/api/classroom/c2/alerts"), 403, "forbidden");
        assertProblem(teacher.get("/api/classroom/c2/metrics"), 403, "forbidden");
    }

    @Test
    void rubbishIsRefusedInWordsAndLosesNothing() {
        Api agent = whole.agent();
        assertProblem(agent.postRaw("/api/tasks", "application/json", "{\"type\":"), 400, "malformed");
        assertProblem(agent.post("/api/tasks", Map.of("type", "t", "color", "red")), 400, "invalid");
        assertProblem(
                agent.post("/api/tasks", Map.of("type", "t", "payload", Map.of(), "priority", 99)), 400, "invalid");
        assertProblem(agent.get("/api/tasks/01890000-0000-7000-8000-000000000000"), 404, "not-found");
        assertProblem(agent.get("/api/sessions/nobody"), 404, "not-found");
        assertProblem(agent.get("/api/nothing-here"), 404, "not-found");
        Api.Answer mixed = agent.postRaw(
                "/api/tasks/batch",
                "application/x-ndjson",
                "{\"type\":\"ok\",\"payload\":{}}\n{\"type\":\n{\"type\":\"ok\",\"payload\":{}}\n");
        assertThat(mixed.status()).isEqualTo(200);
        assertThat(mixed.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(mixed.body().path("rejected").get(0).path("line").asInt()).isEqualTo(2);
        Api.Answer events = whole.app("quiz", "c1").post("/api/metrics", List.of(Map.of("type", "click")));
        assertThat(events.body().path("accepted").asInt()).isZero();
        assertThat(events.body().path("rejected").get(0).path("index").asInt()).isZero();
    }

    private static void assertProblem(Api.Answer answer, int status, String name) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.contentType()).as("%s", answer).startsWith("application/problem+json");
        assertThat(answer.problem()).as("%s", answer).isEqualTo("urn:homeroom:problem:" + name);
        assertThat(answer.body().path("title").asText()).isNotBlank();
        assertThat(answer.body().path("detail").asText()).isNotBlank();
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    }
}
