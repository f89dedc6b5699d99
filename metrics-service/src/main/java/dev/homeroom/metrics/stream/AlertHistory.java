package dev.homeroom.metrics.stream;

import dev.homeroom.metrics.core.stream.History;
import dev.homeroom.metrics.core.stream.Snapshot;
import java.util.concurrent.CompletionStage;

/** Past alert changes, from dashboard-service. Safe for any thread; nothing here blocks, every wait has a time limit. */
public interface AlertHistory {
    /** Some of the changes after a number, in order. */
    CompletionStage<History> after(String classroom, long after);

    /** The alerts as they are; every change up to the snapshot's number is in it. */
    CompletionStage<Snapshot> snapshot(String classroom);
}
