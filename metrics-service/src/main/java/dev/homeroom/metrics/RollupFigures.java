package dev.homeroom.metrics;

import dev.homeroom.contracts.rollup.MinuteRollup;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads the figures of whole classrooms. Calls block. */
public interface RollupFigures {
    /** A minute of a classroom. */
    record ClassroomMinute(String classroom, Instant minute) {}

    /**
     * The figures of these minutes as they are now.
     *
     * @param revisions the revision to give to each of the minutes wanted
     * @throws StoreUnavailableException when the store cannot be reached
     */
    List<MinuteRollup> minutes(Map<ClassroomMinute, Long> revisions);
}
