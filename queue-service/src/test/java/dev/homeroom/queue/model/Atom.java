package dev.homeroom.queue.model;

import dev.homeroom.queue.model.Fact.Deadline;
import dev.homeroom.queue.model.Fact.Input;
import dev.homeroom.queue.model.Fact.Row;

/**
 * Every single condition of the guards, once as SQL and once as Java. A test holds one against the other over all values that
 * matter, so that the model cannot drift from the statements.
 */
public enum Atom {
    CLAIM_NEWER("s.token < i.token"),
    CLAIM_TAKES_OVER("s.state = 'claimed'"),
    CLAIM_PENDING("s.state = 'pending'"),
    CLAIM_DUE("s.run_at <= now()"),
    CLAIM_ENDLESS("s.deadline IS NULL"),
    CLAIM_IN_TIME("s.deadline > now()"),

    FINISH_PRESENT("s.token = i.token"),
    FINISH_CLAIMED("s.state = 'claimed'"),
    FINISH_OWN("s.session = i.session"),

    ENDED_NEWER("s.token < i.token"),
    ENDED_PRESENT("s.token = i.token"),
    ENDED_CLAIMED("s.state = 'claimed'"),

    FENCE_NEWER("s.token < i.token"),

    KEPT_PRESENT("s.token = i.token"),
    KEPT_CLAIMED("s.state = 'claimed'"),

    /** In Java: whether a refused claim is the repeat of one that was written. */
    REPEAT_PRESENT("s.token = i.token"),
    REPEAT_OWN("s.session = i.session");

    private final String sql;

    Atom(String sql) {
        this.sql = sql;
    }

    /** The condition as a statement says it. */
    public String sql() {
        return sql;
    }

    /** Whether it holds; what SQL does not know ({@code NULL}) does not. */
    public boolean holds(Row row, Input input) {
        return switch (this) {
            case CLAIM_NEWER, ENDED_NEWER, FENCE_NEWER -> row.token() < input.token();
            case FINISH_PRESENT, ENDED_PRESENT, KEPT_PRESENT, REPEAT_PRESENT -> row.token() == input.token();
            case CLAIM_TAKES_OVER, FINISH_CLAIMED, ENDED_CLAIMED, KEPT_CLAIMED -> row.claimed();
            case CLAIM_PENDING -> !row.claimed();
            case CLAIM_DUE -> row.due();
            case CLAIM_ENDLESS -> row.deadline() == Deadline.NONE;
            case CLAIM_IN_TIME -> row.deadline() == Deadline.AHEAD;
            case FINISH_OWN, REPEAT_OWN -> input.session().equals(row.session());
        };
    }
}
