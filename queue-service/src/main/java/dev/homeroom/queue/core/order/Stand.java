package dev.homeroom.queue.core.order;

/** What the board believes of one range; guarded by the board. */
final class Stand {
    /** No task of it is known. */
    static final long NONE = Long.MAX_VALUE;

    final Lane lane;
    final Range range;
    /** When its oldest task is due, in milliseconds since the epoch; {@link #NONE}: there seems to be none. */
    long due = NONE;
    /** Grows with every piece of news, so that older knowledge does not replace newer. */
    long stamp;
    /** So many tasks were seen or heard of; a guess. */
    int depth = 1;
    /** It is not on the board any more. */
    boolean gone;

    Stand(Lane lane, int priority) {
        this.lane = lane;
        this.range = new Range(lane.id(), priority);
    }
}
