package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the rows tell to those who look on. Each method is one statement of bounded cost. Safe for concurrent use. */
public interface InsightStore {
    /** Claimed tasks. */
    CompletionStage<Held> held(HeldQuery query);

    /** How many unfinished tasks stand where; those of one type or lesson only, when given. */
    CompletionStage<Depths> depths(@Nullable String type, @Nullable String lesson);

    /** How many tasks ever ended in which status. */
    CompletionStage<Map<TaskStatus, Long>> ended();

    /** Writes figures of minutes; a repeat of the same flush changes nothing. */
    CompletionStage<Integer> flush(List<MinuteRow> rows);

    /** The figures of all replicas from this minute on; those of one type or lesson only, when given. */
    CompletionStage<List<MinuteRow>> minutes(Instant from, @Nullable String type, @Nullable String lesson);
}
