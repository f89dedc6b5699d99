package dev.homeroom.metrics;

import dev.homeroom.contracts.rollup.MinuteRollup;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Reads the figures of whole classrooms. Calls block. */
public interface RollupFigures {
    /** A minute of a classroom. */
    record ClassroomMinute(String classroom, Instant minute) {}

    /**
     * The figures of these minutes as they are now, each with {@code revision}.
     *
     * @throws StoreUnavailableException when the store cannot be reached
     */
    List<MinuteRollup> minutes(Collection<ClassroomMinute> minutes, long revision);
}
