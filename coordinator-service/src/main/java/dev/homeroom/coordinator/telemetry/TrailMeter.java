package dev.homeroom.coordinator.telemetry;

import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Published;
import dev.homeroom.coordinator.core.SessionView;
import dev.homeroom.coordinator.core.Status;
import dev.homeroom.coordinator.desk.FrontDesk;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads this replica's copy from time to time, beside the path of commands: changes since the last look, counted where the
 * leader is so that the sum over replicas is right, and sessions by status.
 */
@ApplicationScoped
public class TrailMeter {
    /** So often changes are counted: with more than {@link Bounds#AUDIT} in between, some are not. */
    private static final long LOOK_MILLIS = 100;
    /** Every so many looks sessions are counted. */
    private static final int SESSIONS_EVERY = 50;

    private static final Logger LOG = Logger.getLogger(TrailMeter.class);

    private final FrontDesk desk;
    private final Replica replica;
    private final ChangeMeters changes;
    private final MeterRegistry registry;
    private final Map<Status, AtomicLong> sessions = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("trail-meter").factory());

    private @Nullable Cursor last;
    private int looks;

    /** Of this replica. */
    @Inject
    public TrailMeter(FrontDesk desk, Replica replica, MeterRegistry registry) {
        this.desk = desk;
        this.replica = replica;
        this.registry = registry;
        this.changes = new ChangeMeters(registry);
    }

    void start(@Observes StartupEvent event) {
        for (Status status : Status.values()) {
            AtomicLong count = new AtomicLong();
            sessions.put(status, count);
            Gauge.builder("homeroom.coordinator.sessions.status", count, AtomicLong::get)
                    .tag("status", status.label())
                    .description("Sessions by status, as of the last few seconds")
                    .register(registry);
        }
        var unused = timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void look() {
        try {
            if (replica.leading()) {
                countChanges();
            } else {
                last = null;
            }
            if (looks++ % SESSIONS_EVERY == 0) {
                countSessions();
            }
        } catch (RuntimeException e) {
            LOG.debugf("The trail was not measured: %s", e.getMessage());
        }
    }

    private void countChanges() {
        Cursor until = last;
        List<Published> fresh = new ArrayList<>();
        Cursor before = null;
        do {
            if (!(desk.stale(new Command.ReadAudit(null, "", "", before, until == null ? 1 : Bounds.PAGE))
                            .answer()
                    instanceof Answer.AuditPage page)) {
                return;
            }
            page.changes().stream()
                    .filter(one -> until == null || one.at().compareTo(until) > 0)
                    .forEach(fresh::add);
            boolean reached = until == null
                    || page.changes().isEmpty()
                    || page.changes().getLast().at().compareTo(until) <= 0;
            before = reached || fresh.size() >= Bounds.AUDIT ? null : page.next();
        } while (before != null);
        if (!fresh.isEmpty()) {
            last = fresh.getFirst().at();
        } else if (until == null) {
            last = Cursor.START;
        }
        if (until != null) {
            fresh.reversed().forEach(one -> changes.count(one.change()));
        }
    }

    private void countSessions() {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        String after = "";
        while (after != null) {
            if (!(desk.stale(new Command.ListSessions(null, after, Bounds.PAGE)).answer()
                    instanceof Answer.SessionPage page)) {
                return;
            }
            for (SessionView session : page.sessions()) {
                counts.merge(session.status(), 1L, Long::sum);
            }
            after = page.next();
        }
        sessions.forEach((status, count) -> count.set(counts.getOrDefault(status, 0L)));
    }
}
