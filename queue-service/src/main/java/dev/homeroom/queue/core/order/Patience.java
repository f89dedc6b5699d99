package dev.homeroom.queue.core.order;

import dev.homeroom.queue.core.Candidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Affinity may prefer others to the task that is next, but not for ever: after {@value #MOST_PASSED} claims that were offered
 * it first and took others, it is sent as a level of its own, and affinity does not decide about it any more. Safe for
 * concurrent use.
 */
public final class Patience {
    /** So often affinity may prefer others to a task that is next. */
    public static final int MOST_PASSED = 16;

    /** Tasks whose passing over is remembered; only those that are next somewhere are. */
    static final int MOST_TASKS = 1_000;

    private static final int HIGHEST_RANK = 9;

    private final Map<UUID, Integer> passed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > MOST_TASKS;
        }
    };

    /** A claim was offered these and got something: was the first passed over? */
    public synchronized void took(List<Candidate> window, Collection<UUID> granted) {
        if (window.size() < 2 || granted.isEmpty()) {
            return;
        }
        var first = window.getFirst().task();
        if (granted.contains(first)) {
            passed.remove(first);
        } else {
            passed.merge(first, 1, Integer::sum);
        }
    }

    /** The window as it is sent: equal levels stay equal, but a first task that has been passed over enough is alone. */
    public synchronized List<Candidate> ranked(List<Candidate> window) {
        boolean owed = !passed.isEmpty()
                && window.size() > 1
                && passed.getOrDefault(window.getFirst().task(), 0) >= MOST_PASSED;
        if (!owed) {
            return window;
        }
        var ranked = new ArrayList<Candidate>(window.size());
        int rank = HIGHEST_RANK;
        for (int i = 0; i < window.size(); i++) {
            boolean lower = i == 1
                    || (i > 1 && window.get(i).priority() != window.get(i - 1).priority());
            rank = lower ? Math.max(0, rank - 1) : rank;
            ranked.add(window.get(i).at(rank));
        }
        return ranked;
    }
}
