package dev.homeroom.local.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The headers that tell a service who called the gateway; what the caller claims about that is dropped. */
final class Forwarding {
    private static final List<String> CLAIMS = List.of(
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-real-ip");

    private Forwarding() {}

    static void apply(HttpServerRequest request, MultiMap headers) {
        CLAIMS.forEach(headers::remove);
        headers.set("x-forwarded-for", request.remoteAddress().hostAddress());
        headers.set("x-forwarded-proto", request.isSSL() ? "https" : "http");
        if (request.authority() != null) {
            headers.set("x-forwarded-host", request.authority().toString());
        }
    }
}
