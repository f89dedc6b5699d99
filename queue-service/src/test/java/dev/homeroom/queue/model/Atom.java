package dev.homeroom.queue.model;

import dev.homeroom.queue.model.Fact.Deadline;
import dev.homeroom.queue.model.Fact.Input;
import dev.homeroom.queue.model.Fact.Row;
import java.util.function.BiPredicate;

/**
 * Every single condition of the guards, once as SQL and once as Java. A test holds one against the other over all values that
 * matter, so that the model cannot drift from the statements.
 */
public enum Atom {
    CLAIM_NEWER("s.token < i.token", Atom::newer),
    CLAIM_TAKES_OVER("s.state = 'claimed'", (s, _) -> s.claimed()),
    CLAIM_PENDING("s.state = 'pending'", (s, _) -> !s.claimed()),
    CLAIM_DUE("s.run_at <= now()", (s, _) -> s.due()),
    CLAIM_ENDLESS("s.deadline IS NULL", (s, _) -> s.deadline() == Deadline.NONE),
    CLAIM_IN_TIME("s.deadline > now()", (s, _) -> s.deadline() == Deadline.AHEAD),

    FINISH_PRESENT("s.token = i.token", Atom::equal),
    FINISH_CLAIMED("s.state = 'claimed'", (s, _) -> s.claimed()),
    FINISH_OWN("s.session = i.session", Atom::own),

    ENDED_NEWER("s.token < i.token", Atom::newer),
    ENDED_PRESENT("s.token = i.token", Atom::equal),
    ENDED_CLAIMED("s.state = 'claimed'", (s, _) -> s.claimed()),

    FENCE_NEWER("s.token < i.token", Atom::newer),

    KEPT_PRESENT("s.token = i.token", Atom::equal),
    KEPT_CLAIMED("s.state = 'claimed'", (s, _) -> s.claimed()),

    /** In Java: whether a refused claim is the repeat of one that was written. */
    REPEAT_PRESENT("s.token = i.token", Atom::equal),
    REPEAT_OWN("s.session = i.session", Atom::own);

    private final String sql;
    private final BiPredicate<Row, Input> holds;

    Atom(String sql, BiPredicate<Row, Input> holds) {
        this.sql = sql;
        this.holds = holds;
    }

    /** The condition as a statement says it. */
    public String sql() {
        return sql;
    }

    /** Whether it holds; what SQL does not know ({@code NULL}) does not. */
    public boolean holds(Row row, Input input) {
        return holds.test(row, input);
    }

    private static boolean newer(Row row, Input input) {
        return row.token() < input.token();
    }

    private static boolean equal(Row row, Input input) {
        return row.token() == input.token();
    }

    private static boolean own(Row row, Input input) {
        return input.session().equals(row.session());
    }
}
