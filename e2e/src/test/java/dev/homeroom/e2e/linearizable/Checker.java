package dev.homeroom.e2e.linearizable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks histories against a model by the algorithm of Wing and Gong with Lowe's memoisation (as in Knossos and
 * Porcupine). The problem is NP-complete, so memory and time are bounded. Thread-safe.
 */
public final class Checker<S, I, O> {
    /** A configuration takes about 100 bytes: some 200 MB at the most. */
    public static final int CONFIGURATIONS = 2_000_000;
    /** For one key. */
    public static final Duration TIME = Duration.ofSeconds(60);

    private final Model<S, I, O> model;
    private final int configurations;
    private final Duration time;

    /** With the usual bounds. */
    public Checker(Model<S, I, O> model) {
        this(model, CONFIGURATIONS, TIME);
    }

    /**
     * With bounds for one key.
     *
     * @param configurations how many a search may remember
     * @param time how long it may take
     */
    public Checker(Model<S, I, O> model, int configurations, Duration time) {
        this.model = model;
        this.configurations = configurations;
        this.time = time;
    }

    /** The verdict about operations on one object. */
    public Verdict check(List<Operation<I, O>> operations) {
        return new Search<>(model, operations, configurations, time).run();
    }

    /** The verdicts about all objects: an object is linearizable by itself or not at all. */
    public Map<String, Verdict> check(Map<String, List<Operation<I, O>>> byKey) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        byKey.forEach((key, operations) -> verdicts.put(key, check(operations)));
        return verdicts;
    }

    /** A line or more for each key that is not known to be linearizable; empty when all are. */
    public List<String> objections(Map<String, List<Operation<I, O>>> byKey) {
        List<String> objections = new ArrayList<>();
        check(byKey).forEach((key, verdict) -> {
            switch (verdict) {
                case Verdict.Linearizable _ -> {}
                case Verdict.Violated violated -> objections.add(key + " is not linearizable. " + violated.why());
                case Verdict.Undecided undecided -> objections.add(key + " is undecided: " + undecided.why());
            }
        });
        return objections;
    }
}
