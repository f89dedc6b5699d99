package dev.homeroom.metrics.tuning;

import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.core.Tuning;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tunings of classrooms and apps. Changes hold from the next transaction of the fold on, in every replica. Safe for any
 * thread; calls block, and throw {@link dev.homeroom.metrics.StoreUnavailableException} when the store cannot be reached.
 */
public interface TuningBook {
    /** The most tunings there may be. */
    int MOST = 10_000;

    /** The most there may be of one classroom, so that none uses up the others'. */
    int MOST_OF_CLASSROOM = 50;

    /**
     * A tuning as it is kept.
     *
     * @param scope where it holds
     * @param mode what it does
     * @param version counts the changes of all tunings; of one in the shadow, the number of its trial
     * @param tuning what it changes
     * @param changedBy the subject of the token
     * @param changedAt by the store's clock
     */
    record Kept(Scope scope, Mode mode, long version, Tuning tuning, String changedBy, Instant changedAt) {}

    /**
     * Tunings in order of classroom, app and mode.
     *
     * @param classrooms to look at, or null for all
     * @param after the last one of the page before
     */
    List<Kept> list(@Nullable Set<String> classrooms, @Nullable Place after, int limit);

    /** Where a tuning is kept. */
    record Place(Scope scope, Mode mode) {}

    /** The tunings that count in {@code scope}, wider ones first. */
    List<Kept> holding(Scope scope);

    /**
     * Keeps a tuning in place of the one that was there. One that is live already stays as it is; a trial begins anew.
     *
     * @return null when there are {@link #MOST} already, or {@link #MOST_OF_CLASSROOM} of the classroom
     */
    @Nullable
    Kept put(Place place, Tuning tuning, String by);

    /** Removes a tuning; returns whether there was one. What a trial told stays. */
    boolean remove(Place place);
}
