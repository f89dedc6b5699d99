package dev.homeroom.local.gateway;

import dev.homeroom.contracts.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeoutException;

/** The gateway's own errors as {@code application/problem+json} (RFC 9457). */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";
    private static final int BAD_GATEWAY = 502;

    /** A problem ready to be sent. */
    record Answer(int status, Buffer body) {}

    private Problems() {}

    static Answer of(ProblemType type, int status, String detail) {
        JsonObject body = new JsonObject()
                .put("type", type.urn())
                .put("title", type.title())
                .put("status", status)
                .put("detail", detail);
        return new Answer(status, body.toBuffer());
    }

    static Answer notFound() {
        return of(ProblemType.NOT_FOUND, 404, "No service owns this path.");
    }

    /** 503 when the service cannot be reached or is full, 504 when it is too slow, 502 when it broke off. */
    static Answer of(Throwable failure, Owner owner) {
        String name = "The service " + owner.id();
        return switch (failure) {
            case TimeoutException slow ->
                of(ProblemType.TIMEOUT, ProblemType.TIMEOUT.status(), name + " did not answer in time.");
            case java.net.ConnectException down ->
                of(ProblemType.UNAVAILABLE, 503, name + " cannot be reached now; it is restarted when it died.");
            case ConnectionPoolTooBusyException full ->
                of(ProblemType.OVERLOADED, 503, name + " has too many requests open.");
            default -> of(ProblemType.UNAVAILABLE, BAD_GATEWAY, name + " broke off the answer.");
        };
    }
}
