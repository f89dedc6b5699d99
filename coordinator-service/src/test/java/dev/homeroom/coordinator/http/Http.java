package dev.homeroom.coordinator.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.token.TokenRequest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What the tests of the HTTP surface have in common. */
final class Http {
    private Http() {}

    /** A session and what it may send; registered when it is used first, as fields are made before the server runs. */
    static final class Agent {
        private final Map<String, Object> profile;
        private int incarnation;

        private Agent(Map<String, Object> profile) {
            this.profile = profile;
        }

        static Agent register(String prefix) {
            return register(prefix, Map.of());
        }

        static Agent register(String prefix, Map<String, Object> more) {
            Map<String, Object> profile = new HashMap<>(more);
            profile.put("id", prefix + "-" + UUID.randomUUID());
            profile.put("instance", "i");
            profile.putIfAbsent("host", "dev-1");
            profile.putIfAbsent("tty", "pts/3");
            return new Agent(profile);
        }

        int incarnation() {
            if (incarnation == 0) {
                incarnation = agent().body(profile)
                        .post("/api/sessions")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("incarnation");
            }
            return incarnation;
        }

        String id() {
            assertThat(incarnation()).isPositive();
            return String.valueOf(profile.get("id"));
        }

        Map<String, Object> body(Object... more) {
            Map<String, Object> body = new HashMap<>();
            body.put("session", id());
            body.put("incarnation", incarnation());
            for (int i = 0; i < more.length; i += 2) {
                body.put((String) more[i], more[i + 1]);
            }
            return body;
        }

        ValidatableResponse acquire(String kind, String name, Object... more) {
            return agent().body(body(more))
                    .post("/api/{kind}/{name}/acquire", kind, name)
                    .then();
        }

        ValidatableResponse release(String kind, String name, int token) {
            return agent().body(body("token", token))
                    .post("/api/{kind}/{name}/release", kind, name)
                    .then();
        }

        ValidatableResponse beat(Map<String, Object> more) {
            Map<String, Object> body = new HashMap<>(more);
            body.put("incarnation", incarnation());
            return agent().body(body).post("/api/sessions/{id}/heartbeat", id()).then();
        }
    }

    static RequestSpecification agent() {
        return as("agent");
    }

    static RequestSpecification as(String role) {
        return given().contentType(ContentType.JSON).auth().oauth2(JwtResource.token(role));
    }

    /** With a subject of its own. */
    static RequestSpecification as(String role, String subject) {
        return given().contentType(ContentType.JSON)
                .auth()
                .oauth2(JwtResource.issuer().issue(TokenRequest.of(subject, role)));
    }

    static String fresh(String prefix) {
        return prefix + "/" + UUID.randomUUID();
    }
}
