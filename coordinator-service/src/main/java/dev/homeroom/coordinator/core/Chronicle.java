package dev.homeroom.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes: numbered as they happen. What waits for publication is bounded by dropping the oldest into a gap; of what
 * is published (up to the cursor) the latest {@link Bounds#AUDIT} are kept for the audit trail.
 */
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
        state.unpublished++;
        trim();
    }

    /** Drops what is over the bound. */
    void trim() {
        while (state.unpublished > state.settings().backlog()) {
            Cursor oldest = oldestUnpublished();
            if (oldest == null) {
                return;
            }
            state.changes.remove(oldest);
            state.unpublished--;
            Gap gap = state.head.gap();
            Gap wider = gap == null ? new Gap(oldest, oldest, 1) : new Gap(gap.from(), oldest, gap.dropped() + 1);
            state.head = state.head.published(state.head.cursor(), wider);
        }
    }

    void published(Cursor cursor) {
        state.changes.scan(state.head.cursor().next(), (at, change) -> {
            boolean published = at.compareTo(cursor) <= 0;
            state.unpublished -= published ? 1 : 0;
            return published;
        });
        state.head = state.head.published(cursor, after(cursor, state.head.gap()));
        while (state.changes.size() - state.unpublished > Bounds.AUDIT) {
            Cursor oldest = state.changes.firstKey();
            if (oldest == null) {
                return;
            }
            state.changes.remove(oldest);
        }
    }

    private @Nullable Cursor oldestUnpublished() {
        List<Published> first = state.backlog(state.head.cursor(), 1);
        return first.isEmpty() ? null : first.getFirst().at();
    }

    /** What of a gap lies after the cursor: it may have widened while its narrower form was published. */
    private static @Nullable Gap after(Cursor cursor, @Nullable Gap gap) {
        if (gap == null || gap.to().compareTo(cursor) <= 0) {
            return null;
        }
        return gap.from().compareTo(cursor) > 0 ? gap : new Gap(cursor.next(), gap.to(), gap.dropped());
    }
}
