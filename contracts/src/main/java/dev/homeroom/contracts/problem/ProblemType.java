package dev.homeroom.contracts.problem;

/**
 * Every problem that an interface answers with (RFC 9457). The {@code type} member is
 * {@code urn:homeroom:problem:<name>}; clients decide by it, never by the words of title or detail.
 */
public enum ProblemType {
    MALFORMED("malformed", 400, "The request cannot be read"),
    INVALID("invalid", 400, "A value is missing or not allowed"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid token is needed"),
    FORBIDDEN("forbidden", 403, "The token does not allow this"),
    MANAGED_BY_QUEUE("managed-by-queue", 403, "Claims of tasks are changed through the queue only"),
    NOT_FOUND("not-found", 404, "There is no such thing"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not offered here"),
    NOT_ACCEPTABLE("not-acceptable", 406, "None of the accepted media types is offered here"),
    CONFLICT("conflict", 409, "It contradicts the present state"),
    HELD("held", 409, "Somebody else holds the resource"),
    DEADLOCK("deadlock", 409, "Waiting for it would never end"),
    NONE_AVAILABLE("none-available", 409, "No session may take it now"),
    STALE_TOKEN("stale-token", 409, "The token is not the current one"),
    STALE_INCARNATION("stale-incarnation", 409, "The session was registered anew"),
    SESSION_ENDED("session-ended", 409, "The session has failed or was released"),
    REQUEST_TOO_OLD("request-too-old", 409, "The answer of this request is not kept any more"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 409, "The idempotency key was used for something else"),
    TOO_LARGE("too-large", 413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This media type is not taken here"),
    UNKNOWN_LESSON("unknown-lesson", 422, "There is no such lesson"),
    TOO_MANY("too-many", 422, "A bound would be passed"),
    OVERLOADED("overloaded", 429, "Too much at once; try again later"),
    INTERNAL("internal", 500, "Something broke here"),
    UNAVAILABLE("unavailable", 503, "A part this needs cannot be reached now; try again later"),
    NOT_LEADER("not-leader", 503, "This replica cannot answer now"),
    TIMEOUT("timeout", 504, "It took too long; whether it happened is unknown");

    /** What precedes the name in the {@code type} member. */
    public static final String PREFIX = "urn:homeroom:problem:";

    private final String slug;
    private final int status;
    private final String title;

    ProblemType(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The {@code type} member: a URN. */
    public String urn() {
        return PREFIX + slug;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The {@code title} member: the same for every occurrence. */
    public String title() {
        return title;
    }
}
