package dev.homeroom.bench.load;

/** The names of the operations in the figures. */
public final class Operations {
    /** Heartbeats over streams, many in a message. */
    public static final String HEARTBEAT = "heartbeat";
    /** One call a heartbeat. */
    public static final String HEARTBEAT_UNARY = "heartbeat unary";
    /** Acquire and release of a lock nobody else wants, with a fencing token; over streams, where there are such. */
    public static final String LOCK_PAIR = "lock pair";
    /** The same with a call for each request. */
    public static final String LOCK_PAIR_UNARY = "lock pair unary";
    /** The same by callers that have a connection each, as processes of their own would. */
    public static final String LOCK_PAIR_APART = "lock pair, own connections";
    /** Acquire and release of a permit, over streams. */
    public static final String LIMIT_PAIR = "limit pair";
    /** A new session with a lease. */
    public static final String REGISTER = "register";
    /** A request over HTTP to an endpoint that does nothing. */
    public static final String HTTP_NO_OP = "http no-op";
    /** A heartbeat over HTTP. */
    public static final String HTTP_HEARTBEAT = "http heartbeat";
    /** A lock pair over HTTP: two requests. */
    public static final String HTTP_LOCK_PAIR = "http lock pair";

    private Operations() {}
}
