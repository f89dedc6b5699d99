package dev.homeroom.metrics.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The bounds of the live streams. */
@ConfigMapping(prefix = "homeroom.metrics.stream")
public interface StreamSettings {
    /** Alert changes of a classroom kept in memory for clients that resume. */
    @WithDefault("256")
    @Min(1)
    @Max(10_000)
    int recentPerClassroom();

    /** The same over all classrooms: at about 1.5 KiB each, 30 MiB. */
    @WithDefault("20000")
    @Min(1)
    @Max(1_000_000)
    int recentInAll();

    /** Frames on their way to one connection. */
    @WithDefault("256")
    @Min(8)
    @Max(10_000)
    int queueFrames();

    /** How long that queue may stay full before the connection is closed. */
    @WithDefault("2S")
    Duration fullFor();

    /** How long an alert frame may stay unreceived before the connection is closed (design §5). */
    @WithDefault("10S")
    Duration receiptTimeout();

    /** How long a client may give no sign of life: three pings. */
    @WithDefault("45S")
    Duration silence();

    /** Classrooms of one connection. */
    @WithDefault("50")
    @Min(1)
    @Max(1000)
    int classrooms();

    /** Bad frames of one connection before it is closed. */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int strikes();

    /** Records of each partition read back at start. */
    @WithDefault("500")
    @Min(0)
    @Max(100_000)
    int readBack();
}
