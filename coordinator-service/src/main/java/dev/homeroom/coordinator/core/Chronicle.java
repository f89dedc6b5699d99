package dev.homeroom.coordinator.core;

import org.jspecify.annotations.Nullable;

/** The backlog of changes: numbered as they happen, trimmed by the cursor, bounded by dropping the oldest into a gap. */
final class Chronicle {
    private final State state;
    private int ordinal;

    Chronicle(State state) {
        this.state = state;
    }

    void begin() {
        ordinal = 0;
    }

    void add(Change change) {
        state.changes.put(new Cursor(state.head.index(), ordinal++), change);
        trim();
    }

    /** Drops what is over the bound. */
    void trim() {
        while (state.changes.size() > state.settings().backlog()) {
            Cursor oldest = state.changes.firstKey();
            if (oldest == null) {
                return;
            }
            state.changes.remove(oldest);
            Gap gap = state.head.gap();
            Gap wider = gap == null ? new Gap(oldest, oldest, 1) : new Gap(gap.from(), oldest, gap.dropped() + 1);
            state.head = state.head.published(state.head.cursor(), wider);
        }
    }

    void published(Cursor cursor) {
        Cursor oldest = state.changes.firstKey();
        while (oldest != null && oldest.compareTo(cursor) <= 0) {
            state.changes.remove(oldest);
            oldest = state.changes.firstKey();
        }
        state.head = state.head.published(cursor, after(cursor, state.head.gap()));
    }

    /** What of a gap lies after the cursor: it may have widened while its narrower form was published. */
    private static @Nullable Gap after(Cursor cursor, @Nullable Gap gap) {
        if (gap == null || gap.to().compareTo(cursor) <= 0) {
            return null;
        }
        return gap.from().compareTo(cursor) > 0
                ? gap
                : new Gap(new Cursor(cursor.index(), cursor.ordinal() + 1), gap.to(), gap.dropped());
    }
}
