package dev.homeroom.coordinator.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class ClusterHttpTest {
    @Test
    void theReplicasAreListed_R_O3() {
        as("operator")
                .get("/api/cluster")
                .then()
                .statusCode(200)
                .body("leader", equalTo("n1"))
                .body("members.id", contains("n1"))
                .body("members.role", contains("leader"))
                .body("members.reachable", contains(true))
                .body("members.lag", contains(0));
    }

    @Test
    void whatMustNotBeDoneIsRefusedWithTheReason_R_O3() {
        as("admin")
                .body(Map.of("id", "n2", "raftAddress", "127.0.0.1:1", "serviceAddress", "127.0.0.1:2"))
                .post("/api/cluster/members")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:conflict"))
                .body("detail", containsString("CLUSTER_ENABLED=true"));
        as("admin")
                .body(Map.of("id", "n2", "raftAddress", "nowhere", "serviceAddress", "127.0.0.1:2"))
                .post("/api/cluster/members")
                .then()
                .statusCode(400)
                .body("detail", containsString("host:port"));
        as("admin").body(Map.of()).post("/api/cluster/transfer").then().statusCode(409);
        as("admin")
                .delete("/api/cluster/members/n1")
                .then()
                .statusCode(409)
                .body("detail", containsString("only member"));
        as("admin").delete("/api/cluster/members/n7").then().statusCode(404);
    }

    @Test
    void rolesDecide_R_O4() {
        as("agent").get("/api/cluster").then().statusCode(403);
        as("operator").delete("/api/cluster/members/n1").then().statusCode(403);
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role))
                .contentType(ContentType.JSON);
    }
}
