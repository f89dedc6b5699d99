package dev.homeroom.metrics.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How long things are kept (R-T5, R-M2). At least a day each: less would remove what is still being written. Raw events go by
 * weeks, a week when nothing in it was received since.
 */
@ConfigMapping(prefix = "homeroom.metrics.retention")
public interface RetentionSettings {
    /** Raw events, from when they were received. The default is a school year and a little. */
    @WithDefault("P400D")
    @DurationMin(days = 1)
    Duration events();

    /** What names students: their minutes and hours, episodes, and what the fold remembers of them. */
    @WithDefault("P400D")
    @DurationMin(days = 1)
    Duration students();

    /** Minutes, hours and days of classrooms, which name no student. */
    @WithDefault("P3650D")
    @DurationMin(days = 1)
    Duration rollups();
}
