package dev.homeroom.metrics.edge.xapi;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.EarlierEvents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the latest statements, so that a statement which is sent again is the same event again, even without a
 * timestamp, and so that another one under its id is a conflict, as xAPI asks. It keeps a digest of each, at most
 * {@value #MOST}, and asks for stored ones when it does not know an id: another replica may have taken it, or this one
 * before it was restarted. What neither knows is told apart by the fold alone (same id and time). Of a request that did not
 * get through, some may be stored: sent again its statements keep their time, but others may come in their place. Safe for
 * any thread.
 */
@Singleton
public class StatementMemory {
    static final int MOST = 100_000;

    private record Key(String app, UUID id) {}

    /**
     * What makes two statements the same, without what may differ between two sendings of it.
     *
     * @param sure whether it is with the broker, or on its way there
     */
    private record Kept(int digest, Instant occurredAt, boolean timed, boolean sure) {
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
            return new Kept(digest, event.occurredAt(), !event.occurredAt().equals(event.receivedAt()), true);
        }

        Kept sure(boolean now) {
            return new Kept(digest, occurredAt, timed, now);
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
     * @param fresh those of the events that were not known
     */
    public record Recalled(List<MetricEvent> events, List<UUID> conflicts, List<MetricEvent> fresh) {}

    /** Recalls the statements of a request and remembers the new ones; with a conflict, nothing is remembered. */
    public Recalled recall(List<MetricEvent> sent) {
        // The database is asked without the lock.
        List<MetricEvent> stored = earlier.like(unknown(sent));
        return recall(sent, stored);
    }

    private synchronized List<MetricEvent> unknown(List<MetricEvent> sent) {
        return sent.stream()
                .filter(event -> sure(new Key(event.app(), event.id())) == null)
                .toList();
    }

    private @Nullable Kept sure(Key key) {
        Kept known = kept.get(key);
        return known != null && known.sure() ? known : null;
    }

    /** What was recalled did not get through: whether any of the fresh events is stored, nobody knows. */
    public synchronized void unsure(Recalled recalled) {
        for (MetricEvent event : recalled.fresh()) {
            kept.computeIfPresent(new Key(event.app(), event.id()), (_, known) -> known.sure(false));
        }
    }

    private synchronized Recalled recall(List<MetricEvent> sent, List<MetricEvent> stored) {
        for (MetricEvent event : stored) {
            kept.merge(new Key(event.app(), event.id()), Kept.of(event), (known, now) -> known.sure() ? known : now);
        }
        List<MetricEvent> events = new ArrayList<>(sent.size());
        List<UUID> conflicts = new ArrayList<>();
        List<MetricEvent> fresh = new ArrayList<>();
        for (MetricEvent event : sent) {
            Kept before = kept.get(new Key(event.app(), event.id()));
            boolean same = before != null && before.says(Kept.of(event));
            // The first time stands, so that the fold knows the event again.
            MetricEvent now = before != null && same ? at(event, before.occurredAt()) : event;
            events.add(now);
            if (before == null || !before.sure()) {
                fresh.add(now);
            } else if (!same) {
                conflicts.add(event.id());
            }
        }
        if (conflicts.isEmpty()) {
            fresh.forEach(this::remember);
            trim();
        }
        return new Recalled(events, conflicts, fresh);
    }

    /** The first sending says whether the statement has a time of its own. */
    private void remember(MetricEvent event) {
        kept.merge(
                new Key(event.app(), event.id()),
                Kept.of(event),
                (before, now) -> before.says(now) ? before.sure(true) : now);
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
