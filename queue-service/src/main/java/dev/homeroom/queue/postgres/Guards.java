package dev.homeroom.queue.postgres;

/**
 * The conditions that decide everything about who holds a task. In each, {@code s} is the row of {@code queue.task_state}
 * and {@code i} the input. PostgreSQL re-evaluates them on the newest version of a row it had to wait for, so no
 * statement needs a lock of its own.
 *
 * <p>The row's {@code (token, state)} only moves forward: a token never falls, and a token that was claimed and is
 * pending again is used up.
 */
final class Guards {
    /**
     * A grant is written into the row.
     * <ul>
     * <li>{@code s.token < i.token}: a late write of an old grant must not undo a newer one; and a grant whose end is
     *     known already ({@code s.token = i.token}, pending) must not begin.
     * <li>{@code s.state = 'claimed'}: the coordinator grants a task once at a time, so the older claim in the row has
     *     ended even though its end has not arrived here yet. Without this, claims would wait for Kafka.
     * <li>{@code s.run_at <= now()}: between scan and grant the task may have been finished with a retry or a snooze;
     *     it must not start early.
     * <li>{@code s.deadline > now()}: after its deadline a task is of no use.
     * </ul>
     */
    static final String CLAIM = "s.token < i.token AND (s.state = 'claimed'"
            + " OR s.state = 'pending' AND s.run_at <= now() AND (s.deadline IS NULL OR s.deadline > now()))";

    /**
     * A holder finishes its attempt.
     * <ul>
     * <li>{@code s.token = i.token}: only the present grant finishes; that is what the token is for.
     * <li>{@code s.state = 'claimed'}: the same token finishes once; a pending row with this token was finished by a
     *     retry, or its grant ended.
     * <li>{@code s.session IS NOT DISTINCT FROM i.session}: tokens are countable, so a slip of one session must not
     *     finish the task of another.
     * </ul>
     * Written so that no plan goes by one of the small indexes of claimed tasks: over an empty table to look through all of
     * one seems to cost nothing, and a finish took 148 µs instead of 17 where sixteen sessions held a hundred tasks each.
     */
    static final String FINISH = "s.token = i.token AND s.state IS NOT DISTINCT FROM 'claimed'"
            + " AND s.session IS NOT DISTINCT FROM i.session";

    /**
     * A grant has ended.
     * <ul>
     * <li>{@code s.token < i.token}: the claim of the ended grant was never written, and may still be under way: the
     *     raised token refuses it.
     * <li>{@code s.token = i.token AND s.state = 'claimed'}: the usual case; the task goes back.
     * <li>Neither holds: the row belongs to a newer grant, or this one was finished; a late event changes nothing.
     * </ul>
     */
    static final String GRANT_ENDED = "(s.token < i.token OR s.token = i.token AND s.state = 'claimed')";

    /** A grant without a row is about to be released: the raised token refuses the claim if it is still under way. */
    static final String FENCE = "s.token < i.token";

    /**
     * A grant that was to be fenced is the present claim of its row, and stays.
     * <ul>
     * <li>{@code s.token = i.token}: the row is claimed by this grant and no other.
     * <li>{@code s.state = 'claimed'}: a pending row with this token has just been fenced.
     * </ul>
     * Written as in {@link #FINISH}.
     */
    static final String KEPT = "s.token = i.token AND s.state IS NOT DISTINCT FROM 'claimed'";

    private Guards() {}
}
