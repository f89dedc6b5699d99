package dev.homeroom.queue.model;

import dev.homeroom.queue.model.Fact.Deadline;
import dev.homeroom.queue.model.Fact.Input;
import dev.homeroom.queue.model.Fact.Row;
import java.util.List;

/**
 * Everything there is: the task's row, the coordinator, what is between them, and what has happened. Packed into a number, so
 * that many are remembered. Grants are numbered 1 to {@value #GRANTS} in the order in which they were given; tokens are
 * numbers of their own, for a coordinator that was restored may give one twice.
 *
 * @param bits the {@link Field}s
 */
public record World(long bits) {
    /** As many grants are given. */
    static final int GRANTS = 3;

    static final int PENDING = 0;
    static final int CLAIMED = 1;
    static final int OVER = 2;

    private static final List<Deadline> DEADLINES = List.of(Deadline.NONE, Deadline.AHEAD, Deadline.OVER);

    /** What a world consists of. */
    enum Field {
        /** Of the row: pending, claimed, or gone because the task is over. */
        STATE(2),
        ROW_TOKEN(3),
        /** Which grant the row is claimed by. */
        ROW_GRANT(2),
        /** Of the row: its run-at is still to come. */
        LATER(1),
        DEADLINE(2),
        /** A scan has found the task; the candidate may be arbitrarily old when it is used. */
        SEEN(1),
        /** Of the coordinator: the live grant. */
        LIVE(2),
        NEXT_TOKEN(3),
        GIVEN(2),
        TOKENS(3 * GRANTS),
        /** A bit a grant: it is the second session's. */
        OWNERS(GRANTS),
        /** A bit a grant: the event of its end exists. It may never arrive, or several times. */
        ENDED(GRANTS),
        /** A bit a grant: its release is under way. It may never arrive, or several times. */
        RELEASES(GRANTS),
        /** The coordinator is not restored from a backup (again). */
        RESTORED(1),
        /** Where the sweep stands, and what it has read. */
        SWEEP(3),
        SWEPT_ROW(2),
        SWEPT_GRANT(2),
        /** A bit a grant: its claim was finished, or put back. */
        DONE(GRANTS),
        /** A bit a grant: the rows know that it ended, or that it must not begin. */
        DEAD(GRANTS),
        /** A retry or snooze is to come back later. */
        MUST_WAIT(1);

        private final int shift;
        private final int width;

        Field(int width) {
            this.shift = Layout.take(width);
            this.width = width;
        }
    }

    /** Where the next field begins. */
    private static final class Layout {
        private static int used;

        static int take(int width) {
            int shift = used;
            used += width;
            if (used > Long.SIZE) {
                throw new AssertionError("a world has more than " + Long.SIZE + " bits");
            }
            return shift;
        }
    }

    /** A task that is due, and nobody has claimed. */
    static World beginning(Deadline deadline, boolean restorable) {
        return new World(0)
                .with(Field.NEXT_TOKEN, 1)
                .with(Field.DEADLINE, DEADLINES.indexOf(deadline))
                .with(Field.RESTORED, restorable ? 0 : 1);
    }

    int get(Field field) {
        return (int) ((bits >>> field.shift) & ((1L << field.width) - 1));
    }

    World with(Field field, int value) {
        long mask = (1L << field.width) - 1;
        if ((value & mask) != value) {
            throw new IllegalArgumentException(field + " cannot be " + value);
        }
        return new World((bits & ~(mask << field.shift)) | ((long) value << field.shift));
    }

    boolean has(Field bitsOfGrants, int grant) {
        return (get(bitsOfGrants) & bit(grant)) != 0;
    }

    World mark(Field bitsOfGrants, int grant) {
        return with(bitsOfGrants, get(bitsOfGrants) | bit(grant));
    }

    /** The token of a grant; 0 for no grant. */
    int token(int grant) {
        return grant == 0 ? 0 : (get(Field.TOKENS) >> (3 * (grant - 1))) & 7;
    }

    String session(int grant) {
        return has(Field.OWNERS, grant) ? "b" : "a";
    }

    boolean isClaimed() {
        return get(Field.STATE) == CLAIMED;
    }

    boolean isOver() {
        return get(Field.STATE) == OVER;
    }

    /**
     * The same world without what nothing can depend on any more: of a task that is over, all that is about its row; of a
     * coordinator that is not restored again, releases of grants that cannot be live any more.
     */
    World essence() {
        var w = this;
        if (isOver()) {
            w = w.with(Field.LATER, 0)
                    .with(Field.MUST_WAIT, 0)
                    .with(Field.DEADLINE, 0)
                    .with(Field.DONE, 0)
                    .with(Field.DEAD, 0)
                    .with(Field.SEEN, 1);
        }
        for (int grant = 1; grant <= get(Field.GIVEN) && get(Field.RESTORED) == 1; grant++) {
            boolean gone = token(grant) != token(get(Field.LIVE)) && token(grant) < get(Field.NEXT_TOKEN);
            w = gone ? w.with(Field.RELEASES, w.get(Field.RELEASES) & ~bit(grant)) : w;
        }
        return w;
    }

    Deadline deadline() {
        return DEADLINES.get(get(Field.DEADLINE));
    }

    World pastDeadline() {
        return with(Field.DEADLINE, DEADLINES.indexOf(Deadline.OVER));
    }

    private static int bit(int grant) {
        return 1 << (grant - 1);
    }

    /** The row as the conditions see it. */
    Row row() {
        return new Row(
                get(Field.ROW_TOKEN),
                isClaimed(),
                isClaimed() ? session(get(Field.ROW_GRANT)) : null,
                get(Field.LATER) == 0,
                deadline());
    }

    /** What a message about a grant says. */
    Input input(int grant) {
        return new Input(token(grant), session(grant));
    }

    World give(int owner) {
        int grant = get(Field.GIVEN) + 1;
        int token = get(Field.NEXT_TOKEN);
        var given = with(Field.GIVEN, grant)
                .with(Field.TOKENS, get(Field.TOKENS) | (token << (3 * (grant - 1))))
                .with(Field.LIVE, grant)
                .with(Field.NEXT_TOKEN, token + 1);
        return owner == 0 ? given : given.mark(Field.OWNERS, grant);
    }

    /** The live grant ends, and its event comes into being. */
    World endLive() {
        int live = get(Field.LIVE);
        return live == 0 ? this : with(Field.LIVE, 0).mark(Field.ENDED, live);
    }

    /** Whether the row is claimed by the live grant. One that came back with a backup is over as far as the rows know. */
    boolean isHeld() {
        int live = get(Field.LIVE);
        return isClaimed() && live != 0 && live == get(Field.ROW_GRANT) && !has(Field.ENDED, live);
    }

    /** The highest token that was ever given. */
    int highestToken() {
        int highest = 0;
        for (int grant = 1; grant <= get(Field.GIVEN); grant++) {
            highest = Math.max(highest, token(grant));
        }
        return highest;
    }

    @Override
    public String toString() {
        var row = isOver()
                ? "over"
                : (isClaimed() ? "claimed by grant " + get(Field.ROW_GRANT) : "pending")
                        + (get(Field.LATER) == 1 ? ", due later" : "");
        return "[row: %s, token %d; live grant: %s; ended: %s; next token %d]"
                .formatted(
                        row,
                        get(Field.ROW_TOKEN),
                        get(Field.LIVE) == 0 ? "none" : get(Field.LIVE) + " with token " + token(get(Field.LIVE)),
                        Integer.toBinaryString(get(Field.ENDED)),
                        get(Field.NEXT_TOKEN));
    }
}
