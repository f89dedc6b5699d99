package dev.homeroom.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path from the origin on, with names already percent-encoded; may end in a query
 * @param body written as JSON; null for none
 * @param timeout until the answer is read
 */
public record Request(String method, String path, @Nullable Object body, Duration timeout) {
    /** A path of these parts, each percent-encoded as a whole, slashes too. */
    public static String path(String root, String... names) {
        StringBuilder path = new StringBuilder(root);
        for (String name : names) {
            path.append('/').append(encode(name));
        }
        return path.toString();
    }

    /** A name as it may stand in a path or a query. */
    public static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
