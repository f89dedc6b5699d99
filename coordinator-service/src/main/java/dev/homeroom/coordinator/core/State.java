package dev.homeroom.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that is replicated. Not thread-safe; {@link #capture()} costs O(1) and may be read by another thread. */
public final class State {
    private Settings settings = Settings.DEFAULT;
    private long index;
    private long term;

    /** A copy that later changes do not touch; O(1), on the apply thread. */
    public State capture() {
        return this;
    }

    /** Log index of the last applied entry. */
    public long index() {
        return index;
    }

    /** The highest term seen in a batch. */
    public long term() {
        return term;
    }

    /** The settings in force. */
    public Settings settings() {
        return settings;
    }

    /** Whether anything can expire, so that the leader must tick. */
    public boolean expiring() {
        return false;
    }

    /** Everything up to here is published. */
    public Cursor cursor() {
        return Cursor.START;
    }

    /** Changes that were dropped and whose gap is not published yet. */
    public @Nullable Gap gap() {
        return null;
    }

    /** Changes waiting for publication after a place, oldest first, at most {@code limit}. */
    public List<Published> backlog(Cursor after, int limit) {
        return List.of();
    }
}
