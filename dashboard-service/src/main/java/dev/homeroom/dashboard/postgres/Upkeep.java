package dev.homeroom.dashboard.postgres;

import dev.homeroom.dashboard.AlertBook;
import dev.homeroom.dashboard.DashboardSettings;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;

/** What time does: snoozes end, levels rise, and old history goes. Harmless in several replicas at once. */
@ApplicationScoped
public class Upkeep {
    private static final Logger LOG = Logger.getLogger(Upkeep.class);

    /** In this order, at most so many rows at once, so that no statement holds others up. */
    private static final List<String> PURGES = List.of(
            deletion("alert_change", "recorded_at < $1"),
            deletion("alert", "closed_at < $1"),
            deletion("alert_episode", "caused_at < $1 AND (alert IS NULL OR status <> 'open')"),
            deletion("student_standing", "told_at < $1"));

    private final AlertBook alerts;
    private final Pool pool;
    private final Duration kept;
    private final Clock clock = Clock.systemUTC();

    /** Takes the book, its database, and how long history is kept. */
    Upkeep(AlertBook alerts, Pool pool, DashboardSettings settings) {
        this.alerts = alerts;
        this.pool = pool;
        this.kept = Duration.ofDays(settings.history().days());
    }

    @Scheduled(
            every = "${homeroom.dashboard.alerts.wake-every:PT5S}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> wake() {
        return alerts.wake(clock.instant())
                .onFailure()
                .invoke(e -> LOG.warn("Alerts cannot be looked through now", e))
                .onFailure()
                .recoverWithItem(0)
                .replaceWithVoid();
    }

    @Scheduled(every = "PT10M", delayed = "PT1M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> purge() {
        var before = OffsetDateTime.ofInstant(clock.instant().minus(kept), ZoneOffset.UTC);
        Uni<Void> all = Uni.createFrom().voidItem();
        for (var sql : PURGES) {
            all = all.chain(
                    () -> pool.preparedQuery(sql).execute(Tuple.of(before)).replaceWithVoid());
        }
        return all.onFailure()
                .invoke(e -> LOG.warn("Old history cannot be removed now", e))
                .onFailure()
                .recoverWithNull();
    }

    private static String deletion(String table, String old) {
        return "DELETE FROM dashboard." + table + " WHERE ctid = ANY(ARRAY(SELECT ctid FROM dashboard." + table
                + " WHERE " + old + " LIMIT 5000))";
    }
}
