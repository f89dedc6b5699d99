package dev.homeroom.queue.core;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Rejection} through a stage; without a stack trace, for it is an answer and no fault. */
public sealed class QueueException extends RuntimeException permits RowRefusedException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    /** Wraps the rejection. */
    public QueueException(Rejection rejection) {
        this(rejection, null);
    }

    /** Wraps the rejection, with what led to it. */
    public QueueException(Rejection rejection, @Nullable Throwable cause) {
        super(rejection.toString(), cause, false, false);
        this.rejection = rejection;
    }

    /** Why. */
    public Rejection rejection() {
        return rejection;
    }
}
