package dev.homeroom.dashboard;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.token.TokenRequest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

/** Requests in somebody's name. */
final class Tokens {
    private Tokens() {}

    /** A teacher of these classrooms. */
    static RequestSpecification teacher(String... classrooms) {
        return with(TokenRequest.of("teacher-" + String.join("-", classrooms), "teacher")
                .inClassrooms(classrooms));
    }

    /** Somebody with this role and every classroom. */
    static RequestSpecification role(String role) {
        return with(TokenRequest.of("some-" + role, role));
    }

    private static RequestSpecification with(TokenRequest request) {
        return RestAssured.given()
                .contentType("application/json")
                .auth()
                .oauth2(JwtResource.issuer().issue(request));
    }
}
