package dev.homeroom.metrics.suspect;

import dev.homeroom.metrics.core.suspect.SuspectRules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Set;

/** When many students with trouble at one element mean that the app is to blame; see {@link SuspectRules}. */
@ConfigMapping(prefix = "homeroom.metrics.suspect")
public interface SuspectSettings {
    /** Whether it is looked for. */
    @WithDefault("${homeroom.metrics.frustration.enabled:true}")
    boolean enabled();

    /** How many different students hold the rule. */
    @WithDefault("8")
    @Min(2)
    @Max(10_000)
    int students();

    /** Which part of the students active at the element they must be, too; 0 asks for none. */
    @WithDefault("0.2")
    @DecimalMin("0")
    @DecimalMax("1")
    double share();

    /** Within which time, and how long it must be quiet until it is over; shorter than a day. */
    @WithDefault("PT10M")
    Duration window();

    /** Detectors that tell what a student does, not what the app does: they neither count nor are quieted. */
    @WithDefault(
            "abandonment,back-and-forth,behind-class,guessing,hint-abuse,idle,knowledge-tracing,struggle,time-on-task,"
                    + "wheel-spinning")
    Set<String> exempt();

    /** The consumer group, which only spreads the partitions over the replicas. */
    @WithDefault("homeroom-metrics-suspect")
    String group();

    /** The rules of the pure part. */
    default SuspectRules rules() {
        return new SuspectRules(students(), share(), window(), exempt());
    }
}
