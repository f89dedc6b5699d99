package dev.homeroom.coordinator.http;

/** Names of responses that the OpenAPI document describes once; {@link ApiDocument} adds them. */
final class Responses {
    /** Somebody else holds it, or the caller is not what it thinks it is. */
    static final String CONFLICT = "Conflict";

    private Responses() {}
}
