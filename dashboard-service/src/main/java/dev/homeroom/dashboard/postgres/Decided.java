package dev.homeroom.dashboard.postgres;

import dev.homeroom.dashboard.core.Alerts;
import dev.homeroom.dashboard.core.Change;
import dev.homeroom.dashboard.core.Command;
import dev.homeroom.dashboard.core.Decision;
import dev.homeroom.dashboard.core.Policy;
import dev.homeroom.dashboard.core.Revision;
import dev.homeroom.dashboard.core.StudentAlerts;
import dev.homeroom.platform.event.EventIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What came of several commands about students of a classroom, each decided on what the one before left.
 *
 * @param after what is known afterwards, by student
 * @param changes every change, in order
 */
record Decided(Map<String, StudentAlerts> after, List<Change> changes) {

    /** Of these revisions. */
    static Decided of(Map<String, StudentAlerts> before, List<Revision> revisions, Policy policy) {
        Decided decided = new Decided(new HashMap<>(before), new ArrayList<>());
        for (Revision revision : revisions) {
            var observe = new Command.Observe(revision, EventIds.fresh().toString());
            decided.add(revision.episode().student(), observe, policy);
        }
        return decided;
    }

    /** Of the time that has passed. */
    static Decided of(Map<String, StudentAlerts> before, Instant now, Policy policy) {
        Decided decided = new Decided(new HashMap<>(before), new ArrayList<>());
        for (String student : before.keySet()) {
            decided.add(student, new Command.Rise(now, EventIds.fresh().toString()), policy);
        }
        return decided;
    }

    private void add(String student, Command command, Policy policy) {
        var state = Objects.requireNonNull(after.get(student));
        if (Alerts.decide(state, command, policy) instanceof Decision.Taken taken) {
            after.put(student, taken.after());
            changes.addAll(taken.changes());
        }
    }
}
