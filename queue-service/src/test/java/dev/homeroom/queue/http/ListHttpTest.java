package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.as;
import static dev.homeroom.queue.http.Api.enqueued;
import static dev.homeroom.queue.http.Api.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looking on (R-Q10). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class ListHttpTest {
    @Test
    void listIsPagedByKeyset() {
        String type = unique();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(enqueued(type));
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        while (after != null) {
            var page = as("operator")
                    .get("/api/tasks?limit=2&status=pending&type=" + type + (after.isEmpty() ? "" : "&after=" + after))
                    .jsonPath();
            seen.addAll(page.getList("items.id", String.class));
            after = page.getString("next");
        }
        assertThat(seen).containsExactlyElementsOf(ids.reversed());
        as("operator").get("/api/tasks/stats").then().body("byStatus.pending", greaterThan(4));
    }
}
