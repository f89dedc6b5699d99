package dev.homeroom.client.session;

import dev.homeroom.client.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters of a GET, percent-encoded; those without a value are left out. */
final class SessionQuery {
    private final List<String> parts = new ArrayList<>();

    SessionQuery with(String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + "=" + Request.encode(value.toString()));
        }
        return this;
    }

    String on(String path) {
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }
}
