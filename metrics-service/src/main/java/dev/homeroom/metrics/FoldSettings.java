package dev.homeroom.metrics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the usability topic is read and folded. */
@ConfigMapping(prefix = "homeroom.metrics.fold")
public interface FoldSettings {
    /** Whether it is read at all ({@code USABILITY_METRICS_ENABLED}). */
    @WithDefault("${homeroom.metrics.enabled:true}")
    boolean enabled();

    /** The consumer group, which only spreads the partitions over the replicas. */
    @WithDefault("homeroom-metrics")
    String group();

    /**
     * The most records that one transaction takes. Behind a backlog a transaction is as large as this, and writes the state and
     * the figures of a student once for all of the student's events in it; without one it takes what has come.
     */
    @WithDefault("5000")
    @Min(1)
    @Max(10_000)
    int batch();

    /**
     * How many partitions are written at the same time; each takes a connection, and memory for a transaction's records. One for
     * each core that this service and its database share.
     */
    @WithDefault("2")
    @Min(1)
    @Max(6)
    int writers();

    /** How far behind the latest event of a student in an app an event may come and still be folded in its place. */
    @WithDefault("PT10S")
    Duration grace();

    /** How far an app's clock may run ahead of the edge's before the edge's is taken. */
    @WithDefault("PT5S")
    Duration clockTolerance();

    /** The most events of a student in an app that are held within the grace; more shorten it. */
    @WithDefault("500")
    @Min(10)
    @Max(10_000)
    int held();

    /** The most exercises, skills and so on that are remembered of a student in an app, of all detectors together. */
    @WithDefault("96")
    @Min(8)
    @Max(1_000)
    int tracks();

    /** How many students this replica keeps in memory; others are loaded when they act. */
    @WithDefault("20000")
    @Min(100)
    int studentsInMemory();

    /**
     * The part of the heap that their states take at most, about. More, and the collector runs all the time: behind an evening
     * with 12,400 students that was caught up an episode took six seconds to be told.
     */
    @WithDefault("0.25")
    @DecimalMin("0.05")
    @DecimalMax("0.5")
    double memoryShare();

    /** How often silence is looked for. */
    @WithDefault("PT1S")
    Duration tickInterval();

    /** The pause before the first retry when the database or the broker fails; it doubles up to {@link #longestBackoff}. */
    @WithDefault("PT0.2S")
    Duration firstBackoff();

    /** The longest pause between retries. */
    @WithDefault("PT5S")
    Duration longestBackoff();

    /** The shortest time between two live updates of the same minute of a classroom. */
    @WithDefault("PT1S")
    Duration rollupInterval();
}
