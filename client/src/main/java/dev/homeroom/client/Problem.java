package dev.homeroom.client;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something was refused (RFC 9457), with the members of ours that programs act on.
 *
 * @param type {@code urn:homeroom:problem:<name>}; {@code about:blank} when the answer came from something else on the way
 * @param title the same for every occurrence of the type
 * @param detail what happened this time, for people
 * @param status the HTTP status
 * @param next what to do now
 * @param holder who holds the resource
 * @param queuePosition the place among those who wait, from 1; 0 = none
 * @param retryAfterMs when it may be worth to ask again
 * @param cycle who waits for whom when waiting would never end
 */
public record Problem(
        String type,
        String title,
        String detail,
        int status,
        List<String> next,
        @Nullable Holder holder,
        int queuePosition,
        @Nullable Long retryAfterMs,
        List<String> cycle) {
    private record Wire(
            @Nullable String type,
            @Nullable String title,
            @Nullable String detail,
            @Nullable List<String> next,
            @Nullable Holder holder,
            int queuePosition,
            @Nullable Long retryAfterMs,
            @Nullable List<String> cycle) {}

    private static final String UNTYPED = "about:blank";

    /** Copies the lists. */
    public Problem {
        next = List.copyOf(next);
        cycle = List.copyOf(cycle);
    }

    /** Reads a refusal; what is not problem+json still becomes a problem, with the status and no more. */
    static Problem read(int status, byte[] body) {
        try {
            return of(status, Json.MAPPER.readValue(body, Wire.class));
        } catch (IOException e) {
            return of(status, null);
        }
    }

    private static Problem of(int status, @Nullable Wire wire) {
        if (wire == null) {
            return new Problem(
                    UNTYPED, "HTTP " + status, "No reason was given.", status, List.of(), null, 0, null, List.of());
        }
        return new Problem(
                or(wire.type, UNTYPED),
                or(wire.title, "HTTP " + status),
                or(wire.detail, "No reason was given."),
                status,
                wire.next == null ? List.of() : wire.next,
                wire.holder,
                wire.queuePosition,
                wire.retryAfterMs,
                wire.cycle == null ? List.of() : wire.cycle);
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
