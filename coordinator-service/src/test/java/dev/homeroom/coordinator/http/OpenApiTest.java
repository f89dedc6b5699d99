package dev.homeroom.coordinator.http;

import static dev.homeroom.coordinator.http.Http.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class OpenApiTest {
    private static final List<String> DESIGNED = List.of(
            "POST /api/sessions",
            "GET /api/sessions",
            "GET /api/sessions/{id}",
            "DELETE /api/sessions/{id}",
            "POST /api/sessions/{id}/heartbeat",
            "POST /api/sessions/heartbeats",
            "GET /api/sessions/available",
            "POST /api/sessions/maintenance",
            "POST /api/locks/{name}/acquire",
            "POST /api/locks/{name}/renew",
            "POST /api/locks/{name}/release",
            "POST /api/locks/{name}/force-release",
            "POST /api/locks/acquire-all",
            "GET /api/locks",
            "GET /api/locks/{name}",
            "POST /api/claims/{item}/acquire",
            "POST /api/claims/{item}/renew",
            "POST /api/claims/{item}/release",
            "POST /api/claims/{item}/force-release",
            "GET /api/claims",
            "GET /api/claims/{item}",
            "PUT /api/limits/{key}",
            "POST /api/limits/{key}/acquire",
            "POST /api/limits/{key}/renew",
            "POST /api/limits/{key}/release",
            "POST /api/limits/{key}/consume",
            "POST /api/limits/{key}/refund",
            "POST /api/limits/{key}/force-release",
            "GET /api/limits",
            "GET /api/limits/{key}",
            "GET /api/audit",
            "POST /api/affinities",
            "GET /api/affinities",
            "GET /api/affinities/{id}",
            "PUT /api/affinities/{id}",
            "DELETE /api/affinities/{id}");

    @Test
    void everyOperationIsDescribedWithItsProblems() throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(as("operator")
                        .get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
        Set<String> found = new TreeSet<>();
        List<String> lacking = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String name = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    found.add(name);
                    if (path.getKey().startsWith("/api/") && !isDescribed(operation.getValue())) {
                        lacking.add(name);
                    }
                }));
        assertThat(found).containsAll(DESIGNED);
        assertThat(lacking)
                .as("without a summary, a described answer or problems")
                .isEmpty();
        assertThat(document.at("/components/responses/Conflict/content/application~1problem+json/example/holder"))
                .isNotNull();
        assertThat(document.at("/components/schemas/AcquireJson/properties/wait/description")
                        .asText())
                .contains("first come first served");
        assertThat(document.at("/components/schemas/AcquireJson").toString()).contains("PT30S");
    }

    private static boolean isDescribed(JsonNode operation) {
        JsonNode responses = operation.path("responses");
        boolean answered = responses.properties().stream()
                .anyMatch(one -> one.getKey().startsWith("2")
                        && !one.getValue().path("description").asText().isEmpty());
        boolean problems = List.of("400", "401", "403", "429", "503").stream().allMatch(responses::has);
        boolean parameters = true;
        for (JsonNode parameter : operation.path("parameters")) {
            parameters &= !parameter.path("description").asText().isEmpty();
        }
        return !operation.path("summary").asText().isEmpty() && answered && problems && parameters;
    }
}
