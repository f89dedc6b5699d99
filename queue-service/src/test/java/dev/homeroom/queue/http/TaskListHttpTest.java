package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** List and search over HTTP (R-Q10). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class TaskListHttpTest {
    private final String type = "Type-" + UUID.randomUUID();

    @Test
    @DisplayName("R-Q10: tasks are found by everything they were enqueued with")
    void filtersByFacts() {
        String key = UUID.randomUUID().toString();
        String full = enqueue(
                ",\"lesson\":\"L" + type + "\",\"priority\":8,\"resolver\":\"R\",\"limits\":[\"host:a\",\"host:b\"]"
                        + ",\"idempotencyKey\":\"" + key + "\"");
        Instant between =
                Instant.parse(page("").getString("items[0].createdAt")).plusMillis(1);
        String plain = enqueue("");
        assertThat(ids("")).containsExactly(plain, full);
        assertThat(ids("&lesson=L" + type)).containsExactly(full);
        assertThat(ids("&priority=8")).containsExactly(full);
        assertThat(ids("&resolver=R")).containsExactly(full);
        assertThat(ids("&limitKey=host:b")).containsExactly(full);
        assertThat(ids("&idempotencyKey=" + key)).containsExactly(full);
        assertThat(ids("&idempotencyKey=" + key + "&status=completed")).isEmpty();
        assertThat(ids("&q=" + type.substring(3).toUpperCase(java.util.Locale.ROOT)))
                .containsExactly(plain, full);
        assertThat(ids("&q=nothing+of+it")).isEmpty();
        assertThat(ids("&createdBefore=" + between)).contains(full);
        assertThat(ids("&createdAfter=" + between.minusSeconds(3600))).containsExactly(plain, full);
        assertThat(ids("&createdAfter=" + between.plusSeconds(3600))).isEmpty();
    }

    @Test
    @DisplayName(
            "R-Q10: tasks are found by where they stand, one status or several, by holder and by the words of an error")
    void filtersByStatus() {
        String pending = enqueue(",\"priority\":0");
        String failed = enqueue(",\"priority\":9");
        finish("fail", ",\"retryable\":false,\"reason\":\"Disk is FULL\"");
        String completed = enqueue(",\"priority\":9");
        finish("complete", "");
        String skipped = enqueue(",\"priority\":9");
        finish("skip", "");
        String claimed = enqueue(",\"priority\":9");
        claim();
        assertThat(ids("")).containsExactly(claimed, skipped, completed, failed, pending);
        assertThat(ids("&status=failed")).containsExactly(failed);
        assertThat(ids("&status=failed,pending")).containsExactly(failed, pending);
        assertThat(ids("&status=skipped&status=claimed&status=cancelled")).containsExactly(claimed, skipped);
        assertThat(ids("&status=completed")).containsExactly(completed);
        assertThat(ids("&status=completed,failed")).containsExactly(completed, failed);
        assertThat(ids("&session=s-1")).containsExactly(claimed);
        assertThat(ids("&session=s-1&status=failed")).isEmpty();
        assertThat(ids("&q=disk+is+full")).containsExactly(failed);
        assertThat(ids("&q=disk+is+full&status=failed")).containsExactly(failed);
    }

    @Test
    @DisplayName("R-Q10: a list of several statuses is paged without gap or repeat")
    void pagesOverSeveralStatuses() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            all.add(enqueue(i % 2 == 0 ? ",\"priority\":9" : ",\"priority\":0"));
            if (i % 2 == 0) {
                finish("fail", ",\"retryable\":false");
            }
        }
        var seen = new ArrayList<String>();
        String after = "";
        while (after != null) {
            var page = page("&status=failed,pending&limit=2" + after);
            seen.addAll(page.getList("items.id", String.class));
            after = page.getString("next") == null ? null : "&after=" + page.getString("next");
        }
        assertThat(seen).containsExactlyElementsOf(all.reversed());
    }

    @Test
    @DisplayName("R-Q10: parameters that are unknown or out of bounds are refused")
    void badParametersAreRefused() {
        for (String bad : List.of(
                "stauts=failed",
                "status=lost",
                "priority=10",
                "priority=high",
                "createdAfter=yesterday",
                "after=x",
                "limit=1001",
                "type=" + "x".repeat(201))) {
            as("agent").get("/api/tasks?" + bad).then().statusCode(400).contentType("application/problem+json");
        }
        as("agent").get("/api/tasks?stauts=failed").then().body("detail", containsString("status"));
        as("agent").get("/api/tasks/stats?x=1").then().statusCode(400).body("field", equalTo("x"));
    }

    private List<String> ids(String filter) {
        return page(filter).getList("items.id", String.class);
    }

    private JsonPath page(String filter) {
        return as("agent")
                .urlEncodingEnabled(false)
                .get("/api/tasks?type=" + type + filter)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private String enqueue(String more) {
        return as("agent")
                .contentType("application/json")
                .body("{\"type\":\"" + type + "\"" + more + "}")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
    }

    private JsonPath claim() {
        return as("agent")
                .contentType("application/json")
                .body("{\"session\":\"s-1\",\"incarnation\":1,\"types\":[\"" + type + "\"]}")
                .post("/api/tasks/claim")
                .then()
                .statusCode(200)
                .body("tasks.size()", equalTo(1))
                .extract()
                .jsonPath();
    }

    private void finish(String how, String more) {
        var claimed = claim();
        as("agent")
                .contentType("application/json")
                .body("{\"session\":\"s-1\",\"token\":" + claimed.getLong("tasks[0].token") + more + "}")
                .post("/api/tasks/" + claimed.getString("tasks[0].id") + "/" + how)
                .then()
                .statusCode(200);
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }
}
