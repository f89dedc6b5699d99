package dev.homeroom.metrics.edge.xapi;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.EarlierEvents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Remembers the latest statements, so that a statement which is sent again is the same event again, even without a
 * timestamp, and so that another one under its id is a conflict, as xAPI asks. It keeps a digest of each, at most
 * {@value #MOST}, and asks for stored ones when it does not know an id: another replica may have taken it, or this one
 * before it was restarted. What neither knows is told apart by the fold alone (same id and time). Safe for any thread.
 */
@Singleton
public class StatementMemory {
    static final int MOST = 100_000;

    private record Key(String app, UUID id) {}

    /** What makes two statements the same, without what may differ between two sendings of it. */
    private record Kept(int digest, Instant occurredAt, boolean timed) {
        static Kept of(MetricEvent event) {
            int digest = Objects.hash(
                    event.classroom(),
                    event.student(),
                    event.type(),
                    event.target(),
                    event.skill(),
                    event.outcome(),
                    event.value(),
                    event.unit());
            return new Kept(digest, event.occurredAt(), !event.occurredAt().equals(event.receivedAt()));
        }

        boolean says(Kept other) {
            return digest == other.digest && (!other.timed || !timed || occurredAt.equals(other.occurredAt));
        }
    }

    private final EarlierEvents earlier;
    private final Map<Key, Kept> kept = new LinkedHashMap<>();

    /** Empty, with what is stored behind it. */
    @Inject
    public StatementMemory(EarlierEvents earlier) {
        this.earlier = earlier;
    }

    /**
     * What to publish of a request's statements, or with which earlier ones they are in conflict.
     *
     * @param events to publish; those sent before have their first time
     * @param conflicts ids under which something else is known
     */
    public record Recalled(List<MetricEvent> events, List<UUID> conflicts) {}

    /** Recalls the statements of a request and remembers the new ones; with a conflict, nothing is remembered. */
    public Recalled recall(List<MetricEvent> sent) {
        // The database is asked without the lock.
        List<MetricEvent> stored = earlier.like(unknown(sent));
        return recall(sent, stored);
    }

    private synchronized List<MetricEvent> unknown(List<MetricEvent> sent) {
        return sent.stream()
                .filter(event -> !kept.containsKey(new Key(event.app(), event.id())))
                .toList();
    }

    private synchronized Recalled recall(List<MetricEvent> sent, List<MetricEvent> stored) {
        for (MetricEvent event : stored) {
            kept.putIfAbsent(new Key(event.app(), event.id()), Kept.of(event));
        }
        List<MetricEvent> events = new ArrayList<>(sent.size());
        List<UUID> conflicts = new ArrayList<>();
        Map<Key, Kept> fresh = new HashMap<>();
        for (MetricEvent event : sent) {
            Key key = new Key(event.app(), event.id());
            Kept now = Kept.of(event);
            Kept before = kept.get(key);
            if (before != null && !before.says(now)) {
                conflicts.add(event.id());
            }
            if (before == null) {
                fresh.put(key, now);
            }
            // The first time stands, so that the fold knows the event again.
            events.add(before == null ? event : at(event, before.occurredAt()));
        }
        if (conflicts.isEmpty()) {
            kept.putAll(fresh);
            trim();
        }
        return new Recalled(events, conflicts);
    }

    private void trim() {
        var oldest = kept.keySet().iterator();
        for (int over = kept.size() - MOST; over > 0; over--) {
            oldest.next();
            oldest.remove();
        }
    }

    private static MetricEvent at(MetricEvent event, Instant occurredAt) {
        return new MetricEvent(
                event.id(),
                event.classroom(),
                event.student(),
                event.app(),
                event.type(),
                event.target(),
                event.skill(),
                event.outcome(),
                event.value(),
                event.unit(),
                occurredAt,
                event.receivedAt(),
                event.context());
    }
}
