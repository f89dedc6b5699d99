package dev.homeroom.queue.http;

import org.jspecify.annotations.Nullable;

/** Versions as entity tags (RFC 9110, section 8.8.3). */
final class Versions {
    private Versions() {}

    static String tag(int version) {
        return "\"" + version + "\"";
    }

    /** The version that If-Match asks for; null when there is no such header. */
    static @Nullable Integer ofTag(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        var text = ifMatch.strip();
        try {
            return Integer.valueOf(
                    text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")
                            ? text.substring(1, text.length() - 1)
                            : text);
        } catch (NumberFormatException e) {
            throw Checks.invalid("If-Match: must be the version in quotes, as ETag gave it.");
        }
    }
}
