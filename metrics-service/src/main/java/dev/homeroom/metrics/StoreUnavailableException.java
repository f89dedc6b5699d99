package dev.homeroom.metrics;

/** The store cannot be reached or asks to try again; the same call may succeed later. */
public final class StoreUnavailableException extends RuntimeException {
    /** With the reason in words. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
