package dev.homeroom.platform.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.homeroom.contracts.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is an error (RFC 9457, {@code application/problem+json}).
 *
 * @param type a URN; the only member that clients decide by
 * @param title the same for every occurrence of the type
 * @param status the HTTP status of the answer
 * @param detail what happened this time and what to do next, for people; never internals
 * @param instance names this occurrence where the log knows more about it
 * @param extras further members, such as {@code holder} or {@code retryAfterMs}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "detail", "instance"})
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        @JsonAnyGetter Map<String, Object> extras) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final long MILLIS_PER_SECOND = 1_000;

    public Problem {
        extras = Map.copyOf(extras);
    }

    /** The problem of this type with these words, without further members. */
    public static Problem of(ProblemType type, @Nullable String detail) {
        return of(type, detail, Map.of());
    }

    /** The problem of this type with these words and further members. */
    public static Problem of(ProblemType type, @Nullable String detail, Map<String, Object> extras) {
        return new Problem(type.urn(), type.title(), type.status(), detail, null, extras);
    }

    /** The same problem, named so that it can be found in the log. */
    public Problem withInstance(String name) {
        return new Problem(type, title, status, detail, name, extras);
    }

    /** The value of {@code Retry-After}, in whole seconds; null unless it is worth to try again (429 and 503). */
    public @Nullable String retryAfter() {
        boolean again = status == ProblemType.OVERLOADED.status() || status == ProblemType.UNAVAILABLE.status();
        return again && extras.get("retryAfterMs") instanceof Number millis
                ? Long.toString(Math.max(1, Math.ceilDiv(millis.longValue(), MILLIS_PER_SECOND)))
                : null;
    }

    /** Every member by name, in the order of the RFC; for interfaces that do not speak Jackson's annotations. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("title", title);
        members.put("status", status);
        if (detail != null) {
            members.put("detail", detail);
        }
        if (instance != null) {
            members.put("instance", instance);
        }
        members.putAll(extras);
        return members;
    }
}
