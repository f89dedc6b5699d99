package dev.homeroom.local.stack;

import java.time.Duration;
import java.util.List;

/** What happens to a part, for whoever shows it. */
public sealed interface StackEvent {
    /** Which part. */
    Part part();

    /** Its process is being started. */
    record Starting(Part part) implements StackEvent {}

    /** It answers, this long after it was started. */
    record Ready(Part part, Duration took) implements StackEvent {}

    /** Its process ended unasked; it is started again after the pause. */
    record Died(Part part, int exitCode, Duration pause) implements StackEvent {}

    /** It died too often; the stack will shut down. The last lines of its log. */
    record GaveUp(Part part, List<String> lastWords) implements StackEvent {}

    /** It is being stopped. */
    record Stopping(Part part) implements StackEvent {}

    /** A process that an earlier, killed launcher left behind was stopped. */
    record LeftOverStopped(Part part, long pid) implements StackEvent {}
}
