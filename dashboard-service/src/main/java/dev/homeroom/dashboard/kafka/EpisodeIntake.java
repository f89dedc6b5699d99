package dev.homeroom.dashboard.kafka;

import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.dashboard.AlertBook;
import dev.homeroom.dashboard.core.Revision;
import dev.homeroom.platform.event.DeadLetters;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.event.UndecodableEventException;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes a batch of records into the alert book, one transaction a classroom. A record that can never be taken goes to the dead letters with the reason, and the others go on; any other failure is the
 * caller's to try again.
 */
@ApplicationScoped
public class EpisodeIntake {
    /** Longer than the book's own limit of a transaction. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final AlertBook alerts;
    private final DeadLetters deadLetters;

    /** Takes where the episodes go, and where the rest goes. */
    EpisodeIntake(AlertBook alerts, DeadLetters deadLetters) {
        this.alerts = alerts;
        this.deadLetters = deadLetters;
    }

    /** Returns when every record is stored or among the dead letters. */
    void take(Iterable<ConsumerRecord<String, byte[]>> batch) {
        var byClassroom = new LinkedHashMap<String, List<Received>>();
        for (var record : batch) {
            decoded(record)
                    .ifPresent(received -> byClassroom
                            .computeIfAbsent(received.classroom(), _ -> new ArrayList<>())
                            .add(received));
        }
        byClassroom.forEach(this::store);
    }

    private Optional<Received> decoded(ConsumerRecord<String, byte[]> record) {
        try {
            var change = EventCodec.decode(record, EpisodeChange.class).data();
            return Optional.of(new Received(record, change.classroom(), EpisodeDecoding.revision(change)));
        } catch (UndecodableEventException e) {
            deadLetters.send(record, e.reason());
        } catch (IllegalArgumentException e) {
            deadLetters.send(record, "not an episode: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** What PostgreSQL refuses because of its content is halved until the record stands alone. */
    private void store(String classroom, List<Received> received) {
        try {
            alerts.observe(classroom, received.stream().map(Received::revision).toList())
                    .await()
                    .atMost(LIMIT);
        } catch (PgException e) {
            if (!isAboutContent(e)) {
                throw e;
            }
            if (received.size() == 1) {
                deadLetters.send(received.getFirst().record(), "the database refuses it: " + e.getMessage());
                return;
            }
            var half = received.size() / 2;
            store(classroom, received.subList(0, half));
            store(classroom, received.subList(half, received.size()));
        }
    }

    /** Class 22 is a value that cannot be, class 23 a constraint. */
    private static boolean isAboutContent(PgException e) {
        var state = e.getSqlState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private record Received(ConsumerRecord<String, byte[]> record, String classroom, Revision revision) {}
}
