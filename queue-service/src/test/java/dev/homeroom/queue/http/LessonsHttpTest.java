package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.queue.lesson.WeightTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lessons over HTTP, by Hibernate Reactive on the real database (R-Q7). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class LessonsHttpTest {
    private static final String CONFLICT = "urn:homeroom:problem:conflict";
    private static final String INVALID = "urn:homeroom:problem:invalid";

    @Inject
    WeightTable weights;

    @Test
    @DisplayName("R-Q7: a lesson is made, read, changed in part or in whole, and removed")
    void lessonGoesFromMadeToRemoved() {
        String name = "fractions/" + UUID.randomUUID();
        String path = "/api/lessons/" + name.replace("/", "%2F");
        String made = "{\"name\":\"" + name + "\",\"title\":\"Fractions\",\"objective\":\"5.NF.1\",\"weight\":2.5}";
        send("POST", "/api/lessons", made)
                .statusCode(201)
                .header("Location", containsString("%2F"))
                .header("ETag", "\"1\"")
                .body("version", equalTo(1))
                .body("createdAt", notNullValue());
        send("POST", "/api/lessons", made).statusCode(200).body("version", equalTo(1));
        send("POST", "/api/lessons", made.replace("2.5", "3"))
                .statusCode(409)
                .body("type", equalTo(CONFLICT))
                .body("version", equalTo(1));
        assertThat(weights.weight(name)).isEqualTo(2.5);
        get("agent", path)
                .statusCode(200)
                .body("name", equalTo(name))
                .body("objective", equalTo("5.NF.1"))
                .body("progress.total", equalTo(0));
        send("PATCH", path, "{\"objective\":null,\"description\":\"On numbers\"}")
                .statusCode(200)
                .body("title", equalTo("Fractions"))
                .body("objective", nullValue())
                .body("weight", equalTo(2.5f))
                .body("version", equalTo(2));
        send("PUT", path, "{\"title\":\"Anew\"}")
                .statusCode(200)
                .body("description", nullValue())
                .body("weight", equalTo(1.0f))
                .body("version", equalTo(3));
        send("PUT", path, "{\"title\":\"Anew\"}").statusCode(200).body("version", equalTo(3));
        assertThat(weights.weight(name)).isEqualTo(1);
        as("operator").urlEncodingEnabled(false).delete(path).then().statusCode(204);
        get("agent", path).statusCode(404).body("type", equalTo("urn:homeroom:problem:not-found"));
        as("operator").urlEncodingEnabled(false).delete(path).then().statusCode(404);
    }

    @Test
    @DisplayName("R-Q7: who changes a lesson that was changed meanwhile is told, by version and by If-Match")
    void staleChangesAreRefused() {
        String path = "/api/lessons/" + unique();
        send("PUT", path, "{}").statusCode(201).header("ETag", "\"1\"");
        send("PUT", path, "{\"title\":\"a\",\"version\":1}").statusCode(200).header("ETag", "\"2\"");
        send("PUT", path, "{\"title\":\"b\",\"version\":1}")
                .statusCode(409)
                .body("type", equalTo(CONFLICT))
                .body("version", equalTo(2));
        json("operator", "{\"title\":\"b\"}")
                .header("If-Match", "\"1\"")
                .patch(path)
                .then()
                .statusCode(409);
        json("operator", "{\"title\":\"b\"}")
                .header("If-Match", "\"2\"")
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"");
        as("operator").header("If-Match", "\"1\"").delete(path).then().statusCode(409);
        as("operator").header("If-Match", "abc").delete(path).then().statusCode(400);
        send("PUT", "/api/lessons/" + unique(), "{\"version\":4}")
                .statusCode(409)
                .body("version", equalTo(0));
    }

    @Test
    @DisplayName("R-Q7: of many that make or change one lesson at once, each change is a version and none is lost")
    void concurrentWritersAreAllCounted() throws Exception {
        String path = "/api/lessons/" + unique();
        var writes = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 12; i++) {
            String title = "t" + i;
            writes.add(() -> json("operator", "{\"title\":\"" + title + "\"}")
                    .put(path)
                    .then()
                    .extract()
                    .statusCode());
        }
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(writes.size())) {
            for (var done : threads.invokeAll(writes)) {
                statuses.add(done.get());
            }
        }
        assertThat(statuses).isSubsetOf(200, 201, 409);
        assertThat(statuses).containsOnlyOnce(201);
        long changes = statuses.stream().filter(status -> status != 409).count();
        get("agent", path).body("version", equalTo((int) changes));
    }

    @Test
    @DisplayName("R-Q7: progress counts done and total through every path a task can take")
    void progressIsExact() {
        String lesson = unique();
        String path = "/api/lessons/" + lesson;
        for (int i = 0; i < 6; i++) {
            enqueue(lesson, "");
        }
        progress(path).body("total", equalTo(6)).body("done", equalTo(0)).body("unfinished", equalTo(6));
        finish(lesson, "complete", "");
        finish(lesson, "skip", ",\"reason\":\"known\"");
        finish(lesson, "fail", ",\"reason\":\"broken\",\"retryable\":false");
        finish(lesson, "release", "");
        String cancelled = claim(lesson).getString("tasks[0].id");
        json("agent", "{}").post("/api/tasks/" + cancelled + "/cancel").then().statusCode(200);
        claim(lesson);
        progress(path)
                .body("total", equalTo(6))
                .body("done", equalTo(2))
                .body("unfinished", equalTo(2))
                .body(
                        "byStatus",
                        equalTo(Map.of(
                                "pending",
                                1,
                                "claimed",
                                1,
                                "completed",
                                1,
                                "skipped",
                                1,
                                "failed",
                                1,
                                "cancelled",
                                1)));
        String key = unique();
        enqueue(lesson, ",\"idempotencyKey\":\"" + key + "\"");
        json("agent", task(lesson, ",\"idempotencyKey\":\"" + key + "\""))
                .post("/api/tasks")
                .then()
                .statusCode(200);
        progress(path).body("total", equalTo(7));
    }

    @Test
    @DisplayName("R-Q7: a lesson of three times the weight gets three times the share, from the next claim on")
    void weightsShare() {
        String type = unique();
        String heavy = "heavy-" + type;
        String light = "light-" + type;
        send("PUT", "/api/lessons/" + heavy, "{\"weight\":3}").statusCode(201);
        for (int i = 0; i < 12; i++) {
            for (String lesson : List.of(light, heavy)) {
                json("agent", "{\"type\":\"" + type + "\",\"lesson\":\"" + lesson + "\"}")
                        .post("/api/tasks")
                        .then()
                        .statusCode(201);
            }
        }
        var taken = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            taken.addAll(json("agent", "{\"session\":\"s-1\",\"incarnation\":1,\"types\":[\"" + type + "\"]}")
                    .post("/api/tasks/claim")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getList("tasks.lesson", String.class));
        }
        assertThat(taken).hasSize(12);
        assertThat(taken.stream().filter(heavy::equals).count()).isBetween(8L, 10L);
    }

    @Test
    @DisplayName("R-Q7: a lesson with unfinished tasks cannot be removed")
    void usedLessonStays() {
        String lesson = unique();
        String id = enqueue(lesson, "");
        as("operator")
                .delete("/api/lessons/" + lesson)
                .then()
                .statusCode(409)
                .body("type", equalTo(CONFLICT))
                .body("unfinished", equalTo(1));
        json("agent", "{}").post("/api/tasks/" + id + "/cancel").then().statusCode(200);
        as("operator").delete("/api/lessons/" + lesson).then().statusCode(204);
        enqueue(lesson, "");
        progress("/api/lessons/" + lesson).body("total", equalTo(2));
    }

    @Test
    @DisplayName(
            "R-Q7: lessons are listed by name in pages, and by learning objective with the progress of all their tasks")
    void lessonsAreListedAndGrouped() {
        String objective = unique();
        for (String name : List.of("a", "b", "c")) {
            send("PUT", "/api/lessons/" + name + objective, "{\"objective\":\"" + objective + "\"}")
                    .statusCode(201);
        }
        enqueue("a" + objective, "");
        enqueue("b" + objective, "");
        enqueue("b" + objective, "");
        var first = get("agent", "/api/lessons?limit=2&objective=" + objective)
                .body("items.name", equalTo(List.of("a" + objective, "b" + objective)))
                .body("items.progress.total", equalTo(List.of(1, 2)))
                .extract()
                .jsonPath();
        get("agent", "/api/lessons?limit=2&objective=" + objective + "&after=" + first.getString("next"))
                .body("items.name", equalTo(List.of("c" + objective)))
                .body("next", nullValue());
        String later = objective + "z";
        send("PUT", "/api/lessons/d" + objective, "{\"objective\":\"" + later + "\"}")
                .statusCode(201);
        get("agent", "/api/lessons?groupBy=objective&limit=1&after=objective:" + objective.substring(0, 20))
                .body("items[0].objective", equalTo(objective))
                .body("items[0].lessons", equalTo(3))
                .body("items[0].progress.total", equalTo(3))
                .body("items[0].progress.byStatus.pending", equalTo(3))
                .body("next", equalTo("objective:" + objective));
        get("agent", "/api/lessons?groupBy=objective&limit=1&after=objective:" + objective)
                .body("items[0].objective", equalTo(later))
                .body("items[0].progress.total", equalTo(0));
        get("agent", "/api/tasks?objective=" + objective + "&status=pending").body("items.size()", equalTo(3));
    }

    @Test
    @DisplayName("R-Q7: a task of an unknown lesson makes it, with the defaults")
    void unknownLessonIsMade() {
        String lesson = unique();
        get("agent", "/api/lessons/" + lesson).statusCode(404);
        enqueue(lesson, "");
        get("agent", "/api/lessons/" + lesson)
                .statusCode(200)
                .body("weight", equalTo(1.0f))
                .body("version", equalTo(1))
                .body("progress.total", equalTo(1));
        get("agent", "/api/lessons?objective=&limit=1000").body("items.name", hasItem(lesson));
    }

    @Test
    @DisplayName("R-Q7: what is wrong with a lesson is said field by field")
    void badInputIsRefused() {
        String path = "/api/lessons/" + unique();
        for (String body : List.of(
                "{\"weight\":0.05}",
                "{\"weight\":101}",
                "{\"weight\":\"2\"}",
                "{\"title\":\"\"}",
                "{\"objective\":\"" + "x".repeat(201) + "\"}",
                "{\"description\":\"" + "x".repeat(4001) + "\"}",
                "{\"colour\":\"red\"}",
                "{\"name\":\"another\"}")) {
            send("PUT", path, body).statusCode(400).body("type", equalTo(INVALID));
        }
        send("PUT", path, "{}").statusCode(201);
        send("PATCH", path, "{\"colour\":1}").statusCode(400).body("detail", containsString("colour"));
        send("PATCH", path, "[1]").statusCode(400);
        send("POST", "/api/lessons", "{\"title\":\"no name\"}").statusCode(400);
        send("PUT", "/api/lessons/" + "x".repeat(201), "{}").statusCode(400);
        get("agent", "/api/lessons?colour=red").statusCode(400).body("field", equalTo("colour"));
        get("agent", "/api/lessons?groupBy=weight").statusCode(400);
        get("agent", "/api/lessons?limit=0").statusCode(400);
    }

    @Test
    @DisplayName("R-Q7: operators write lessons, agents read them, others do neither")
    void rolesAreKept() {
        String path = "/api/lessons/" + unique();
        json("agent", "{}").put(path).then().statusCode(403);
        json("agent", "{}").patch(path).then().statusCode(403);
        as("agent").delete(path).then().statusCode(403);
        json("agent", "{\"name\":\"x\"}").post("/api/lessons").then().statusCode(403);
        get("teacher", "/api/lessons").statusCode(403);
        given().get("/api/lessons").then().statusCode(401);
        json("admin", "{}").put(path).then().statusCode(201);
        get("admin", path).statusCode(200).body("items", nullValue());
        get("operator", "/api/lessons?objective=" + unique()).statusCode(200).body("items", empty());
    }

    private static ValidatableResponse progress(String path) {
        return get("agent", path).statusCode(200).rootPath("progress");
    }

    private static void finish(String lesson, String how, String more) {
        var claimed = claim(lesson);
        json("agent", "{\"session\":\"s-1\",\"token\":" + claimed.getLong("tasks[0].token") + more + "}")
                .post("/api/tasks/" + claimed.getString("tasks[0].id") + "/" + how)
                .then()
                .statusCode(200);
    }

    private static io.restassured.path.json.JsonPath claim(String lesson) {
        return json("agent", "{\"session\":\"s-1\",\"incarnation\":1,\"lesson\":\"" + lesson + "\"}")
                .post("/api/tasks/claim")
                .then()
                .statusCode(200)
                .body("tasks.size()", equalTo(1))
                .extract()
                .jsonPath();
    }

    private static String enqueue(String lesson, String more) {
        return json("agent", task(lesson, more))
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
    }

    private static String task(String lesson, String more) {
        return "{\"type\":\"build\",\"lesson\":\"" + lesson + "\"" + more + "}";
    }

    private static ValidatableResponse get(String role, String path) {
        return as(role).urlEncodingEnabled(false).get(path).then();
    }

    private static ValidatableResponse send(String method, String path, String body) {
        return json("operator", body).request(method, path).then();
    }

    private static RequestSpecification json(String role, String body) {
        return as(role).urlEncodingEnabled(false)
                .contentType("application/json")
                .body(body);
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }
}
