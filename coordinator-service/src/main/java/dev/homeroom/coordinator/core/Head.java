package dev.homeroom.coordinator.core;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of the state.
 *
 * @param index log index of the last applied entry
 * @param term the highest term seen in a batch
 * @param nanos the replicated clock
 * @param wall the leader's wall clock, never going back; milliseconds since 1970, for display
 * @param token the last token granted, or the floor
 * @param incarnation the highest incarnation of any session that is not remembered any more
 * @param request number of the last request outside sessions
 * @param cursor changes up to here are published
 * @param gap changes dropped after the cursor
 * @param epoch names this history, so that its log indexes are told apart from another's: wall time of its first batch,
 *     or of the last restore from a backup
 * @param ticket of the last waiter
 */
public record Head(
        long index,
        long term,
        long nanos,
        long wall,
        long token,
        long incarnation,
        long request,
        Cursor cursor,
        @Nullable Gap gap,
        Settings settings,
        long epoch,
        long ticket) {
    /** Before the first entry. */
    public static final Head START = new Head(0, 0, 0, 0, 0, 0, 0, Cursor.START, null, Settings.DEFAULT, 0, 0);

    /** Time goes on: by at most 1 s, and not at all with the first batch of a term or with one of an earlier term. */
    Head at(long newIndex, Batch batch) {
        long elapsed = batch.term() == term ? Math.clamp(batch.elapsedNanos(), 0, Bounds.STEP_NANOS) : 0;
        return new Head(
                newIndex,
                Math.max(term, batch.term()),
                nanos + elapsed,
                Math.max(wall, batch.wallMillis()),
                token,
                incarnation,
                request,
                cursor,
                gap,
                settings,
                epoch == 0 ? Math.max(1, batch.wallMillis()) : epoch,
                ticket);
    }

    Head withToken(long next) {
        return new Head(index, term, nanos, wall, next, incarnation, request, cursor, gap, settings, epoch, ticket);
    }

    Head withIncarnation(long next) {
        return new Head(index, term, nanos, wall, token, next, request, cursor, gap, settings, epoch, ticket);
    }

    Head withRequest(long next) {
        return new Head(index, term, nanos, wall, token, incarnation, next, cursor, gap, settings, epoch, ticket);
    }

    Head withTicket(long next) {
        return new Head(index, term, nanos, wall, token, incarnation, request, cursor, gap, settings, epoch, next);
    }

    Head withSettings(Settings next) {
        return new Head(index, term, nanos, wall, token, incarnation, request, cursor, gap, next, epoch, ticket);
    }

    Head withEpoch(long next) {
        return new Head(index, term, nanos, wall, token, incarnation, request, cursor, gap, settings, next, ticket);
    }

    Head published(Cursor nextCursor, @Nullable Gap nextGap) {
        return new Head(
                index, term, nanos, wall, token, incarnation, request, nextCursor, nextGap, settings, epoch, ticket);
    }
}
