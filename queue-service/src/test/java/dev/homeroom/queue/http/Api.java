package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;

import dev.homeroom.local.testing.JwtResource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Requests of tests to the service. */
final class Api {
    static final String PROBLEM = "application/problem+json";

    private Api() {}

    /** A request with a token of this role. */
    static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }

    /** An agent posts JSON. */
    static ValidatableResponse post(String path, String body) {
        return post("agent", path, body);
    }

    static ValidatableResponse post(String role, String path, String body) {
        return as(role).contentType("application/json").body(body).post(path).then();
    }

    /** Enqueues and gives the id. */
    static String enqueue(String body) {
        return post("/api/tasks", body).statusCode(201).extract().jsonPath().getString("id");
    }

    /** Enqueues a plain task of this type. */
    static String enqueued(String type) {
        return enqueue("{\"type\":\"" + type + "\"}");
    }

    /** {@code s-1} claims one of this type and gets its token. */
    static long claim(String type) {
        return post(
                        "/api/tasks/claim",
                        "{\"session\":\"s-1\",\"incarnation\":1,\"wait\":\"PT10S\",\"types\":[\"" + type + "\"]}")
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("tasks[0].token");
    }

    /** The claim of {@code s-1} with further fields, which begin with a comma. */
    static String held(long token, String more) {
        return "{\"session\":\"s-1\",\"token\":" + token + more + "}";
    }

    /** The task of this type is failed for good. */
    static String failed(String type, String more) {
        String id = enqueue("{\"type\":\"" + type + "\"" + more + "}");
        long token = claim(type);
        post("/api/tasks/" + id + "/fail", held(token, ",\"retryable\":false,\"reason\":\"boom\""))
                .statusCode(200);
        return id;
    }

    static JsonPath task(String id) {
        return as("operator")
                .get("/api/tasks/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static JsonPath history(String id) {
        return as("operator")
                .get("/api/tasks/" + id + "/history")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static String unique() {
        return "t-" + UUID.randomUUID();
    }
}
