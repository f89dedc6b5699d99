package dev.homeroom.queue.core.insight;

import java.util.EnumMap;
import java.util.Map;

/** What happened to tasks of one type and lesson within a time. Not safe for concurrent use. */
public final class Tally {
    /** What is counted. */
    public enum Event {
        ENQUEUED,
        CLAIMED,
        COMPLETED,
        SKIPPED,
        FAILED,
        RETRIED,
        RELEASED,
        SNOOZED,
        CANCELLED,
        /** The claim ended without its holder: expired, its session failed, repaired. */
        LOST;

        /** The word in answers and meters. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final EnumMap<Event, Long> counts = new EnumMap<>(Event.class);

    /** From due to claimed, in milliseconds. */
    private final Histogram wait = new Histogram();

    /** From claimed to finished, in milliseconds. */
    private final Histogram run = new Histogram();

    /** The attempts that tasks had when they were over. */
    private final Histogram attempts = new Histogram();

    /** Counts so many. */
    public void count(Event event, long times) {
        if (times != 0) {
            counts.merge(event, times, Long::sum);
        }
    }

    /** Counts what was seen. */
    public void add(Seen seen) {
        switch (seen) {
            case Seen.Enqueued _ -> count(Event.ENQUEUED, 1);
            case Seen.Claimed claimed -> {
                count(Event.CLAIMED, 1);
                wait.add(claimed.waitMillis());
            }
            case Seen.Finished finished -> {
                count(finished.event(), 1);
                if (finished.runMillis() >= 0) {
                    run.add(finished.runMillis());
                }
                if (finished.over()) {
                    attempts.add(finished.attempt());
                }
            }
            case Seen.Lost _ -> count(Event.LOST, 1);
        }
    }

    /** Adds what the other one has counted. */
    public void add(Tally other) {
        other.counts.forEach(this::count);
        wait.add(other.wait);
        run.add(other.run);
        attempts.add(other.attempts);
    }

    /** How often. */
    public long of(Event event) {
        return counts.getOrDefault(event, 0L);
    }

    /** All counts. */
    public Map<Event, Long> counts() {
        return counts;
    }

    /** From due to claimed, in milliseconds. */
    public Histogram waits() {
        return wait;
    }

    /** From claimed to finished, in milliseconds. */
    public Histogram runs() {
        return run;
    }

    /** The attempts that tasks had when they were over. */
    public Histogram attempts() {
        return attempts;
    }
}
