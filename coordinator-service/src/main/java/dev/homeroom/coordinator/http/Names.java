package dev.homeroom.coordinator.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names in paths: percent-encoded as a whole, slashes too. */
final class Names {
    private Names() {}

    static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
