package dev.homeroom.dashboard.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.outbox.OutboxRelay;
import dev.homeroom.platform.outbox.OutboxTable;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts changes up for publishing in their transaction, and relays them to {@code homeroom.alerts.v1}. */
@ApplicationScoped
public class AlertOutbox {
    private static final EventType TYPE = EventType.ALERT_CHANGED;

    private static final String INSERT = """
            INSERT INTO dashboard.outbox (topic, key, event_id, event_type, event_time, subject, data)
            VALUES ($1, $2, $3, $4, $5, $2, $6::text::jsonb)
            """;

    private final OutboxRelay relay;

    /** Takes what the relay works with. */
    AlertOutbox(
            AgroalDataSource database,
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers,
            MeterRegistry registry) {
        var table = OutboxTable.standard("dashboard", "outbox", "/dashboard");
        this.relay = new OutboxRelay(table, database::getConnection, brokers, registry);
    }

    void start(@Observes StartupEvent event) {
        relay.start();
    }

    void stop(@Observes ShutdownEvent event) {
        relay.close();
    }

    /** Adds the changes, in order, to the caller's transaction. */
    Uni<Void> append(SqlConnection connection, List<AlertChange> changes) {
        var rows = changes.stream().map(AlertOutbox::row).toList();
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(INSERT).executeBatch(rows).replaceWithVoid();
    }

    /** To be called after the commit: the changes go out at once. */
    void wake() {
        relay.wake();
    }

    private static Tuple row(AlertChange change) {
        var id = change.classroom() + ':' + change.epoch() + ':' + change.seq();
        return Tuple.tuple(Arrays.asList(
                TYPE.topic(),
                change.classroom(),
                id,
                TYPE.type(),
                AlertRows.utc(change.causedAt()),
                new String(EventCodec.json(change), UTF_8)));
    }
}
