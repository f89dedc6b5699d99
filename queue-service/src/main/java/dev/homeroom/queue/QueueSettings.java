package dev.homeroom.queue;

import dev.homeroom.queue.core.lesson.UnknownLessons;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What an operator can set: {@code homeroom.queue.*}; the names of the product are aliases in application.properties. */
@ConfigMapping(prefix = "homeroom.queue")
public interface QueueSettings {
    /** How long a claim lives without renewal (TASK_CLAIM_TIMEOUT). */
    @WithDefault("PT10M")
    Duration claimTimeout();

    /** How often a task is tried again when it says nothing itself (TASK_MAX_RETRIES): it has one attempt more. */
    @WithDefault("3")
    @Min(0)
    @Max(99)
    int maxRetries();

    /** The backoff after the first failed attempt, doubled by each further one (TASK_RETRY_BACKOFF). */
    @WithDefault("PT5S")
    Duration retryBackoff();

    /** The longest backoff. */
    @WithDefault("PT1H")
    Duration retryBackoffMax();

    /** What differs for tasks of one type: {@code homeroom.queue.types."build".max-retries}. */
    Map<String, TypeSettings> types();

    /** Settings of one type of tasks; what is absent is as for all. */
    interface TypeSettings {
        /** How often a task is tried again when it says nothing itself. */
        Optional<@Min(0) @Max(99) Integer> maxRetries();

        /** The backoff after the first failed attempt. */
        Optional<Duration> retryBackoff();

        /** The longest backoff. */
        Optional<Duration> retryBackoffMax();

        /** How long a claim lives that is for this type alone and says nothing itself. */
        Optional<Duration> claimTimeout();
    }

    /** The largest payload and the largest result, in bytes of JSON. */
    @WithDefault("65536")
    @Min(1)
    @Max(1_048_576)
    int payloadLimit();

    /** The longest {@code wait} of a claim. */
    @WithDefault("PT1M")
    Duration waitLimit();

    /** A task rises by one level of priority for each such time that it waits (TASK_AGEING_STEP). */
    @WithDefault("PT5M")
    Duration ageingStep();

    /** How often the rows are compared with the coordinator's grants. */
    @WithDefault("PT10S")
    Duration sweepInterval();

    /** How long transitions are kept, and finished tasks with them. */
    @WithDefault("P30D")
    Duration historyRetention();

    /** What happens to a task whose lesson does not exist: {@code create} makes the lesson, {@code refuse} refuses the task. */
    @WithDefault("create")
    UnknownLessons unknownLessons();

    /** The Kafka consumer group that the replicas share. */
    @WithDefault("homeroom-queue")
    String consumerGroup();

    /** Where the coordinator is. */
    @WithDefault("http://127.0.0.1:8081")
    String coordinatorUrl();
}
