package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.TaskFilter;
import dev.homeroom.queue.core.TaskStatus;
import java.util.EnumSet;
import java.util.List;

/**
 * Where a list finds its tasks, newest first. Each is a walk backwards along an index; rare things have one of their own,
 * so that ten failures among a million completions are found at once.
 */
enum SearchSource {
    /** All tasks; their status is looked up one by one. */
    EVERY("queue.task t", "t.id", "true", ""),
    PENDING("queue.task_state s", "s.id", "s.state = 'pending'", SearchSource.FACTS),
    /** As many as sessions can hold: read first, then sorted. */
    CLAIMED(
            "(SELECT c.id, c.version FROM queue.task_state c WHERE c.state = 'claimed' %s OFFSET 0) AS s",
            "s.id", "true", SearchSource.FACTS),
    SKIPPED(SearchSource.ENDS, "e.task", "e.to_state = 'skipped'", SearchSource.FACTS_OF_ENDED),
    FAILED(SearchSource.ENDS, "e.task", "e.to_state = 'failed'", SearchSource.FACTS_OF_ENDED),
    CANCELLED(SearchSource.ENDS, "e.task", "e.to_state = 'cancelled'", SearchSource.FACTS_OF_ENDED);

    private static final String ENDS = "queue.transition e";
    private static final String FACTS = "JOIN queue.task t ON t.id = s.id";
    private static final String FACTS_OF_ENDED = "JOIN queue.task t ON t.id = e.task";

    /** Clocks that are set back may let a step precede the task; beyond this, its history is not looked at. */
    static final String STEPS = "x.task = t.id AND x.at >= t.created_at - interval '1 hour'";

    /** What an end says is still so: nobody had the task done after all. */
    private static final String STILL_ENDED = "NOT EXISTS (SELECT FROM queue.task_state s WHERE s.id = t.id)"
            + " AND NOT EXISTS (SELECT FROM queue.transition x WHERE x.version > e.version AND " + STEPS + ")";

    private static final String LAST =
            "(SELECT x.%s FROM queue.transition x WHERE " + STEPS + " ORDER BY x.version DESC LIMIT 1)";

    private final String from;
    private final String id;
    private final String where;
    private final String facts;

    SearchSource(String from, String id, String where, String facts) {
        this.from = from;
        this.id = id;
        this.where = where;
        this.facts = facts;
    }

    /** The sources that together have every task the filter can mean, and none twice. */
    static List<SearchSource> of(TaskFilter filter) {
        if (filter.session() != null) {
            return filter.statuses().isEmpty() || filter.statuses().contains(TaskStatus.CLAIMED)
                    ? List.of(CLAIMED)
                    : List.of();
        }
        if (filter.statuses().isEmpty() || filter.statuses().contains(TaskStatus.COMPLETED) || filter.key() != null) {
            return List.of(EVERY);
        }
        return EnumSet.copyOf(filter.statuses()).stream()
                .map(status -> valueOf(status.name()))
                .toList();
    }

    /** What it walks along; {@code held} narrows the claimed ones. */
    String from(String held) {
        return from.formatted(held);
    }

    String id() {
        return id;
    }

    String where() {
        return where;
    }

    String facts() {
        return facts;
    }

    boolean isEnd() {
        return from.equals(ENDS);
    }

    /** What must hold of a task beside the filter's facts. */
    String stillSo() {
        return isEnd() ? STILL_ENDED : "true";
    }

    /** The word for where a task of this source stands, of which only {@link #EVERY} cannot be sure. */
    static String status() {
        return "coalesce((SELECT s.state FROM queue.task_state s WHERE s.id = t.id), " + LAST.formatted("to_state")
                + ")";
    }

    /** The words of the last step. */
    String reason() {
        return switch (this) {
            case EVERY -> LAST.formatted("reason");
            case PENDING, CLAIMED ->
                "(SELECT x.reason FROM queue.transition x WHERE s.version > 1 AND x.version = s.version AND " + STEPS
                        + " LIMIT 1)";
            case SKIPPED, FAILED, CANCELLED -> "e.reason";
        };
    }
}
