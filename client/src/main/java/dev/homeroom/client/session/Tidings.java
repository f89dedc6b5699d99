package dev.homeroom.client.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Passes on what the answers to heartbeats tell, each thing once, and knows what to report as seen. The coordinator repeats
 * what it is not sure of, so the last answer is all that need be remembered. Used by one thread at a time.
 */
final class Tidings {
    /** As many tokens as a heartbeat takes (the coordinator's {@code Bounds}). */
    private static final int MOST_SEEN = 256;

    private final Listeners listeners;
    private Set<Long> revoked = Set.of();
    /** By token: whether a listener took the task. */
    private Map<Long, Boolean> assigned = Map.of();

    Tidings(Listeners listeners) {
        this.listeners = listeners;
    }

    void pass(Beat beat) {
        Set<Long> revokedNow = new HashSet<>();
        for (Beat.Revoked grant : beat.revoked()) {
            if (!revoked.contains(grant.token())) {
                listeners.revoked(grant);
            }
            revokedNow.add(grant.token());
        }
        revoked = revokedNow;

        Map<Long, Boolean> assignedNow = new HashMap<>();
        for (Beat.Assigned task : beat.assigned()) {
            Boolean before = assigned.get(task.token());
            assignedNow.put(task.token(), before == null ? listeners.assigned(task) : before);
        }
        assigned = assignedNow;
    }

    /** Revocations that were told and tasks that were taken. */
    List<Long> seen() {
        Stream<Long> taken =
                assigned.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey);
        return Stream.concat(revoked.stream(), taken).limit(MOST_SEEN).toList();
    }
}
