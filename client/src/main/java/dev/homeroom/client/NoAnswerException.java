package dev.homeroom.client;

import org.jspecify.annotations.Nullable;

/**
 * No answer came in time, or none that can be read: whether the request was carried out is unknown. Repeating it is safe
 * only under the same {@code seq} or instance; this client does so by itself before it throws this.
 */
public final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence. */
    public NoAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
