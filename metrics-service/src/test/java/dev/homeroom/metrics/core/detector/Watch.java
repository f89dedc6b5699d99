package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Details;
import dev.homeroom.metrics.core.DetailsReader;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Peers;
import dev.homeroom.metrics.core.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Shows one detector what a student does, and reads what it says.
 *
 * @param <M> the detector's memory
 */
final class Watch<M extends Record> {
    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final Detector<M> detector;
    private final Map<Subject, M> memories = new HashMap<>();
    private @Nullable Subject latest;
    private int events;

    Watch(Detector<M> detector) {
        this.detector = detector;
    }

    Watch<M> attempt(double second, boolean success) {
        return sees(EventKind.ATTEMPT, "ex1", success, null, null, Map.of(), second);
    }

    Watch<M> attempt(double second, double score, Peers peers) {
        return sees(EventKind.ATTEMPT, "ex1", score >= 1, score, peers, Map.of(), second);
    }

    Watch<M> hint(String target, double second, Map<String, Object> context) {
        return sees(EventKind.HINT, target, null, null, null, context, second);
    }

    Watch<M> sees(
            EventKind kind,
            @Nullable String target,
            @Nullable Boolean success,
            @Nullable Double score,
            @Nullable Peers peers,
            Map<String, Object> context,
            double second) {
        Instant at = START.plusMillis(Math.round(second * 1_000));
        Details details = DetailsReader.read(context, null, null);
        UUID id = new UUID(7, events++);
        Observed event = new Observed(id, kind, target, "loops", success, score, peers, details, at, at);
        Subject subject = detector.subject(event);
        if (subject != null) {
            M before = memories.getOrDefault(subject, detector.fresh());
            memories.put(subject, detector.step(before, event));
            latest = subject;
        }
        return this;
    }

    /** An episode about the latest subject has ended. */
    Watch<M> ended() {
        memories.computeIfPresent(latest(), (_, memory) -> detector.after(memory));
        return this;
    }

    @Nullable
    Signal signal() {
        return detector.read(memories.getOrDefault(latest(), detector.fresh()));
    }

    /** The score about the latest subject; 0 when nothing is said. */
    double score() {
        Signal signal = signal();
        return signal == null ? 0 : signal.score();
    }

    /** A figure of the evidence. */
    double value(String name) {
        Signal signal = signal();
        return signal == null ? Double.NaN : signal.evidence().values().getOrDefault(name, Double.NaN);
    }

    private Subject latest() {
        return latest == null ? Subject.APP : latest;
    }
}
