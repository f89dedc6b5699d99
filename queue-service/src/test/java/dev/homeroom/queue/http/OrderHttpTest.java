package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The order in which tasks are taken, as a client sees it (R-Q5). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class OrderHttpTest {
    private final String type = "t-" + UUID.randomUUID();

    @Test
    @DisplayName("R-Q5: higher priority first, of one priority the oldest")
    void priorityThenAge() {
        enqueue("old", "\"priority\":5");
        enqueue("low", "\"priority\":1");
        enqueue("young", "\"priority\":5");
        enqueue("urgent", "\"priority\":9");
        assertThat(takeOneByOne(5)).containsExactly("urgent", "old", "young", "low");
    }

    @Test
    @DisplayName("R-Q5: a lesson that comes later with few tasks does not wait for all of one that came with many")
    void fairBetweenLessons() {
        IntStream.range(0, 12).forEach(i -> enqueue("many-" + i, "\"lesson\":\"many-" + type + "\""));
        IntStream.range(0, 3).forEach(i -> enqueue("few-" + i, "\"lesson\":\"few-" + type + "\""));
        var order = takeOneByOne(15);
        assertThat(order).hasSize(15);
        assertThat(order.subList(0, 8)).contains("few-0", "few-1", "few-2");
        assertThat(order)
                .filteredOn(n -> n.startsWith("many"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(i -> "many-" + i).toList());
    }

    @Test
    @DisplayName("R-Q5: tasks that wait for a permit bar nobody, and are taken when it comes free")
    void exhaustedLimitBarsNobody() {
        IntStream.range(0, 30).forEach(i -> enqueue("limited-" + i, "\"priority\":9,\"limits\":[\"one-at-a-time\"]"));
        enqueue("free-0", "\"priority\":0");
        enqueue("free-1", "\"priority\":0");
        var first = claim(1);
        assertThat(first.getString("tasks[0].payload.name")).isEqualTo("limited-0");
        assertThat(takeOneByOne(2)).containsExactly("free-0", "free-1");
        finish(first, 0);
        assertThat(claim(1, "PT10S").getString("tasks[0].payload.name")).isEqualTo("limited-1");
    }

    private void enqueue(String name, String more) {
        as("agent")
                .contentType("application/json")
                .body("{\"type\":\"" + type + "\",\"payload\":{\"name\":\"" + name + "\"}," + more + "}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
    }

    /** The names of the next tasks, each finished before the next is claimed. */
    private List<String> takeOneByOne(int most) {
        var names = new ArrayList<String>();
        for (int i = 0; i < most; i++) {
            var claimed = claim(1);
            if (claimed.getList("tasks").isEmpty()) {
                return names;
            }
            names.add(claimed.getString("tasks[0].payload.name"));
            finish(claimed, 0);
        }
        return names;
    }

    private JsonPath claim(int count) {
        return claim(count, "PT0S");
    }

    private JsonPath claim(int count, String wait) {
        return as("agent")
                .contentType("application/json")
                .body("{\"session\":\"s-1\",\"incarnation\":1,\"count\":" + count + ",\"wait\":\"" + wait
                        + "\",\"types\":[\"" + type + "\"]}")
                .post("/api/tasks/claim")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void finish(JsonPath claimed, int index) {
        String task = "tasks[" + index + "]";
        as("agent")
                .contentType("application/json")
                .body("{\"session\":\"s-1\",\"token\":" + claimed.getLong(task + ".token") + "}")
                .post("/api/tasks/" + claimed.getString(task + ".id") + "/complete")
                .then()
                .statusCode(200);
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }
}
