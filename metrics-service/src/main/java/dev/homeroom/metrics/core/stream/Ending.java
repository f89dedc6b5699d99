package dev.homeroom.metrics.core.stream;

/** Why the hub closes a connection. The codes are of WebSocket's range for applications. */
public enum Ending {
    /** Too many frames that could not be taken. Coming back with the same will not help. */
    BAD_FRAMES(4400, "bad-frames"),
    /** The token has expired: come back with a new one. */
    EXPIRED(4401, "token-expired"),
    /** Alerts were not received in time: come back and resume. */
    UNRECEIVED(4408, "unreceived"),
    /** The queue to the client stayed full: come back and resume. */
    TOO_SLOW(4429, "too-slow"),
    /** No sign of life, not even an answer to a ping. */
    SILENT(4410, "silent");

    private final int code;
    private final String reason;

    Ending(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** The close code. */
    public int code() {
        return code;
    }

    /** The close reason, one word. */
    public String reason() {
        return reason;
    }
}
