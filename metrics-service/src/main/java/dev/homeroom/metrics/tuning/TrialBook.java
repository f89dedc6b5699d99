package dev.homeroom.metrics.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.metrics.core.Tuning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What rules on trial tell: those that ran in the shadow, and those that are rehearsed on what was. Safe for any thread; calls
 * block for a bounded time, and throw {@link dev.homeroom.metrics.StoreUnavailableException} when the store cannot be reached.
 */
public interface TrialBook {
    /** The most events of a rehearsal. */
    int MOST_EVENTS = 100_000;

    /**
     * An episode that nobody was told of.
     *
     * @param trial the number of the trial
     * @param alsoLive whether the rules in use told of it too
     */
    record ShadowEpisode(
            long trial,
            UUID id,
            String student,
            String app,
            String detector,
            String status,
            String level,
            double score,
            @Nullable String target,
            @Nullable String skill,
            Instant since,
            @Nullable Instant until,
            boolean alsoLive,
            JsonNode evidence) {}

    /**
     * What a detector told in a trial.
     *
     * @param would how many episodes by the rules on trial
     * @param live how many by the rules in use since the trial began
     * @param both how many of them are the same
     * @param students how many would have an episode by the rules on trial
     */
    record Told(String detector, long would, long live, long both, long students) {}

    /** Where a list goes on: behind this episode. */
    record After(Instant since, long trial, UUID id) {}

    /**
     * Episodes of the trials in a classroom that began in the time, latest first, without those taken back.
     *
     * @param trial only of this one; null for all
     */
    List<ShadowEpisode> episodes(
            String classroom, @Nullable Long trial, Instant from, Instant to, @Nullable After after, int limit);

    /** What a trial tells of a classroom, by detector, in the time. */
    List<Told> report(String classroom, long trial, Instant from, Instant to);

    /**
     * What is rehearsed.
     *
     * @param app only of this one; null for all
     * @param from event time, inclusive
     * @param to event time, exclusive
     * @param tuning on top of what is live
     */
    record Question(String classroom, @Nullable String app, Instant from, Instant to, Tuning tuning) {}

    /** Rehearses; empty when there are more than {@link #MOST_EVENTS} events. */
    Optional<Rehearsal.Report> rehearse(Question question);
}
